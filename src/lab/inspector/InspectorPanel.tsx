import { useText } from "../i18n/index.ts";
import { refKey, useLab, useSelection } from "../stores/index.ts";
import { ClientAbout } from "./ClientAbout.tsx";
import { ComponentAbout } from "./ComponentAbout.tsx";
import { ObjectAbout } from "./ObjectAbout.tsx";
import "./inspector.css";

/** What is known of the chosen thing, and what can be done with it. */
export function InspectorPanel() {
  const lab = useLab();
  const text = useText();
  const { ref, entityId } = useSelection((state) => state);
  if (ref !== null) return <ObjectAbout key={refKey(ref)} target={ref} entityId={entityId} />;
  const type = lab.entities.get(entityId)?.type;
  if (type === "component") return <ComponentAbout key={entityId} id={entityId} />;
  if (type === "client") return <ClientAbout key={entityId} id={entityId} />;
  return <div className="inspector-empty"><p><b>{text.inspector.empty}</b></p><p>{text.inspector.emptyHint}</p></div>;
}
