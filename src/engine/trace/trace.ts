/**
 * The trace keeps one row per event in columns (typed arrays in chunks), so that a million events cost some 40 MB
 * and recording one costs no allocation. Rows are written when an event is caused, i.e. before it happens, and are
 * found by id. Old chunks are let go when the trace grows beyond its limit.
 */

/** What an event is. */
export const EventKind = {
  Message: 0, Request: 1, Reply: 2, Failure: 3, Timer: 4, Open: 5, Data: 6, Closed: 7, Start: 8, Note: 9, Input: 10,
} as const;
/** One of the values of {@link EventKind}. */
export type EventKind = (typeof EventKind)[keyof typeof EventKind];

/** Plain, JSON-like facts that belong to a note. */
export type NoteData = Readonly<Record<string, unknown>>;

/** A fact a component tells people: an event in the past tense ("PodBound") about an object, with its data. */
export interface Note {
  /** Trace id of the note itself. */
  readonly id: number;
  /** Trace id of the event in whose handling it was made. */
  readonly cause: number;
  /** Virtual time, ms since the epoch. */
  readonly at: number;
  readonly component: string;
  readonly kind: string;
  /** What it is about, e.g. "pods/default/web-1". */
  readonly object: string;
  readonly data: NoteData;
}

/** One row of the trace. */
export interface TraceEvent {
  readonly id: number;
  readonly kind: EventKind;
  /** When it was sent and when it happens, ms. */
  readonly sentAt: number;
  readonly at: number;
  /** Component indexes; see World.componentId. */
  readonly from: number;
  readonly to: number;
  /** Id of the causing event; 0 for inputs and the engine's own start. */
  readonly cause: number;
  /** Interned message type (World: trace.typeName). */
  readonly type: string;
}

const CHUNK_BITS = 16;
const CHUNK = 1 << CHUNK_BITS;

interface Chunk {
  readonly kind: Uint8Array;
  readonly type: Uint16Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly sentAt: Float64Array;
  readonly at: Float64Array;
  readonly cause: Float64Array;
}

/** The recorder. Not part of component state: a restored world goes on writing from its next id. */
export class Trace {
  private readonly chunks = new Map<number, Chunk>();
  private readonly typeIds = new Map<string, number>();
  private readonly typeNames: string[] = [];
  private oldestChunk = 0;
  /** Notes in order of time, oldest first. */
  readonly notes: Note[] = [];

  /** @param maxEvents how many rows to keep at least; older ones may be dropped (a multiple of 65,536 is kept) */
  constructor(private readonly maxEvents: number = 4 * 1024 * 1024, private readonly maxNotes: number = 400_000) {}

  /** Writes the row of an event. */
  record(id: number, kind: EventKind, type: string, from: number, to: number, sentAt: number, at: number, cause: number): void {
    const chunk = this.chunkFor(id);
    const slot = id & (CHUNK - 1);
    chunk.kind[slot] = kind;
    chunk.type[slot] = this.internType(type);
    chunk.from[slot] = from;
    chunk.to[slot] = to;
    chunk.sentAt[slot] = sentAt;
    chunk.at[slot] = at;
    chunk.cause[slot] = cause;
  }

  /** Keeps a note (its row must be recorded too). */
  addNote(note: Note): void {
    this.notes.push(note);
    if (this.notes.length > this.maxNotes * 1.25) this.notes.splice(0, this.notes.length - this.maxNotes);
  }

  /** The event with an id, or undefined if it is unknown or no longer kept. */
  event(id: number): TraceEvent | undefined {
    const chunk = this.chunks.get(Math.floor(id / CHUNK));
    if (chunk === undefined) return undefined;
    const slot = id & (CHUNK - 1);
    const type = this.typeNames[(chunk.type[slot] ?? 0) - 1];
    if (type === undefined) return undefined;
    return {
      id, type, kind: chunk.kind[slot] as EventKind, from: chunk.from[slot] ?? 0, to: chunk.to[slot] ?? 0,
      sentAt: chunk.sentAt[slot] ?? 0, at: chunk.at[slot] ?? 0, cause: chunk.cause[slot] ?? 0,
    };
  }

  /** The chain from an event to its root cause, the event itself first; ends early where the trace no longer reaches. */
  causes(id: number): TraceEvent[] {
    const chain: TraceEvent[] = [];
    for (let event = this.event(id); event !== undefined; event = event.cause === 0 ? undefined : this.event(event.cause)) chain.push(event);
    return chain;
  }

  /** Lowest id that is still kept. */
  oldest(): number {
    return this.oldestChunk * CHUNK;
  }

  private internType(type: string): number {
    const known = this.typeIds.get(type);
    if (known !== undefined) return known;
    const id = this.typeNames.push(type);
    this.typeIds.set(type, id);
    return id;
  }

  private chunkFor(id: number): Chunk {
    const index = Math.floor(id / CHUNK);
    const known = this.chunks.get(index);
    if (known !== undefined) return known;
    const chunk: Chunk = {
      kind: new Uint8Array(CHUNK), type: new Uint16Array(CHUNK), from: new Uint32Array(CHUNK), to: new Uint32Array(CHUNK),
      sentAt: new Float64Array(CHUNK), at: new Float64Array(CHUNK), cause: new Float64Array(CHUNK),
    };
    this.chunks.set(index, chunk);
    const keep = Math.ceil(this.maxEvents / CHUNK) + 1;
    while (index - this.oldestChunk >= keep) this.chunks.delete(this.oldestChunk++);
    return chunk;
  }
}
