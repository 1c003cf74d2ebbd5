/** What is said: the caption below the stage, its causes, and the log. */
export { CaptionBar } from "./CaptionBar.tsx";
export { LogDrawer } from "./LogDrawer.tsx";
