import { createStore } from "zustand/vanilla";
import type { DocumentPlace, TextProblem } from "../../protocol/index.ts";

/** What is wrong in the open files, by file name, and where their documents stand. Filled by the editor. */
export interface ProblemState {
  readonly byFile: ReadonlyMap<string, readonly TextProblem[]>;
  readonly placesByFile: ReadonlyMap<string, readonly DocumentPlace[]>;
}

export const createProblemStore = () => createStore<ProblemState>(() => ({ byFile: new Map(), placesByFile: new Map() }));
