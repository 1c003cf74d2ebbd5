import type { DocumentPlace, TextProblem } from "../../protocol/index.ts";
import type { Lab } from "../stores/index.ts";
import { markerOf } from "./monaco/markers.ts";
import { monaco } from "./monaco/monaco.ts";
import type { OpenText } from "./open-text.ts";
import { isBig } from "./text-size.ts";

const REST_MS = 200;
const OWNER = "orrery";

/** Everything known to be wrong; what the check and the server both say counts once. */
export function problemsOf(text: Pick<OpenText, "checked" | "refused">): readonly TextProblem[] {
  const said = new Set(text.checked.map((problem) => `${problem.line} ${problem.message}`));
  return [...text.checked, ...text.refused.filter((problem) => !said.has(`${problem.line} ${problem.message}`))];
}

/** Has the engine check the texts after typing rests; answers about an older text are dropped. */
export class Checks {
  readonly #timers = new Map<OpenText, ReturnType<typeof setTimeout>>();
  readonly #lab: Lab;

  constructor(lab: Lab) { this.#lab = lab; }

  /** Checks soon, unless the text is too big to be checked unasked. */
  soon(text: OpenText): void {
    this.cancel(text);
    if (isBig(text.model.getValueLength())) this.#pause(text);
    else this.#timers.set(text, setTimeout(() => { void this.now(text); }, REST_MS));
  }

  /** Checks at once. */
  async now(text: OpenText): Promise<void> {
    this.cancel(text);
    const { model } = text;
    const version = model.getVersionId();
    const answer = await this.#lab.ask("check-text", { file: text.name, text: model.getValue() }).catch(() => null);
    if (answer === null || model.isDisposed() || model.getVersionId() !== version) return;
    text.checked = answer.problems;
    this.show(text, answer.places);
  }

  cancel(text: OpenText): void {
    clearTimeout(this.#timers.get(text));
    this.#timers.delete(text);
  }

  /** Marks what is known to be wrong and tells the others. */
  show(text: OpenText, places?: readonly DocumentPlace[]): void {
    const problems = problemsOf(text);
    monaco.editor.setModelMarkers(text.model, OWNER, problems.map(markerOf));
    this.#lab.stores.problems.setState((state) => ({
      byFile: new Map(state.byFile).set(text.name, problems),
      placesByFile: places === undefined ? state.placesByFile : new Map(state.placesByFile).set(text.name, places),
    }));
  }

  /** Forgets a text that was closed or got another name. */
  forget(name: string): void {
    this.#lab.stores.problems.setState((state) => {
      const [byFile, placesByFile] = [new Map(state.byFile), new Map(state.placesByFile)];
      byFile.delete(name);
      placesByFile.delete(name);
      return { byFile, placesByFile };
    });
  }

  #pause(text: OpenText): void {
    if (text.checked.length === 0) return;
    text.checked = [];
    this.show(text, []);
  }
}
