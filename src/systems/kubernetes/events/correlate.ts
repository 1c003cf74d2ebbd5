/**
 * The correlator of the core event API: which events are dropped, which are folded together.
 * Source of rules and numbers: client-go tools/record/events_cache.go.
 */
import { type EventDraft, type RecorderState, remember } from "./recorder-state.ts";

/** More similar events than this within the interval are folded into one (defaultAggregateMaxEvents, defaultAggregateIntervalInSeconds). */
const MOST_SIMILAR = 10;
const SIMILAR_INTERVAL_MS = 600_000;
/** The spam filter's bucket for one object: 25 at once, then one in five minutes (defaultSpamBurst, defaultSpamQPS). */
const SPAM_BURST = 25;
const SPAM_PER_MS = 1 / 300_000;
const COMBINED = "(combined from similar events): ";

/** The key under which an event is counted, and the message it is written with. */
export interface Correlated {
  readonly key: string;
  readonly message: string;
}

function objectKeyOf(draft: EventDraft): string {
  const { kind, namespace, name, uid, fieldPath, apiVersion } = draft.regarding;
  return `${kind ?? ""}|${namespace ?? ""}|${name ?? ""}|${fieldPath ?? ""}|${uid ?? ""}|${apiVersion ?? ""}`;
}

/** What becomes of an event: undefined = the object has said too much lately. */
export function correlate(state: RecorderState, draft: EventDraft, nowMs: number): Correlated | undefined {
  const object = objectKeyOf(draft);
  const group = `${object}|${draft.type}|${draft.reason}|${draft.action ?? ""}`;
  const combined = isOneOfMany(state, group, draft.message, nowMs);
  if (!takeToken(state, object, nowMs)) return undefined;
  if (combined) return { key: group, message: COMBINED + draft.message };
  return { key: `${group}|${draft.message}`, message: draft.message };
}

function isOneOfMany(state: RecorderState, group: string, message: string, nowMs: number): boolean {
  const found = state.similar.get(group);
  const fresh = found !== undefined && nowMs - found.lastAtMs <= SIMILAR_INTERVAL_MS ? found : { lastAtMs: nowMs, messages: new Set<string>() };
  fresh.messages.add(message);
  fresh.lastAtMs = nowMs;
  remember(state.similar, group, fresh);
  if (fresh.messages.size < MOST_SIMILAR) return false;
  for (const oldest of fresh.messages) {
    fresh.messages.delete(oldest);
    break;
  }
  return true;
}

function takeToken(state: RecorderState, object: string, nowMs: number): boolean {
  const bucket = state.spam.get(object) ?? { tokens: SPAM_BURST, atMs: nowMs };
  bucket.tokens = Math.min(SPAM_BURST, bucket.tokens + (nowMs - bucket.atMs) * SPAM_PER_MS);
  bucket.atMs = nowMs;
  remember(state.spam, object, bucket);
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

/** The key of a series of the events.k8s.io API: the note is not part of it (client-go tools/events/event_broadcaster.go, getKey). */
export function seriesKey(draft: EventDraft): string {
  const related = draft.related;
  const other = related === undefined ? "" : `${related.kind ?? ""}/${related.namespace ?? ""}/${related.name ?? ""}/${related.uid ?? ""}`;
  return `${objectKeyOf(draft)}|${draft.type}|${draft.reason}|${draft.action ?? ""}|${other}`;
}
