/** The full table of one attempt: node × plugin. Plain data for the lab. */

/** What one filter said of one node: it let the pod pass, it had nothing to check for such a pod, or its reasons. */
export type FilterCell = "passed" | "skipped" | readonly string[];

/** What one score plugin gave one node. */
export interface ScoreCell {
  readonly raw: number;
  /** 0 to 100. */
  readonly normalised: number;
  readonly weight: number;
  /** `normalised × weight`. */
  readonly weighted: number;
}

/** One node's row. */
export interface AttemptRow {
  readonly node: string;
  readonly feasible: boolean;
  /** The plugin upstream's cycle would have stopped at, "" when feasible. */
  readonly refusedBy: string;
  /** Whether taking pods off the node could help. */
  readonly resolvable: boolean;
  /** By plugin, in the profile's order; plugins after the first refusal are asked too, for the learner. */
  readonly filters: Readonly<Record<string, FilterCell>>;
  /** By plugin; empty for nodes that are not feasible. Plugins that skip such pods are left out. */
  readonly scores: Readonly<Record<string, ScoreCell>>;
  readonly total: number;
}

/** See the module's comment. */
export interface AttemptTable {
  /** "namespace/name". */
  readonly pod: string;
  readonly profile: string;
  readonly filters: readonly string[];
  readonly scorers: readonly { readonly plugin: string; readonly weight: number }[];
  /** Feasible nodes first, the best first; then the others by name. */
  readonly rows: readonly AttemptRow[];
  /** Nodes with the highest total: the winner is drawn among them. */
  readonly best: readonly string[];
  /** How many feasible nodes the scheduler looks for before it stops; the table has all of them. */
  readonly enough: number;
  /** A plugin's reason why no node was looked at, "" when they were. */
  readonly refusedAll: string;
  /** The message for the pod if no node is feasible (without preemption's part), "" otherwise. */
  readonly message: string;
}
