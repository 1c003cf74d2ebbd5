import { memo } from "react";
import type { NodeView, PartStatus } from "../../../protocol/index.ts";
import { briefSpanText, useText, type Catalogue } from "../../i18n/index.ts";
import { useClock, useEntity, useTopic } from "../../stores/index.ts";
import { MiddleEllipsis } from "../../ui/index.ts";
import type { PodSize } from "../layout/index.ts";
import { CapacityBar } from "./CapacityBar.tsx";
import { Heartbeat } from "./Heartbeat.tsx";
import { PodCanvas } from "./PodCanvas.tsx";
import { ThingButton } from "./ThingButton.tsx";

/** A node: its health, what is asked of it, its parts. Pods stand on it but are things of their own. */
export const MachineThing = memo(function MachineThing({ id, size, ownPods }: { readonly id: string; readonly size: PodSize; readonly ownPods: boolean }) {
  const node = useEntity("node", id);
  const text = useText();
  const pods = useTopic(`node-pods:${node?.name ?? ""}`, (entities) => (node === undefined ? 0 : entities.podsOn(node.name).length));
  if (node === undefined) return null;
  const roomy = size === "tile" || size === "row";
  const [state, word] = healthOf(node, text);
  return (
    <div className="machine" data-size={size} data-health={state} data-cordoned={node.cordoned ? "" : undefined}>
      <ThingButton id={id} className="machine-head" label={text.stage.node.label(node.name, word, pods)}>
        <MiddleEllipsis className="machine-name" text={node.name} />
        <span className="machine-word">{size === "dot" ? null : <>{word}{roomy && state === "lost" ? <Since at={node.since} /> : null}</>}<HealthMark state={state} /></span>
      </ThingButton>
      {size === "dot" ? null : (
        <div className="machine-capacity">
          <CapacityBar node={node.name} total={node.cpuMillis} resource="cpu" label={roomy} />
          {roomy ? <CapacityBar node={node.name} total={node.memoryBytes} resource="memory" label /> : null}
        </div>
      )}
      {ownPods ? <PodCanvas node={node.name} size={size} /> : null}
      {roomy ? <MachineFoot node={node} /> : null}
    </div>
  );
});

function MachineFoot({ node }: { readonly node: NodeView }) {
  const text = useText();
  const alive = node.powered && !node.cutOff && node.kubelet === "up";
  return (
    <div className="machine-foot">
      <div className="machine-parts">
        <Part name={text.stage.node.parts.kubelet} status={node.kubelet} />
        <Part name={text.stage.node.parts.kubeProxy} status={node.kubeProxy} />
        <Part name={text.stage.node.parts.runtime} status={node.runtime} />
      </div>
      <Heartbeat node={node.name} alive={alive} />
    </div>
  );
}

function Part({ name, status }: { readonly name: string; readonly status: PartStatus }) {
  const text = useText();
  return <span className="machine-part" data-status={status} title={`${name}: ${text.stage.node.status[status]}`}>{name}{status === "up" ? null : <i> {text.stage.node.status[status]}</i>}</span>;
}

/** Dense cards have no room for the word: a sign says whether the node is well. */
function HealthMark({ state }: { readonly state: Health }) {
  return <i className="health-mark" data-health={state} aria-hidden="true" />;
}

function Since({ at }: { readonly at: number }) {
  const seconds = useClock((state) => Math.max(0, Math.floor((state.now - at) / 1000)));
  return <> {briefSpanText(seconds * 1000)}</>;
}

type Health = "well" | "cordoned" | "lost";

/** How a node is doing, with the word for it. */
export function healthOf(node: NodeView, text: Catalogue): readonly [Health, string] {
  if (!node.powered) return ["lost", text.stage.node.off];
  if (node.ready !== "Ready") return ["lost", node.ready === "Unknown" ? text.stage.node.unknown : text.stage.node.notReady];
  if (node.cutOff) return ["lost", text.stage.node.cut];
  if (node.pressure.length > 0) return ["cordoned", node.pressure[0] ?? ""];
  return node.cordoned ? ["cordoned", text.stage.node.cordoned] : ["well", text.stage.node.ready];
}
