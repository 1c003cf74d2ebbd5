import type { TextProblem } from "../../protocol/index.ts";
import type { monaco } from "./monaco/monaco.ts";

/** A text on the desk with its model and what is known about it. One mutable record per file; the model keeps the undo history. */
export interface OpenText {
  name: string;
  readonly model: monaco.editor.ITextModel;
  /** The text as the workspace store has it. */
  synced: string;
  /** Whether the model is ahead of the store. */
  ahead: boolean;
  /** What the last check said, and what the server said at the last apply. */
  checked: readonly TextProblem[];
  refused: readonly TextProblem[];
  /** Where caret and scrolling stood. */
  view: monaco.editor.ICodeEditorViewState | null;
}
