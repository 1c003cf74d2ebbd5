import { useEffect, useRef } from "react";
import { clockText, spanText, useText } from "../i18n/index.ts";
import { useClock, useLab } from "../stores/index.ts";

/** How long a skip stays on show, ms of simulated time. */
const SKIP_SHOWN_MS = 15_000;

/** Simulated time since the world began; written past React, once a frame. */
export function VirtualClock() {
  const { clock } = useLab().stores;
  const text = useText();
  const place = useRef<HTMLTimeElement>(null);
  useEffect(() => {
    const draw = (): void => {
      const { now, startedAt } = clock.getState();
      if (place.current !== null) place.current.textContent = clockText(now - startedAt);
    };
    draw();
    return clock.subscribe(draw);
  }, [clock]);
  return (
    <div className="clock">
      <time ref={place} className="mono" role="timer" aria-live="off" aria-label={text.time.clock} />
      <small><PaceNote /></small>
    </div>
  );
}

function PaceNote() {
  const text = useText();
  const { mode, playing, speed } = useClock((state) => state.pace);
  const skipped = useClock((state) => (state.lastSkipMs >= 1000 && state.now - state.skippedAt < SKIP_SHOWN_MS ? state.lastSkipMs : 0));
  const words = text.time;
  const how = mode === "live" ? words.simulatedLive(speed) : mode === "follow" ? words.simulatedFollow : words.simulatedStep;
  return <>{!playing && mode !== "step" ? `${words.simulated}, ${words.paused}` : how}{skipped > 0 ? <span className="clock-skip">{words.skipped(spanText(skipped))}</span> : null}</>;
}
