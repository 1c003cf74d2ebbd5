/** The objects and patches that are sent. */
import { rfc3339, rfc3339Micro } from "../../../base/time/index.ts";
import type { EventDraft, KnownEvent, RecorderState } from "./recorder-state.ts";

/** Longest note or message (scheduler: util.TruncateMessage; events validation NoteLengthLimit). */
const LONGEST_NOTE = 1024;

function truncate(text: string): string {
  return text.length <= LONGEST_NOTE ? text : `${text.slice(0, LONGEST_NOTE - 4)} ...`;
}

/** "web-1.18a5f0c2d3e4f000": the object's name and the time in nanoseconds, hexadecimal; the serial stands in for the nanoseconds. */
export function eventName(state: RecorderState, draft: EventDraft, nowMs: number): string {
  state.serial = (state.serial + 1) % 1_000_000;
  const nanos = BigInt(Math.floor(nowMs)) * 1_000_000n + BigInt(state.serial);
  return `${draft.regarding.name ?? ""}.${nanos.toString(16)}`;
}

/** The namespace events about an object live in. */
export function eventNamespace(draft: EventDraft): string {
  const namespace = draft.regarding.namespace;
  return namespace === undefined || namespace === "" ? "default" : namespace;
}

/** A core/v1 Event. */
export function coreEvent(state: RecorderState, draft: EventDraft, message: string, known: KnownEvent): object {
  return {
    apiVersion: "v1", kind: "Event",
    metadata: { name: known.name, namespace: known.namespace },
    involvedObject: draft.regarding,
    reason: draft.reason, message: truncate(message),
    source: { component: state.component, ...(state.host === "" ? {} : { host: state.host }) },
    firstTimestamp: rfc3339(known.firstAtMs), lastTimestamp: rfc3339(known.lastAtMs),
    count: known.count, type: draft.type, eventTime: null,
    reportingComponent: state.component, reportingInstance: state.host,
    ...(draft.related === undefined ? {} : { related: draft.related }),
    ...(draft.action === undefined ? {} : { action: draft.action }),
  };
}

/** The merge patch that counts a core/v1 Event up. */
export function corePatch(message: string, known: KnownEvent): object {
  return { count: known.count, message: truncate(message), lastTimestamp: rfc3339(known.lastAtMs) };
}

/** An events.k8s.io/v1 Event. */
export function newStyleEvent(state: RecorderState, draft: EventDraft, known: KnownEvent): object {
  return {
    apiVersion: "events.k8s.io/v1", kind: "Event",
    metadata: { name: known.name, namespace: known.namespace },
    eventTime: rfc3339Micro(known.firstAtMs),
    reportingController: state.component, reportingInstance: `${state.component}-${state.host}`,
    action: draft.action ?? draft.reason, reason: draft.reason, type: draft.type,
    regarding: draft.regarding, note: truncate(draft.message),
    ...(draft.related === undefined ? {} : { related: draft.related }),
  };
}

/** The merge patch that makes an events.k8s.io/v1 Event a series, or counts it up. */
export function seriesPatch(known: KnownEvent): object {
  return { series: { count: known.count, lastObservedTime: rfc3339Micro(known.lastAtMs) } };
}
