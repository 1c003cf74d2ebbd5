import type { Note } from "../../../engine/trace/index.ts";

/** Colour of a sentence's mark by meaning. */
export type Tone = "write" | "ready" | "request" | "leaving" | "failed" | "plain";

/** How one kind of note is told. Words between asterisks are strong; undefined = say nothing this time. */
export interface Sentence {
  readonly say: (note: Note) => string | undefined;
  /** 1 = a learner should see it (default), 2 = detail. */
  readonly weight?: 1 | 2;
  /** Short word on the timeline. */
  readonly mark?: (note: Note) => string;
  readonly tone?: Tone;
}

/** A text from the note's data; "" when it isn't there. */
export function text(note: Note, name: string): string {
  const value = note.data[name];
  return value === undefined || value === null ? "" : String(value);
}

/** A number from the note's data; 0 when it isn't there. */
export function count(note: Note, name: string): number {
  const value = Number(note.data[name] ?? 0);
  return Number.isNaN(value) ? 0 : value;
}

/** Last part of the note's object: the name. */
export function nameOf(note: Note): string {
  return lastPart(note.object);
}

/** "default/web" → "web". */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** "1 pod", "3 pods". */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** "10 s", "1.5 s", "5 min". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`;
  return `${Math.round(ms / 6000) / 10} min`;
}

/** "64 MiB". */
export function bytes(value: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let at = 0;
  let left = value;
  while (left >= 1024 && at < units.length - 1) {
    left /= 1024;
    at++;
  }
  return `${Math.round(left * 10) / 10} ${units[at] ?? ""}`;
}

/** Who speaks, in people's words: "kubelet/node-1" → "kubelet on node-1". */
export function speaker(note: Note): string {
  const slash = note.component.indexOf("/");
  if (slash < 0) return note.component.replace(/^kube-/, "").replace(/-/g, " ");
  return `${note.component.slice(0, slash)} on ${note.component.slice(slash + 1)}`;
}
