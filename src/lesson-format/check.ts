/** Checks: declarative statements about state and history, never about the words of a command. */

/** Some object of a kind (all fields given must match) has a value at a path; or a number of objects do. */
export interface StateExpectation {
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  /** Dotted path and wanted value; for lists, "[type=Ready]" picks an element: "status.conditions[type=Ready].status". */
  readonly where?: Readonly<Record<string, unknown>>;
  /** How many objects must match (default: at least one). */
  readonly count?: number;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Something happened, in order. */
export interface HistoryExpectation {
  /** Kind of note, e.g. "PodCreatedByController". */
  readonly note: string;
  /** Text the note's object must contain, e.g. "pods/default/web". */
  readonly about?: string;
  /** Data of the note and wanted values. */
  readonly where?: Readonly<Record<string, unknown>>;
  /** Only notes after the first match of this one count. */
  readonly after?: HistoryExpectation;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** One statement. */
export type Expectation =
  | { readonly state: StateExpectation }
  | { readonly history: HistoryExpectation }
  | { readonly all: readonly Expectation[] }
  | { readonly any: readonly Expectation[] }
  | { readonly not: Expectation };

/** A check with what to say. */
export interface Check {
  readonly id: string;
  /** What should hold, as a sentence. */
  readonly say: string;
  /** What to say when it doesn't; the found number stands for {found}. */
  readonly otherwise: string;
  /** Three rungs of hints. */
  readonly hints: readonly string[];
  readonly expect: Expectation;
  /** Wrong ways that are recognised, each with its own feedback; the first that holds speaks. */
  readonly misconceptions: readonly { readonly when: Expectation; readonly say: string }[];
}

/** The outcome of a check. */
export interface CheckResult {
  readonly id: string;
  readonly holds: boolean;
  readonly sentence: string;
}
