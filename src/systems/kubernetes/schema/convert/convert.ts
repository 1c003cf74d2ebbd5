/** Conversion between the served versions of a kind. */
import type { KubeObject } from "../../api/index.ts";
import { autoscalerToV1, autoscalerToV2 } from "./autoscaler.ts";
import { eventToCore, eventToEventsV1 } from "./events.ts";

type Converter = (object: KubeObject) => KubeObject;

/** `kind/from/to` → converter. The kinds with two stable versions in release 1.36 (api-resources.json). */
const converters: ReadonlyMap<string, Converter> = new Map<string, Converter>([
  ["HorizontalPodAutoscaler:autoscaling/v1:autoscaling/v2", (object) => autoscalerToV2(object as Parameters<typeof autoscalerToV2>[0])],
  ["HorizontalPodAutoscaler:autoscaling/v2:autoscaling/v1", (object) => autoscalerToV1(object as Parameters<typeof autoscalerToV1>[0])],
  ["Event:v1:events.k8s.io/v1", (object) => eventToEventsV1(object as Parameters<typeof eventToEventsV1>[0])],
  ["Event:events.k8s.io/v1:v1", (object) => eventToCore(object as Parameters<typeof eventToCore>[0])],
]);

/**
 * The object in another version of its kind; the same object when it has that version already.
 * Kinds without a converter only change their apiVersion, which is what the strategy "None" of custom resources means.
 */
export function convert(object: KubeObject, toApiVersion: string): KubeObject {
  const from = object.apiVersion ?? "";
  if (from === toApiVersion) return object;
  const converter = converters.get(`${object.kind ?? ""}:${from}:${toApiVersion}`);
  return converter === undefined ? { ...object, apiVersion: toApiVersion } : converter(object);
}
