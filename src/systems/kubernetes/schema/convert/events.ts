/** core/v1 Event ↔ events.k8s.io/v1 Event. Source: pkg/apis/events/v1/conversion.go. */
import type { EventsV1Event, KubeObject } from "../../api/index.ts";
import type { Event } from "../../api/index.ts";

/** core/v1 field → events.k8s.io/v1 field, where the names differ. */
const renamed: readonly (readonly [core: string, events: string])[] = [
  ["involvedObject", "regarding"], ["message", "note"], ["source", "deprecatedSource"], ["firstTimestamp", "deprecatedFirstTimestamp"],
  ["lastTimestamp", "deprecatedLastTimestamp"], ["count", "deprecatedCount"], ["reportingComponent", "reportingController"],
];
const toEvents = new Map(renamed);
const toCore = new Map(renamed.map(([core, events]) => [events, core]));

function withNames(object: KubeObject, names: ReadonlyMap<string, string>, apiVersion: string): KubeObject {
  const out: Record<string, unknown> = { apiVersion };
  for (const [key, value] of Object.entries(object)) if (key !== "apiVersion") out[names.get(key) ?? key] = value;
  return out;
}

/** The event as events.k8s.io/v1 serves it. */
export function eventToEventsV1(event: Event): EventsV1Event {
  return withNames(event, toEvents, "events.k8s.io/v1") as EventsV1Event;
}

/** The event as it is stored, core/v1. `involvedObject` and `source` are structs in Go and so always there. */
export function eventToCore(event: EventsV1Event): Event {
  const out = withNames(event, toCore, "v1") as Event;
  return out.involvedObject === undefined ? { ...out, involvedObject: {} } : out;
}
