import { createStore } from "zustand/vanilla";
import type { AppliedDocument, ObjectRef } from "../../protocol/index.ts";
import { HostError, type Lab } from "../stores/index.ts";
import { Checks, problemsOf } from "./checks.ts";
import type { monaco } from "./monaco/monaco.ts";
import { registerLanguage } from "./monaco/providers.ts";
import type { OpenText } from "./open-text.ts";
import type { Paste } from "./paste.ts";
import { afterChanges } from "./server-problems.ts";
import { Texts } from "./texts.ts";

/** What the editor's chrome shows beside the text. */
export interface DeskState {
  readonly applying: boolean;
  readonly results: readonly AppliedDocument[] | null;
  /** Whether the diff is in front. */
  readonly comparing: boolean;
  /** The editor on show, for what acts on it from outside. */
  readonly editor: monaco.editor.IStandaloneCodeEditor | null;
  /** Lines that differ from what was last applied; null when nothing was, or too much differs to count. */
  readonly differing: number | null;
  /** The object whose document the caret is in. */
  readonly caret: ObjectRef | null;
  /** Whether Tab leaves the editor. */
  readonly tabMoves: boolean;
  readonly wrapping: boolean;
  readonly paste: Paste | null;
  /** Why the last layout failed, or "". */
  readonly formatProblem: string;
}

const FRESH: DeskState = { applying: false, results: null, comparing: false, editor: null, differing: null, caret: null, tabMoves: false, wrapping: false, paste: null, formatProblem: "" };

/** Everything behind the editor of one lab; it outlives the panel, so that undo and caret survive a change of tabs. */
export class EditorDesk {
  readonly state = createStore<DeskState>(() => FRESH);
  readonly texts: Texts;
  readonly checks: Checks;
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
    this.checks = new Checks(lab);
    this.texts = new Texts(lab, {
      opened: (text) => { this.checks.soon(text); },
      changed: (text, changes) => { this.#changed(text, changes); },
      closed: (text) => {
        this.checks.cancel(text);
        this.checks.forget(text.name);
      },
    });
    registerLanguage({
      lab, problemsOf: (model) => this.#problemsOf(model), formatFailed: (formatProblem) => { this.state.setState({ formatProblem }); },
    });
    this.texts.begin();
    lab.stores.host.subscribe((now, before) => { if (now.phase === "running" && before.phase !== "running") this.#recheck(); });
    lab.stores.clock.subscribe((now, before) => { if (now.epoch !== before.epoch) this.state.setState({ results: null, comparing: false }); });
  }

  /** Applies files in order and shows what became of each document. `force` takes fields over that others manage. */
  async apply(names: readonly string[], force = false): Promise<void> {
    if (this.state.getState().applying) return;
    this.texts.flush();
    const { files } = this.#lab.stores.workspace.getState();
    this.state.setState({ applying: true, comparing: false });
    try {
      const { documents } = await this.#lab.ask("apply", { files: files.filter((file) => names.includes(file.name)), dryRun: false, force });
      this.#applied(names, files, documents);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      this.#lab.toast(error.message, "failed");
    } finally {
      this.state.setState({ applying: false });
    }
  }

  /** Gives a file another name; its model, undo history and problems go along. The caller changes the store next. */
  rename(from: string, to: string): void {
    this.texts.flush();
    this.texts.rename(from, to);
    this.checks.forget(from);
    const text = this.texts.get(to);
    if (text !== undefined) this.checks.soon(text);
  }

  /** Wraps long lines, or lets them run on. */
  toggleWrap(): void {
    const wrapping = !this.state.getState().wrapping;
    this.state.setState({ wrapping });
    this.state.getState().editor?.updateOptions({ wordWrap: wrapping ? "on" : "off" });
  }

  #applied(names: readonly string[], files: readonly { readonly name: string; readonly text: string }[], documents: readonly AppliedDocument[]): void {
    const sent = Object.fromEntries(files.filter((file) => names.includes(file.name)).map((file) => [file.name, file.text]));
    const worked = documents.some((document) => document.outcome !== "refused");
    if (worked) this.#lab.stores.workspace.setState((state) => ({ applied: true, appliedTexts: { ...state.appliedTexts, ...sent } }));
    this.state.setState({ results: documents });
    for (const name of names) this.#refuse(name, sent[name] ?? "", documents);
  }

  /** The server's refusals become marks, unless the text has moved on meanwhile. */
  #refuse(name: string, sent: string, documents: readonly AppliedDocument[]): void {
    const text = this.texts.get(name);
    if (text === undefined || text.ahead || text.synced !== sent) return;
    text.refused = documents.filter((document) => document.file === name).flatMap((document) => document.problems.filter((problem) => problem.source === "server"));
    this.checks.show(text);
  }

  #changed(text: OpenText, changes: readonly monaco.editor.IModelContentChange[]): void {
    if (text.refused.length > 0) text.refused = afterChanges(text.refused, changes.map(({ range, text: typed }) => ({ startLine: range.startLineNumber, endLine: range.endLineNumber, text: typed })));
    this.checks.soon(text);
  }

  #problemsOf(model: monaco.editor.ITextModel) {
    const text = this.texts.of(model);
    return text === undefined ? undefined : problemsOf(text);
  }

  #recheck(): void {
    for (const text of this.texts.all()) this.checks.soon(text);
  }
}

const DESKS = new WeakMap<Lab, EditorDesk>();

/** The desk of a lab, made when first asked for. */
export function deskOf(lab: Lab): EditorDesk {
  const known = DESKS.get(lab) ?? new EditorDesk(lab);
  DESKS.set(lab, known);
  return known;
}
