import { memo } from "react";
import { useStore } from "zustand";
import type { PodState, PodView } from "../../../protocol/index.ts";
import { useText, type Catalogue } from "../../i18n/index.ts";
import { useEntity, useLab } from "../../stores/index.ts";
import { MiddleEllipsis } from "../../ui/index.ts";
import type { PodSize } from "../layout/index.ts";
import { stageStore } from "../stage-store.ts";
import { ContainerList } from "./ContainerList.tsx";
import { CountdownRing, CountdownText } from "./CountdownRing.tsx";
import { StateGlyph } from "./StateGlyph.tsx";
import { ThingButton } from "./ThingButton.tsx";

/** A pod at any size. It looks only at its own entity: another pod's change doesn't reach it. */
export const PodThing = memo(function PodThing({ id, size }: { readonly id: string; readonly size: PodSize }) {
  const pod = useEntity("pod", id);
  const text = useText();
  const { entities } = useLab();
  const near = useStore(stageStore, (state) => state.nearness === "near");
  if (pod === undefined) return null;
  const word = wordOf(pod, text);
  const small = size === "chip" || size === "dot";
  return (
    <ThingButton id={id} className="pod" label={labelOf(pod, text)} data={{ "data-state": pod.state, "data-size": size, "data-near": near && size === "tile" ? "" : undefined, "data-hue": entities.hueOf(pod) }}>
      <span className="pod-sign">
        {pod.until > 0 && size !== "dot" ? <CountdownRing until={pod.until} lengthMs={pod.untilLengthMs} /> : null}
        <StateGlyph state={pod.state} />
      </span>
      {small ? null : (
        <span className="pod-words">
          <MiddleEllipsis className="pod-name" text={pod.name} />
          {size === "row" && pod.state === "pending" && pod.node === "" ? null : (
            <span className="pod-word">{word}{pod.restarts > 0 ? <> · {size === "tile" && pod.until === 0 ? text.stage.pod.restartsLong(pod.restarts) : text.stage.pod.restarts(pod.restarts)}</> : null}{pod.until > 0 ? <> · <CountdownText until={pod.until} /></> : null}</span>
          )}
          {near && size === "tile" ? <ContainerList pod={pod} /> : null}
        </span>
      )}
    </ThingButton>
  );
});

/** Words the product uses that say more than the state does. */
const TELLING = /^(ErrImagePull|ImagePullBackOff|InvalidImageName|CreateContainer\w*Error|OOMKilled|Evicted|Error|Init:.*|NodeLost|RunContainerError|SchedulingGated)$/;
const DULL: ReadonlySet<PodState> = new Set(["ready", "leaving", "unknown", "succeeded"]);

/** One word for how a pod is doing: ours, or the product's when that says more. */
export function wordOf(pod: PodView, text: Catalogue): string {
  return !DULL.has(pod.state) && TELLING.test(pod.word) ? pod.word : text.stage.pod.states[pod.state];
}

/** The pod in one sentence, for screen readers. */
export function labelOf(pod: PodView, text: Catalogue): string {
  return text.stage.pod.label(pod.name, wordOf(pod, text), pod.node, pod.restarts > 0 ? text.stage.pod.restartsLong(pod.restarts) : "");
}
