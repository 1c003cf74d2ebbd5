/** The inspector pane: facts, conditions, events and logs of the selected thing. */
export { InspectorPanel } from "./InspectorPanel.tsx";
