/** What a person is told about a text, and how duplicates are reported. */

/** A place in the text. Lines and columns count from 1; columns are UTF-16 units, as editors count. The end is exclusive. */
export interface TextRange {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Kinds of problems, for tests, links to explanations and icons. */
export type ProblemCode =
  | "tab-indent" | "syntax" | "indentation" | "unclosed" | "separator" | "control-character" | "bidirectional-character" | "too-deep" | "alias-expansion"
  | "unknown-anchor" | "duplicate-key" | "custom-tag" | "bad-tag-value" | "bad-key" | "bad-merge" | "not-a-number" | "json-syntax"
  | "yaml11-boolean" | "yaml11-number" | "yaml11-key" | "inexact-number" | "ignored-content";

/** One problem. An error means the document can't be used; the rest still gives data. */
export interface YamlProblem extends TextRange {
  readonly severity: "error" | "warning" | "hint";
  readonly code: ProblemCode;
  /** In plain words, ready to show; hidden characters are escaped. */
  readonly message: string;
  /** What to do about it, as a sentence. */
  readonly fix?: string;
}

/** A key that stands twice in one mapping. The last one wins, as in the real client. */
export interface DuplicateKey {
  readonly path: readonly (string | number)[];
  /** As the API server writes field paths: `spec.containers[0].image`. */
  readonly field: string;
  readonly line: number;
  readonly column: number;
  readonly firstLine: number;
}

/** A path as the API server writes it. Source: k8s.io/apimachinery/pkg/util/validation/field/path.go. */
export function formatFieldPath(path: readonly (string | number)[]): string {
  let text = "";
  for (const step of path) text += typeof step === "number" ? `[${String(step)}]` : text === "" ? step : `.${step}`;
  return text;
}
