/**
 * Records events through the API. The core API counts (`count`, `lastTimestamp`, aggregation, spam filter: client-go
 * tools/record); events.k8s.io keeps series (tools/events). Simplified: patches are JSON merge patches, where client-go
 * sends strategic ones; on Events the two mean the same.
 */
import type { Context, FailureReason, Message } from "../../../engine/bus/index.ts";
import type { ApiResponse } from "../api/index.ts";
import { type ApiCall, type ApiClient, callApi } from "../client/index.ts";
import { coreEvent, corePatch, eventName, eventNamespace, newStyleEvent, seriesPatch } from "./bodies.ts";
import { correlate, seriesKey } from "./correlate.ts";
import { type EventDraft, type KnownEvent, type RecorderState, remember } from "./recorder-state.ts";

/** What an event request carries to find its way back. */
interface EventTag {
  readonly eventKey: string;
  readonly tries: number;
  readonly call: ApiCall;
  readonly draft: EventDraft;
}

const TIMER_PREFIX = "events/";
const SERIES_TIMER = "events/series";
/** Unreachable server: 12 tries, 10 s apart (maxTriesPerEvent, defaultSleepDuration). */
const MOST_TRIES = 12;
const RETRY_MS = 10_000;
/** A series ends when nothing was added for six minutes (tools/events: finishTime). */
const SERIES_END_MS = 360_000;

/** Says something about an object: writes a new Event, or counts a known one up. */
export function recordEvent(state: RecorderState, context: Context, client: ApiClient, draft: EventDraft): void {
  if (state.api === "core") recordCore(state, context, client, draft);
  else recordSeries(state, context, client, draft);
}

function recordCore(state: RecorderState, context: Context, client: ApiClient, draft: EventDraft): void {
  const correlated = correlate(state, draft, context.now);
  if (correlated === undefined) return;
  const { key, message } = correlated;
  const known = state.known.get(key);
  if (known === undefined) {
    const fresh = freshEvent(state, draft, context.now);
    remember(state.known, key, fresh);
    send(context, client, key, draft, createCall("", fresh.namespace, coreEvent(state, draft, message, fresh)));
    return;
  }
  known.count++;
  known.lastAtMs = context.now;
  remember(state.known, key, known);
  send(context, client, key, draft, patchCall("", known, corePatch(message, known)));
}

function recordSeries(state: RecorderState, context: Context, client: ApiClient, draft: EventDraft): void {
  const key = seriesKey(draft);
  const known = state.known.get(key);
  if (known === undefined || context.now - known.lastAtMs > SERIES_END_MS) {
    const fresh = freshEvent(state, draft, context.now);
    remember(state.known, key, fresh);
    send(context, client, key, draft, createCall("events.k8s.io", fresh.namespace, newStyleEvent(state, draft, fresh)));
    return;
  }
  known.count++;
  known.lastAtMs = context.now;
  if (known.inSeries) return;
  known.inSeries = true;
  known.toldCount = known.count;
  send(context, client, key, draft, patchCall("events.k8s.io", known, seriesPatch(known)));
  if (!context.hasTimer(SERIES_TIMER)) context.setTimer(SERIES_TIMER, SERIES_END_MS);
}

function freshEvent(state: RecorderState, draft: EventDraft, nowMs: number): KnownEvent {
  const name = eventName(state, draft, nowMs);
  return { namespace: eventNamespace(draft), name, firstAtMs: nowMs, lastAtMs: nowMs, count: 1, inSeries: false, toldCount: 1 };
}

function createCall(group: string, namespace: string, body: object): ApiCall {
  return { verb: "create", group, version: "v1", resource: "events", namespace, body };
}

function patchCall(group: string, known: KnownEvent, body: object): ApiCall {
  return {
    verb: "patch", group, version: "v1", resource: "events", namespace: known.namespace, name: known.name, body,
    options: { patchType: "application/merge-patch+json" },
  };
}

function send(context: Context, client: ApiClient, eventKey: string, draft: EventDraft, call: ApiCall, tries = 1): void {
  const tag: EventTag = { eventKey, tries, call, draft };
  callApi(context, client, call, tag);
}

function tagOf(tag: unknown): EventTag | undefined {
  return typeof tag === "object" && tag !== null && "eventKey" in tag ? (tag as EventTag) : undefined;
}

/** Hands an answer over; true if it was about an event. An Event that is gone is written anew, other refusals are dropped. */
export function eventReply(state: RecorderState, context: Context, client: ApiClient, body: Message, tag: unknown): boolean {
  const own = tagOf(tag);
  if (own === undefined) return false;
  const { code } = body as ApiResponse;
  if (code === 404 && own.call.verb === "patch") {
    state.known.delete(own.eventKey);
    recordEvent(state, context, client, own.draft);
  }
  return true;
}

/** Hands a failed request over; true if it was about an event. It is tried again later. */
export function eventFailure(_state: RecorderState, context: Context, _reason: FailureReason, tag: unknown): boolean {
  const own = tagOf(tag);
  if (own === undefined) return false;
  if (own.tries < MOST_TRIES) context.setTimer(`${TIMER_PREFIX}retry/${own.call.name ?? ""}/${own.eventKey}`, RETRY_MS, own);
  return true;
}

/** Hands a timer over; true if it was the recorder's. */
export function eventTimer(state: RecorderState, context: Context, client: ApiClient, name: string, body: unknown): boolean {
  if (!name.startsWith(TIMER_PREFIX)) return false;
  const own = tagOf(body);
  if (own !== undefined) send(context, client, own.eventKey, own.draft, own.call, own.tries + 1);
  else if (name === SERIES_TIMER) finishSeries(state, context, client);
  return true;
}

/** Tells the server the final counts of series that ended, and looks again while any is still open. */
function finishSeries(state: RecorderState, context: Context, client: ApiClient): void {
  let open = false;
  for (const [key, known] of state.known) {
    if (!known.inSeries) continue;
    if (context.now - known.lastAtMs < SERIES_END_MS) {
      open = true;
      continue;
    }
    state.known.delete(key);
    if (known.count !== known.toldCount) callApi(context, client, patchCall("events.k8s.io", known, seriesPatch(known)), { eventKey: key, tries: MOST_TRIES, call: { verb: "get", group: "", version: "v1", resource: "events" }, draft: undefined });
  }
  if (open) context.setTimer(SERIES_TIMER, SERIES_END_MS);
}
