import { useText } from "../i18n/index.ts";
import { useHost, type StageView } from "../stores/index.ts";

/** What an empty picture says. */
export function StageEmpty({ view, places }: { readonly view: StageView; readonly places: number }) {
  const text = useText();
  const phase = useHost((state) => state.phase);
  if (phase === "opening") return <p className="stage-empty" role="status">{text.host.opening}</p>;
  if (places > 0 || view === "machines") return null;
  return <p className="stage-empty">{view === "ownership" ? text.stage.ownership.empty : text.stage.traffic.empty}</p>;
}
