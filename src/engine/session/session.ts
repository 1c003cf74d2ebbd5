/**
 * Sessions. The live lab records each input with the moment it was given; replaying the document gives the same event
 * log, byte for byte, because everything else is determined by the seed.
 */
import type { World } from "../bus/index.ts";

/** What a document must carry in `format`. */
export const SESSION_FORMAT = "orrery/session";
/** Version this code writes and reads. */
export const SESSION_VERSION = 1;

/** An input with its moment. `at`: virtual ms since the session's start. `steps`: events taken before it, where recorded live. */
export interface RecordedInput<I> {
  readonly at: number;
  readonly steps?: number;
  readonly input: I;
}

/** A session as a file: plain JSON. `W` describes the world (a product's own format), `I` its inputs. */
export interface SessionDocument<W = unknown, I = unknown> {
  readonly format: typeof SESSION_FORMAT;
  readonly version: number;
  readonly seed: number;
  readonly world: W;
  readonly inputs: readonly RecordedInput<I>[];
}

/** How a product builds its world and takes its inputs. */
export interface SessionKind<W, I> {
  build(world: W, seed: number): World;
  apply(world: World, input: I): void;
}

/** A running session. */
export class Session<W, I> {
  readonly world: World;
  private readonly recorded: RecordedInput<I>[] = [];
  private readonly startedAt: number;
  private pending: RecordedInput<I>[];

  /** Starts from a document; its inputs are given when their moment comes. */
  constructor(private readonly kind: SessionKind<W, I>, private readonly source: SessionDocument<W, I>) {
    this.world = kind.build(source.world, source.seed);
    this.startedAt = this.world.now;
    this.pending = [...source.inputs];
  }

  /** Virtual time at the start, ms since the epoch. */
  get start(): number {
    return this.startedAt;
  }

  /** Gives an input now, and records it. */
  input(input: I): void {
    this.recorded.push({ at: this.world.now - this.startedAt, steps: this.world.steps, input });
    this.kind.apply(this.world, input);
  }

  /** Runs to a moment (ms since the session's start), giving the document's inputs on the way. At most `maxEvents` events. */
  run(untilMs: number, maxEvents = Number.POSITIVE_INFINITY): void {
    const { world } = this;
    const last = world.steps + maxEvents;
    for (let next = this.pending[0]; next !== undefined && next.at <= untilMs; next = this.pending[0]) {
      if (!this.runUpTo(next, last)) return;
      this.pending.shift();
      this.input(next.input);
    }
    world.run(this.startedAt + untilMs, last - world.steps);
  }

  /** Inputs of the document that are still to come. */
  get remaining(): number {
    return this.pending.length;
  }

  /** The session so far as a document; what is still pending stays part of it. */
  document(): SessionDocument<W, I> {
    return { ...this.source, inputs: [...this.recorded, ...this.pending] };
  }

  private runUpTo(next: RecordedInput<I>, last: number): boolean {
    const { world } = this;
    const limit = next.steps === undefined ? last : Math.min(last, next.steps);
    if (next.steps === undefined || world.steps < next.steps) world.run(this.startedAt + next.at, limit - world.steps);
    if (world.steps >= last && limit === last && next.steps !== last) return false;
    world.idleUntil(this.startedAt + next.at);
    return true;
  }
}

/** Checks the envelope of a document; returns it, or a sentence that says what is wrong. */
export function readSession(value: unknown): SessionDocument | string {
  if (typeof value !== "object" || value === null) return "This is not an Orrery session: it has to be an object.";
  const document = value as Partial<SessionDocument>;
  if (document.format !== SESSION_FORMAT) return `This is not an Orrery session: "format" should be "${SESSION_FORMAT}".`;
  if (typeof document.version !== "number") return `"version" should be a number.`;
  if (document.version > SESSION_VERSION) return `This session was made by a newer Orrery (format version ${document.version}, this one reads ${SESSION_VERSION}): update needed.`;
  if (typeof document.seed !== "number" || !Number.isSafeInteger(document.seed)) return `"seed" should be a whole number.`;
  if (!Array.isArray(document.inputs)) return `"inputs" should be a list.`;
  return readInputs(document as SessionDocument);
}

function readInputs(document: SessionDocument): SessionDocument | string {
  let last = 0;
  for (const [index, entry] of document.inputs.entries()) {
    const at = (entry as Partial<RecordedInput<unknown>> | null)?.at;
    if (typeof at !== "number" || !(at >= 0)) return `Input ${index + 1}: "at" should be a number of milliseconds, 0 or more.`;
    if (at < last) return `Input ${index + 1}: inputs should be in order of time.`;
    last = at;
  }
  return document;
}
