import { useWorkspace } from "../stores/index.ts";

/** The lesson step, or what to do in a free world. */
export function GuidePanel() {
  const title = useWorkspace((state) => state.worldTitle);
  return <div style={{ padding: "22px 20px" }}><h2 style={{ fontSize: "var(--type-title)" }}>{title}</h2></div>;
}
