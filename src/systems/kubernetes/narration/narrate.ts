/**
 * Turns a note into a sentence. The sentences stand in tables by the component that speaks, made from the note's own
 * data only; a kind without an entry says nothing (it stays in the trace).
 */
import type { Note } from "../../../engine/trace/index.ts";
import { CONTROLLER_SENTENCES } from "./controllers.ts";
import { NODE_SENTENCES } from "./node.ts";
import { CONTROL_PLANE_SENTENCES } from "./control-plane.ts";
import { OUTSIDE_SENTENCES } from "./outside.ts";
import type { Sentence, Tone } from "./sentence.ts";

/** A note in words. Structure as the protocol's Caption. */
export interface Narration {
  readonly id: number;
  readonly at: number;
  readonly kind: string;
  readonly weight: 1 | 2;
  readonly component: string;
  readonly object: string;
  readonly sentence: string;
  readonly strong: readonly string[];
  readonly mark: string;
  readonly tone: Tone;
}

const SENTENCES: Readonly<Record<string, Sentence>> = { ...CONTROL_PLANE_SENTENCES, ...CONTROLLER_SENTENCES, ...NODE_SENTENCES, ...OUTSIDE_SENTENCES };

/** The sentence of a note, or undefined when it says nothing to people. */
export function narrate(note: Note): Narration | undefined {
  const entry = SENTENCES[note.kind];
  const told = entry?.say(note);
  if (entry === undefined || told === undefined) return undefined;
  const strong: string[] = [];
  const sentence = told.replace(/\*([^*]+)\*/g, (_whole, word: string) => (strong.push(word), word));
  return {
    id: note.id, at: note.at, kind: note.kind, component: note.component, object: note.object, sentence, strong,
    weight: entry.weight ?? 1, mark: entry.mark?.(note) ?? "", tone: entry.tone ?? "plain",
  };
}
