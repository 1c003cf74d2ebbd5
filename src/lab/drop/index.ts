/** Dropping files and folders of manifests on the page. */
export { DropTarget } from "./DropTarget.tsx";
export { pickFiles } from "./pick-files.ts";
