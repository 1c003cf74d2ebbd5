/** The page: bar, panes, dialogs, keys. */
export { LabPage } from "./LabPage.tsx";
