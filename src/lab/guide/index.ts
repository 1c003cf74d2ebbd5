/** The guide pane: one lesson step at a time. */
export { GuidePanel } from "./GuidePanel.tsx";
