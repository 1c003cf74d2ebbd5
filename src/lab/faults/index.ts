/** Breaking things and mending them. */
export { FaultChips } from "./FaultChips.tsx";
export { FaultDialog } from "./FaultDialog.tsx";
