import { describe, expect, it } from "vitest";
import { createHash, EventKind, hashText, mixNumber, mixText, type Note, Trace } from "./index.ts";

const CHUNK = 65_536;

function record(trace: Trace, id: number, cause = 0, type = "message"): void {
  trace.record(id, cause === 0 ? EventKind.Input : EventKind.Message, type, 1, 2, id * 10, id * 10 + 1, cause);
}

function note(id: number): Note {
  return { id, cause: id - 1, at: id, component: "etcd", kind: "Tested", object: "x", data: {} };
}

describe("Trace", () => {
  it("gives back what was recorded, every column", () => {
    const trace = new Trace();
    trace.record(5, EventKind.Timer, "timer", 3, 4, 1_767_225_600_000, 1_767_225_600_500.5, 2);
    expect(trace.event(5)).toEqual({ id: 5, kind: EventKind.Timer, type: "timer", from: 3, to: 4, sentAt: 1_767_225_600_000, at: 1_767_225_600_500.5, cause: 2 });
  });

  it("knows every kind of event, the first of them too", () => {
    const trace = new Trace();
    for (const [index, kind] of Object.values(EventKind).entries()) trace.record(index, kind, "t", 0, 0, 0, 0, 0);
    for (const [index, kind] of Object.values(EventKind).entries()) expect(trace.event(index)?.kind).toBe(kind);
    expect(new Set(Object.values(EventKind)).size).toBe(Object.keys(EventKind).length);
  });

  it("knows nothing of what was not recorded, next to what was or far away", () => {
    const trace = new Trace();
    record(trace, 5);
    for (const id of [0, 4, 6, CHUNK + 5, -1]) expect(trace.event(id)).toBeUndefined();
  });

  it("keeps types apart and ids beyond one chunk", () => {
    const trace = new Trace();
    record(trace, CHUNK - 1, 0, "a");
    record(trace, CHUNK, CHUNK - 1, "b");
    record(trace, 3 * CHUNK + 7, CHUNK, "a");
    expect([CHUNK - 1, CHUNK, 3 * CHUNK + 7].map((id) => trace.event(id)?.type)).toEqual(["a", "b", "a"]);
  });

  it("walks from an event to its root, the event first", () => {
    const trace = new Trace();
    record(trace, 1);
    record(trace, 2);
    record(trace, 3, 1);
    record(trace, CHUNK + 1, 3);
    expect(trace.causes(CHUNK + 1).map(({ id }) => id)).toEqual([CHUNK + 1, 3, 1]);
    expect(trace.causes(2).map(({ id }) => id)).toEqual([2]);
    expect(trace.causes(99)).toEqual([]);
  });

  it("lets old events go when it grows beyond its limit, and says from where it knows", () => {
    const trace = new Trace(2 * CHUNK);
    for (let chunk = 0; chunk < 6; chunk++) record(trace, chunk * CHUNK + 1, chunk === 0 ? 0 : (chunk - 1) * CHUNK + 1);
    expect(trace.oldest()).toBe(3 * CHUNK);
    expect(trace.event(1)).toBeUndefined();
    expect(trace.event(2 * CHUNK + 1)).toBeUndefined();
    expect(trace.causes(5 * CHUNK + 1).map(({ id }) => id)).toEqual([5 * CHUNK + 1, 4 * CHUNK + 1, 3 * CHUNK + 1]);
  });

  it("keeps the newest notes in order", () => {
    const trace = new Trace(CHUNK, 100);
    for (let id = 1; id <= 125; id++) trace.addNote(note(id));
    expect(trace.notes).toHaveLength(125);
    trace.addNote(note(126));
    expect(trace.notes).toHaveLength(100);
    expect(trace.notes[0]?.id).toBe(27);
    expect(trace.notes.at(-1)?.id).toBe(126);
  });
});

describe("the log hash", () => {
  const numbers = (...values: number[]): string => {
    const hash = createHash();
    for (const value of values) mixNumber(hash, value);
    return hashText(hash);
  };
  const texts = (...values: string[]): string => {
    const hash = createHash();
    for (const value of values) mixText(hash, value);
    return hashText(hash);
  };

  it("is sixteen hexadecimal digits, of an empty log too", () => {
    for (const hash of [hashText(createHash()), numbers(1), texts("a")]) expect(hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it("is the same for the same log", () => {
    expect(numbers(1, 2, 3)).toBe(numbers(1, 2, 3));
    expect(texts("a", "b")).toBe(texts("a", "b"));
  });

  it("depends on order, on each value, and on where one text ends and the next begins", () => {
    expect(numbers(1, 2)).not.toBe(numbers(2, 1));
    expect(numbers(1, 0)).not.toBe(numbers(1));
    expect(texts("ab", "c")).not.toBe(texts("a", "bc"));
    expect(texts("a")).not.toBe(texts("b"));
    expect(texts("ü")).not.toBe(texts("u"));
  });

  it("depends on all bits of a time in ms", () => {
    const time = Date.UTC(2026, 0, 1);
    const seen = new Set([numbers(time)]);
    for (let bit = 0; bit < 50; bit++) seen.add(numbers(time + 2 ** bit));
    expect(seen.size).toBe(51);
  });

  it("meets no two logs alike among many", () => {
    const seen = new Set<string>();
    for (let a = 0; a < 100; a++) for (let b = 0; b < 100; b++) seen.add(numbers(a, b));
    expect(seen.size).toBe(10_000);
  });
});
