import { useText } from "../i18n/index.ts";
import { StoryTrack } from "./StoryTrack.tsx";
import { TimeControls } from "./TimeControls.tsx";
import { VirtualClock } from "./VirtualClock.tsx";
import "./timeline.css";

/** Time, always below the stage: controls, the story so far, the clock. */
export function Timeline({ compact = false }: { readonly compact?: boolean }) {
  const text = useText();
  return (
    <section id="time" className="time" aria-label={text.time.region} tabIndex={-1} data-compact={compact ? "" : undefined}>
      <TimeControls compact={compact} />
      {compact ? null : <StoryTrack />}
      <VirtualClock />
    </section>
  );
}
