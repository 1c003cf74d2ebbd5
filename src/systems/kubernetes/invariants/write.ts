import type { Stored } from "../api/index.ts";

/** Tells a violation. */
export type Report = (invariant: number, message: string) => void;

/** One write as rules see it. */
export interface Write {
  readonly before: Stored | undefined;
  readonly after: Stored | undefined;
  readonly revision: number;
}
