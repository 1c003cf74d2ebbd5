/** Every word a person reads, in one typed catalogue. Another language is another object of type Catalogue. */
import { createContext, use } from "react";
import { enDrop, enEditor } from "./en-editor.ts";
import { enInspector } from "./en-inspector.ts";
import { enGuide } from "./en-guide.ts";
import { enShell } from "./en-shell.ts";
import { enStage } from "./en-stage.ts";

const en = { language: "en", ...enShell, guide: enGuide, stage: enStage, editor: enEditor, drop: enDrop, inspector: enInspector };

/** Turns literal texts into text, keeping the shape and the parameters. */
type Words<T> = T extends string ? string : T extends (...values: infer A) => string ? (...values: A) => string : { readonly [K in keyof T]: Words<T[K]> };

export type Catalogue = Words<typeof en>;

/** The catalogue in use; English until another is provided. */
export const TextContext = createContext<Catalogue>(en);

/** The words for this person. */
export function useText(): Catalogue {
  return use(TextContext);
}

export { briefSpanText, bytesText, clockText, cpuText, spanText } from "./measures.ts";
export { plural } from "./plural.ts";
