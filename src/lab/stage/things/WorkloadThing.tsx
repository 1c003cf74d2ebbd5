import { memo } from "react";
import { useText } from "../../i18n/index.ts";
import { useEntity, useLab } from "../../stores/index.ts";
import { MiddleEllipsis } from "../../ui/index.ts";
import { ThingButton } from "./ThingButton.tsx";

/** Something that makes and keeps pods, with how many it wants and has. */
export const WorkloadThing = memo(function WorkloadThing({ id, brief }: { readonly id: string; readonly brief: boolean }) {
  const one = useEntity("workload", id);
  const text = useText();
  const { entities } = useLab();
  if (one === undefined) return null;
  const words = one.problem !== "" ? one.problem : one.paused ? text.stage.ownership.paused : text.stage.ownership.ready(one.ready, one.desired);
  const pod = entities.ownedBy(id).map((child) => entities.as("pod", child)).find((child) => child !== undefined);
  const share = one.desired === 0 ? 1 : Math.min(1, one.ready / one.desired);
  return (
    <ThingButton
      id={id} className="workload" label={text.stage.ownership.label(one.kind, one.name, words)}
      data={{ "data-hue": pod === undefined ? "none" : entities.hueOf(pod), "data-size": brief ? "row" : undefined, "data-problem": one.problem === "" ? undefined : "", "data-leaving": one.leaving ? "" : undefined }}
    >
      <span className="workload-kind">{one.kind}{!brief && one.revision !== "" && /^\d+$/.test(one.revision) ? ` · ${text.stage.ownership.revision(one.revision)}` : ""}</span>
      <MiddleEllipsis className="workload-name" text={one.name} tail={9} />
      <span className="workload-words"><i className="workload-bar"><i style={{ width: `${share * 100}%` }} /></i>{words}</span>
    </ThingButton>
  );
});
