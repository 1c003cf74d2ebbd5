import type { Catalogue } from "../i18n/index.ts";
import { bytesText } from "../i18n/index.ts";
import type { Lab, WorkFile, WorkspaceState } from "../stores/index.ts";
import { dropStore } from "./drop-store.ts";
import { isWanted, MOST_BYTES, MOST_FILES, readFound, type FoundFile, type ReadFile } from "./read-dropped.ts";

/** Texts longer than this are opened only after asking. */
const ASK_ABOVE = 1_000_000;
const MOST_SAID = 3;

/** Opens what was found: manifests as files of the desk, a session after asking; says what was refused and why. */
export async function openFound(lab: Lab, text: Catalogue, found: readonly FoundFile[], truncated: boolean): Promise<void> {
  const wanted = found.filter(({ path }) => isWanted(path));
  const read = await Promise.all(wanted.slice(0, MOST_FILES).map(readFound));
  const texts = read.flatMap((one) => (one.kind === "text" ? [{ name: one.name, text: one.text }] : []));
  const [small, big] = [texts.filter((one) => one.text.length <= ASK_ABOVE), texts.filter((one) => one.text.length > ASK_ABOVE)];
  sayRefusals(lab, text, read);
  if (truncated || wanted.length > MOST_FILES) lab.toast(text.drop.tooMany(MOST_FILES));
  openTexts(lab, text, small);
  const session = read.find((one) => one.kind === "session");
  if (session !== undefined) dropStore.setState({ question: session });
  else if (big.length > 0) dropStore.setState({ question: { kind: "big", files: big } });
  else if (read.length === 0) lab.toast(text.drop.nothing, "failed");
}

/** Puts texts on the desk and shows the first of them. */
export function openTexts(lab: Lab, text: Catalogue, files: readonly WorkFile[]): void {
  const [first] = files;
  if (first === undefined) return;
  lab.stores.workspace.setState((state) => withOpened(state, files));
  lab.stores.view.setState({ desk: "editor", deskOpen: true, narrowTab: "editor", presenting: false });
  lab.life.keepSoon();
  lab.toast(text.drop.opened(files.length));
}

/** The workspace with files added, each under a name of its own, the first of them in front. The same text under the same name is not added twice. */
export function withOpened(state: WorkspaceState, files: readonly WorkFile[]): WorkspaceState {
  const all = [...state.files];
  let front = "";
  for (const file of files) {
    const same = all.find((one) => one.name === file.name && one.text === file.text);
    const name = same?.name ?? free(all, file.name);
    if (same === undefined) all.push({ name, text: file.text });
    if (front === "") front = name;
  }
  return { ...state, files: all, current: front === "" ? state.current : front, revealLine: 0 };
}

function free(files: readonly WorkFile[], wanted: string): string {
  const taken = new Set(files.map((file) => file.name));
  let name = wanted;
  for (let n = 2; taken.has(name); n += 1) name = wanted.replace(/(\.[^./]*)?$/, `-${n}$1`);
  return name;
}

function sayRefusals(lab: Lab, text: Catalogue, read: readonly ReadFile[]): void {
  const refused = read.flatMap((one) => (one.kind === "refused" ? [one] : []));
  const words = refused.slice(0, MOST_SAID).map((one) => (one.why === "big" ? text.drop.refused.big(one.name, bytesText(Math.max(one.size, MOST_BYTES))) : text.drop.refused[one.why](one.name)));
  if (refused.length > MOST_SAID) words.push(text.drop.more(refused.length - MOST_SAID));
  if (words.length > 0) lab.toast(words.join(" "), "failed");
}
