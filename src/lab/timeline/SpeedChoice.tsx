import type { PaceMode } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";

const LIVE: readonly number[] = [0.1, 0.5, 1, 2, 5, 10, 30, 100];
const FOLLOW: readonly number[] = [0.25, 0.5, 1, 2, 4];

/** How fast, in the pace's own terms. */
export function SpeedChoice({ mode, speed }: { readonly mode: PaceMode; readonly speed: number }) {
  const lab = useLab();
  const text = useText();
  const speeds = mode === "live" ? LIVE : FOLLOW;
  const all = speeds.includes(speed) ? speeds : [...speeds, speed].sort((a, b) => a - b);
  return (
    <label className="speed">
      <span className="hidden-visually">{text.time.speed}</span>
      <select value={speed} onChange={(event) => { void lab.commands.setPace(mode, Number(event.target.value)); }}>
        {all.map((one) => <option key={one} value={one}>{text.time.speedLive(one)}</option>)}
      </select>
    </label>
  );
}
