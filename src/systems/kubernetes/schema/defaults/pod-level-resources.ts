/**
 * Pod-level requests and limits that follow from the containers'.
 * Source: pkg/apis/core/v1/defaults.go (defaultHugePagePodLimits, defaultPodRequests; gate PodLevelResources, on since 1.34)
 * and component-helpers/resource/helpers.go (aggregation with sidecars).
 */
import type { Container, PodSpec, ResourceRequirements } from "../../api/index.ts";
import { largest, summed, type ResourceList } from "./quantities.ts";

const HUGE_PAGES = "hugepages-";
const none: ResourceList = {};

function isHugePages(name: string): boolean {
  return name.startsWith(HUGE_PAGES);
}

function isSupported(name: string): boolean {
  return name === "cpu" || name === "memory" || isHugePages(name);
}

function isEmpty(list: ResourceList | undefined): boolean {
  if (list === undefined) return true;
  for (const _ in list) return false;
  return true;
}

/** What all containers need together: the sum, or what an init container needs beside the sidecars before it, if that is more. */
function aggregated(spec: PodSpec, of: (container: Container) => ResourceList | undefined): ResourceList {
  let total = none;
  for (const container of spec.containers) total = summed(total, of(container) ?? none);
  let sidecars = none;
  let initial = none;
  for (const container of spec.initContainers ?? []) {
    const own = of(container) ?? none;
    const alongside = summed(own, sidecars);
    if (container.restartPolicy === "Always") {
      total = summed(total, own);
      sidecars = alongside;
    }
    initial = largest(initial, alongside);
  }
  return largest(total, initial);
}

function picked(from: ResourceList, into: ResourceList | undefined, wanted: (name: string) => boolean): ResourceList {
  const out: Record<string, string | number> = { ...into };
  for (const [name, value] of Object.entries(from)) if (!Object.hasOwn(out, name) && wanted(name)) out[name] = value;
  return out;
}

function withLimits(spec: PodSpec, own: ResourceRequirements): ResourceRequirements {
  const limits = picked(aggregated(spec, (container) => container.resources?.limits), own.limits,
    (name) => isHugePages(name) && !Object.hasOwn(own.requests ?? {}, name));
  return isEmpty(limits) || Object.keys(limits).length === Object.keys(own.limits ?? {}).length ? own : { ...own, limits };
}

function withRequests(spec: PodSpec, own: ResourceRequirements): ResourceRequirements {
  if (isEmpty(own.limits)) return own;
  const fromContainers = picked(aggregated(spec, (container) => container.resources?.requests), own.requests,
    (name) => isSupported(name) && !isHugePages(name));
  const requests = picked(own.limits ?? none, fromContainers, isSupported);
  return Object.keys(requests).length === Object.keys(own.requests ?? {}).length ? own : { ...own, requests };
}

/** The spec with pod-level requests and limits completed, when it says anything at pod level. */
export function podLevelResources(spec: PodSpec): PodSpec {
  const own = spec.resources;
  if (own === undefined || (isEmpty(own.limits) && isEmpty(own.requests))) return spec;
  const completed = withRequests(spec, withLimits(spec, own));
  return completed === own ? spec : { ...spec, resources: completed };
}
