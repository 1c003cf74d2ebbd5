/** What must always hold in a cluster, checked from outside on every write. */
export { InvariantChecker, type Violation } from "./checker.ts";
