import type { PodState } from "../../../protocol/index.ts";

/** A pod's state as shape and colour, 20 × 20. Rings that run down are drawn by CountdownRing instead. */
export function StateGlyph({ state, size = 20 }: { readonly state: PodState; readonly size?: number }) {
  return <svg className="glyph" data-state={state} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true">{SHAPES[state]}</svg>;
}

const CROSS = <path d="M6.8 6.8l6.4 6.4m0-6.4l-6.4 6.4" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />;
const RING = <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2" />;

const SHAPES: Readonly<Record<PodState, React.ReactNode>> = {
  pending: <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="3.3 2.98" />,
  starting: <>{RING}<path d="M10 2a8 8 0 0 1 0 16z" fill="currentColor" /></>,
  running: <>{RING}<circle cx="10" cy="10" r="3.6" fill="currentColor" /></>,
  ready: <><circle cx="10" cy="10" r="9" fill="currentColor" /><path d="M6.1 10.2l2.7 2.8 5-5.8" fill="none" stroke="var(--panel)" strokeWidth="1.9" strokeLinecap="round" strokeLinejoin="round" /></>,
  "crash-loop": CROSS,
  failed: <>{RING}{CROSS}</>,
  succeeded: <path d="M4 10.4l4 4.2 8-9.4" fill="none" stroke="currentColor" strokeWidth="2.3" strokeLinecap="round" strokeLinejoin="round" />,
  leaving: <rect x="6.6" y="6.6" width="6.8" height="6.8" fill="currentColor" />,
  unknown: <>{RING}<path d="M7.6 7.9c.1-1.5 1.1-2.2 2.4-2.2 1.4 0 2.4.8 2.4 2 0 1.6-2.1 1.7-2.1 3.3" fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" /><circle cx="10.2" cy="13.9" r="1.15" fill="currentColor" /></>,
};
