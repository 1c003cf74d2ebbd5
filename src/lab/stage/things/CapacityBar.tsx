import { useRef } from "react";
import { bytesText, cpuText, useText } from "../../i18n/index.ts";
import { useTopic, type EntityStore, type Hue } from "../../stores/index.ts";

interface Slice {
  readonly id: string;
  readonly share: number;
  readonly hue: Hue;
}

interface CapacityBarProps {
  readonly node: string;
  readonly total: number;
  readonly resource: "cpu" | "memory";
  readonly label: boolean;
}

/** What pods ask of a node, each a slice in the colour of its revision. */
export function CapacityBar({ node, total, resource, label }: CapacityBarProps) {
  const text = useText();
  const kept = useRef<{ key: string; slices: readonly Slice[] }>({ key: "", slices: [] });
  const slices = useTopic(`node-pods:${node}`, (entities) => {
    const fresh = slicesOf(entities, node, total, resource);
    const key = fresh.map((one) => `${one.id}${one.share}${one.hue}`).join();
    if (key !== kept.current.key) kept.current = { key, slices: fresh };
    return kept.current.slices;
  });
  const share = Math.round(slices.reduce((sum, one) => sum + one.share, 0) * 100);
  const name = text.stage.node[resource];
  const full = resource === "cpu" ? cpuText(total) : bytesText(total);
  return (
    <div className="capacity" title={`${name} ${text.stage.node.requested(share)} / ${full}`}>
      <div className="capacity-bar" data-over={share > 100 ? "" : undefined}>
        {slices.map((one) => <i key={one.id} data-hue={one.hue} style={{ width: `${one.share * 100}%` }} />)}
      </div>
      {label ? <span className="capacity-label"><span>{name}</span><span>{share} %</span></span> : null}
    </div>
  );
}

function slicesOf(entities: EntityStore, node: string, total: number, resource: "cpu" | "memory"): readonly Slice[] {
  if (total <= 0) return [];
  const slices: Slice[] = [];
  for (const id of entities.podsOn(node)) {
    const pod = entities.as("pod", id);
    if (pod === undefined || pod.state === "succeeded" || pod.state === "failed") continue;
    const share = (resource === "cpu" ? pod.cpuMillis : pod.memoryBytes) / total;
    if (share > 0) slices.push({ id, share, hue: entities.hueOf(pod) });
  }
  return slices;
}
