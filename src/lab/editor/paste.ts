/** A paste that is asked about or under way. */
export interface Paste {
  readonly phase: "asking" | "running";
  readonly length: number;
  /** Per cent done. */
  readonly share: number;
  readonly go: () => void;
  readonly cancel: () => void;
}
