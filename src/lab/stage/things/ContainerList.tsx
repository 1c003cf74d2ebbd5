import type { PodView } from "../../../protocol/index.ts";
import { useText } from "../../i18n/index.ts";

/** The containers inside a pod, seen from near. */
export function ContainerList({ pod }: { readonly pod: PodView }) {
  const text = useText();
  return (
    <span className="containers">
      {pod.containers.slice(0, 3).map((one) => (
        <span key={one.name} className="container" data-state={one.state} data-kind={one.kind} title={`${one.name}: ${one.image}${one.standIn ? ` (${text.stage.pod.standIn})` : ""}`}>
          {one.image}{one.reason === "" ? "" : ` · ${one.reason}`}
        </span>
      ))}
      {pod.containers.length > 3 ? <span className="container">{text.stage.pod.more(pod.containers.length - 3)}</span> : null}
    </span>
  );
}
