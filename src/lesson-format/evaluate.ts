/** Holds checks against facts. */
import type { Facts, PastFact } from "../protocol/index.ts";
import type { Check, CheckResult, Expectation, HistoryExpectation, StateExpectation } from "./check.ts";

/** Kinds of objects and of notes that checks need to see. */
export function neededFacts(checks: readonly Check[]): { readonly kinds: readonly string[]; readonly notes: readonly string[] } {
  const kinds = new Set<string>();
  const notes = new Set<string>();
  for (const check of checks) for (const expectation of [check.expect, ...check.misconceptions.map((wrong) => wrong.when)]) collect(expectation, kinds, notes);
  return { kinds: [...kinds], notes: [...notes] };
}

/** Whether a check holds, with the sentence to show. */
export function evaluateCheck(check: Check, facts: Facts): CheckResult {
  const found = evaluate(check.expect, facts);
  if (found.holds) return { id: check.id, holds: true, sentence: check.say };
  const misconception = check.misconceptions.find((wrong) => evaluate(wrong.when, facts).holds);
  return { id: check.id, holds: false, sentence: (misconception?.say ?? check.otherwise).replace("{found}", String(found.count)) };
}

interface Found {
  readonly holds: boolean;
  readonly count: number;
}

function collect(expectation: Expectation, kinds: Set<string>, notes: Set<string>): void {
  if ("state" in expectation) kinds.add(expectation.state.kind);
  else if ("history" in expectation) for (let wanted: HistoryExpectation | undefined = expectation.history; wanted !== undefined; wanted = wanted.after) notes.add(wanted.note);
  else if ("not" in expectation) collect(expectation.not, kinds, notes);
  else for (const inner of "all" in expectation ? expectation.all : expectation.any) collect(inner, kinds, notes);
}

function evaluate(expectation: Expectation, facts: Facts): Found {
  if ("state" in expectation) return withinBounds(countObjects(expectation.state, facts), expectation.state);
  if ("history" in expectation) return withinBounds(matches(expectation.history, facts).length, expectation.history);
  if ("not" in expectation) {
    const inner = evaluate(expectation.not, facts);
    return { holds: !inner.holds, count: inner.count };
  }
  const all = "all" in expectation;
  const parts = (all ? expectation.all : expectation.any).map((inner) => evaluate(inner, facts));
  const deciding = parts.find((part) => part.holds !== all);
  return { holds: deciding === undefined ? all : !all, count: deciding?.count ?? parts[0]?.count ?? 0 };
}

function withinBounds(count: number, { count: exactly, atLeast, atMost }: { readonly count?: number; readonly atLeast?: number; readonly atMost?: number }): Found {
  if (exactly !== undefined) return { holds: count === exactly, count };
  const least = atLeast ?? (atMost === undefined ? 1 : 0);
  return { holds: count >= least && count <= (atMost ?? Number.POSITIVE_INFINITY), count };
}

function countObjects(wanted: StateExpectation, facts: Facts): number {
  return facts.objects.filter((object) => {
    const { name, namespace } = (object["metadata"] ?? {}) as { readonly name?: string; readonly namespace?: string };
    if (object["kind"] !== wanted.kind || (wanted.name !== undefined && name !== wanted.name)) return false;
    if (wanted.namespace !== undefined && namespace !== wanted.namespace) return false;
    return Object.entries(wanted.where ?? {}).every(([path, value]) => same(valueAt(object, path), value));
  }).length;
}

/** Matching notes, oldest first, after the first match of what must come before. */
function matches(wanted: HistoryExpectation, facts: Facts): readonly PastFact[] {
  let later = 0; // Notes of one moment stand in the order in which they were made, so their place tells what came after.
  if (wanted.after !== undefined) {
    const before = matches(wanted.after, facts)[0];
    if (before === undefined) return [];
    later = facts.notes.indexOf(before) + 1;
  }
  return facts.notes.filter((note, place) => place >= later && note.kind === wanted.note && (wanted.about === undefined || note.object.includes(wanted.about)) &&
    Object.entries(wanted.where ?? {}).every(([path, value]) => same(valueAt(note.data, path), value)));
}

/** Values compare as written: 3 and "3" differ; a missing value equals null. */
function same(actual: unknown, wanted: unknown): boolean {
  if (wanted === null) return actual === undefined || actual === null;
  return typeof wanted === "object" ? JSON.stringify(actual) === JSON.stringify(wanted) : actual === wanted;
}

/** The value at "status.conditions[type=Ready].status" or "metadata.labels[app.kubernetes.io/name]". */
function valueAt(root: unknown, path: string): unknown {
  let value = root;
  for (const match of path.matchAll(/\[([^\]=]+)=([^\]]*)\]|\[([^\]]+)\]|([^.[\]]+)/g)) {
    const [, field, wanted, key, name] = match;
    if (field !== undefined) value = Array.isArray(value) ? value.find((item) => String((item as Record<string, unknown>)[field]) === wanted) : undefined;
    else value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key ?? name ?? ""] : undefined;
  }
  return value;
}
