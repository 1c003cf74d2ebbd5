import type { Lab, WorkspaceState } from "../stores/index.ts";
import { monaco } from "./monaco/monaco.ts";
import type { OpenText } from "./open-text.ts";
import { isBig } from "./text-size.ts";

/** Typed text reaches the store this long after the first unsaved key; big texts are copied less often. */
const SYNC_MS = 300;
const SYNC_BIG_MS = 2_000;

/** What wants to know of changes of the texts. */
export interface TextWatcher {
  opened(text: OpenText): void;
  changed(text: OpenText, changes: readonly monaco.editor.IModelContentChange[]): void;
  closed(text: OpenText): void;
}

/** Models of the open files, kept in step with the workspace store both ways. */
export class Texts {
  readonly #byName = new Map<string, OpenText>();
  readonly #byModel = new WeakMap<monaco.editor.ITextModel, OpenText>();
  readonly #timers = new Map<OpenText, ReturnType<typeof setTimeout>>();
  readonly #lab: Lab;
  readonly #watcher: TextWatcher;

  constructor(lab: Lab, watcher: TextWatcher) {
    this.#lab = lab;
    this.#watcher = watcher;
    lab.stores.workspace.subscribe((now, before) => { if (now.files !== before.files) this.#follow(now); });
    addEventListener("pagehide", this.flush, { capture: true });
    document.addEventListener("visibilitychange", this.flush);
  }

  /** Makes models for the files that are open already. */
  begin(): void { this.#follow(this.#lab.stores.workspace.getState()); }

  get(name: string): OpenText | undefined { return this.#byName.get(name); }

  of(model: monaco.editor.ITextModel): OpenText | undefined { return this.#byModel.get(model); }

  all(): readonly OpenText[] { return [...this.#byName.values()]; }

  /** Gives a text another name, keeping its model; the caller changes the store next. */
  rename(from: string, to: string): void {
    const text = this.#byName.get(from);
    if (text === undefined) return;
    this.#byName.delete(from);
    text.name = to;
    this.#byName.set(to, text);
  }

  /** Brings the store up to what has been typed. */
  flush = (): void => {
    for (const text of this.#byName.values()) this.#push(text);
  };

  #follow(state: WorkspaceState): void {
    const names = new Set(state.files.map((file) => file.name));
    for (const text of this.all()) if (!names.has(text.name)) this.#close(text);
    for (const file of state.files) this.#receive(file.name, file.text);
  }

  #receive(name: string, value: string): void {
    const known = this.#byName.get(name);
    if (known === undefined) this.#open(name, value);
    else if (known.synced !== value) {
      this.#cancel(known);
      known.synced = value;
      known.model.pushStackElement();
      known.model.pushEditOperations([], [{ range: known.model.getFullModelRange(), text: value }], () => null);
      known.model.pushStackElement();
      this.#cancel(known);
    }
  }

  #open(name: string, value: string): void {
    const model = monaco.editor.createModel(value, "yaml");
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    const text: OpenText = { name, model, synced: value, ahead: false, checked: [], refused: [], view: null };
    this.#byName.set(name, text);
    this.#byModel.set(model, text);
    model.onDidChangeContent((event) => {
      this.#schedule(text);
      this.#watcher.changed(text, event.changes);
    });
    this.#watcher.opened(text);
  }

  #close(text: OpenText): void {
    this.#cancel(text);
    this.#byName.delete(text.name);
    this.#watcher.closed(text);
    text.model.dispose();
  }

  #schedule(text: OpenText): void {
    text.ahead = true;
    if (this.#timers.has(text)) return;
    const wait = isBig(text.model.getValueLength()) ? SYNC_BIG_MS : SYNC_MS;
    this.#timers.set(text, setTimeout(() => { this.#push(text); }, wait));
  }

  #cancel(text: OpenText): void {
    clearTimeout(this.#timers.get(text));
    this.#timers.delete(text);
    text.ahead = false;
  }

  #push(text: OpenText): void {
    if (!text.ahead) return;
    this.#cancel(text);
    text.synced = text.model.getValue();
    const { name, synced } = text;
    this.#lab.stores.workspace.setState((state) => ({ files: state.files.map((file) => (file.name === name ? { name, text: synced } : file)) }));
    this.#lab.life.keepSoon();
  }
}
