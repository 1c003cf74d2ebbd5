/** The editor pane: texts, problems, apply. */
export { EditorPanel } from "./EditorPanel.tsx";
