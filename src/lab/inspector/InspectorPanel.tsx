import { useSelection } from "../stores/index.ts";

/** What is known of the selected thing. */
export function InspectorPanel() {
  const selection = useSelection((state) => state);
  const name = selection.ref?.name ?? selection.entityId;
  return <p style={{ padding: 16 }}>{name === "" ? "—" : name}</p>;
}
