import { useEffect, useRef } from "react";
import { useText } from "../../i18n/index.ts";
import { useLab } from "../../stores/index.ts";

const BEAT = "M0 12h62l5-9 8 17 6-8h38l5-9 8 17 6-8h58";
const FLAT = "M0 12h196";

/** The node's sign of life: it flashes when its kubelet really reports, and is flat when nothing is heard. */
export function Heartbeat({ node, alive }: { readonly node: string; readonly alive: boolean }) {
  const { flights } = useLab();
  const text = useText();
  const line = useRef<SVGPathElement>(null);
  useEffect(() => flights.listen((fresh) => {
    const kubelet = `kubelet/${node}`;
    if (fresh.some((flight) => flight.from === kubelet)) line.current?.animate([{ strokeWidth: 3.4 }, { strokeWidth: 1.6 }], { duration: 600 });
  }), [flights, node]);
  return (
    <svg className="heartbeat" data-alive={alive} viewBox="0 0 196 22" preserveAspectRatio="none" role="img" aria-label={alive ? text.stage.node.heartbeat : text.stage.node.noHeartbeat}>
      <path ref={line} d={alive ? BEAT : FLAT} fill="none" stroke="currentColor" strokeWidth="1.6" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
