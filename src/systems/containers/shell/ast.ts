/** Shell scripts as frozen trees: what the parser makes and the machine walks. */

/** A word: parts that are joined after expansion. */
export interface Word {
  readonly parts: readonly WordPart[];
}

/** A piece of a word. Quoted pieces are not split into fields and not matched against files. */
export type WordPart =
  | { readonly k: "text"; readonly text: string; readonly quoted: boolean }
  /** ${name op arg}: op is one of :- - := = :+ + :? ? # ## % %% / // : or "" or "length". */
  | { readonly k: "param"; readonly name: string; readonly op: string; readonly arg: Word | undefined; readonly quoted: boolean }
  /** $(…): its output is the `slot`-th of the command's substitutions. */
  | { readonly k: "subst"; readonly slot: number; readonly quoted: boolean }
  | { readonly k: "arith"; readonly text: Word; readonly quoted: boolean };

/** A redirection: "<", ">", ">>", ">&", "<<" (here-document), "<<<"; `fd` -1 = "&>" (both). */
export interface Redirection {
  readonly op: "<" | ">" | ">>" | ">&" | "<<" | "<<<";
  readonly fd: number;
  readonly target: Word;
}

/** name=value, or name=(a b c). */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
  readonly append: boolean;
  readonly array: readonly Word[] | undefined;
}

/** What commands share: their substitutions are run first, in order. */
interface Common {
  readonly substs: readonly Script[];
  readonly redirections: readonly Redirection[];
}

/** One command. */
export type Command = Common & (
  | { readonly k: "simple"; readonly assignments: readonly Assignment[]; readonly words: readonly Word[] }
  | { readonly k: "if"; readonly clauses: readonly { readonly condition: Script; readonly body: Script }[]; readonly otherwise: Script | undefined }
  | { readonly k: "while"; readonly until: boolean; readonly condition: Script; readonly body: Script }
  | { readonly k: "for"; readonly name: string; readonly words: readonly Word[] | undefined; readonly body: Script }
  | { readonly k: "case"; readonly word: Word; readonly arms: readonly { readonly patterns: readonly Word[]; readonly body: Script }[] }
  | { readonly k: "group"; readonly body: Script }
  | { readonly k: "subshell"; readonly body: Script }
  | { readonly k: "function"; readonly name: string; readonly body: Command }
  | { readonly k: "test"; readonly words: readonly Word[] }
  | { readonly k: "arithmetic"; readonly text: Word }
);

/** Commands joined by pipes. */
export interface Pipeline {
  readonly negated: boolean;
  readonly stages: readonly Command[];
}

/** A pipeline with what joins it to the one before. "&" marks one that runs in the background. */
export interface Item {
  readonly join: ";" | "&&" | "||";
  readonly background: boolean;
  readonly pipeline: Pipeline;
}

/** A list of pipelines. */
export interface Script {
  readonly items: readonly Item[];
}
