import { useEffect, useRef } from "react";
import { spanText } from "../../i18n/index.ts";
import { useLab } from "../../stores/index.ts";

const ROUND = 2 * Math.PI * 8;

/** A ring that runs down at simulated speed, drawn past React: only its own dash offset and number change. */
export function CountdownRing({ until, lengthMs }: { readonly until: number; readonly lengthMs: number }) {
  const ring = useRef<SVGCircleElement>(null);
  const { clock } = useLab().stores;
  useEffect(() => {
    const draw = (): void => {
      const left = lengthMs > 0 ? Math.min(1, Math.max(0, (until - clock.getState().now) / lengthMs)) : 0;
      ring.current?.setAttribute("stroke-dasharray", `${left * ROUND} ${ROUND}`);
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, until, lengthMs]);
  return (
    <svg className="ring" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2.3" opacity=".22" />
      <circle ref={ring} cx="10" cy="10" r="8" fill="none" stroke="currentColor" strokeWidth="2.3" transform="rotate(-90 10 10)" />
    </svg>
  );
}

/** The same as a number: "24 s". */
export function CountdownText({ until }: { readonly until: number }) {
  const place = useRef<HTMLSpanElement>(null);
  const { clock } = useLab().stores;
  useEffect(() => {
    const draw = (): void => {
      const left = Math.ceil(Math.max(0, until - clock.getState().now) / 1000) * 1000;
      const words = left > 0 ? spanText(left) : "";
      if (place.current !== null && place.current.textContent !== words) place.current.textContent = words;
    };
    draw();
    return clock.subscribe(draw);
  }, [clock, until]);
  return <span ref={place} className="countdown" />;
}
