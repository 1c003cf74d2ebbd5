/** Breaking things and mending them. */
export { FaultChips } from "./FaultChips.tsx";
