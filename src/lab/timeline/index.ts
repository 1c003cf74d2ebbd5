/** The time below the stage. */
export { Timeline } from "./Timeline.tsx";
