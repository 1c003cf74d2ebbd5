/**
 * What a pod asks for, as numbers.
 * Source: k8s.io/component-helpers resource/helpers.go (PodRequests), pkg/scheduler/util/pod_resources.go (defaults).
 */
import { byteValue, milliValue } from "../../../../base/quantity/index.ts";
import type { Container, Pod, PodSpec } from "../../api/index.ts";

/** Resource amounts: CPU in thousandths, memory and ephemeral storage in bytes, the rest in their own units. */
export interface Amounts {
  cpuMillis: number;
  memoryBytes: number;
  ephemeralBytes: number;
  readonly scalars: Map<string, number>;
}

/** A container without a CPU request is scored as if it asked for this (DefaultMilliCPURequest). */
export const DEFAULT_CPU_MILLIS = 100;
/** The same for memory: 200 MB (DefaultMemoryRequest). */
export const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

type ResourceList = Readonly<Record<string, string | number>>;

/** Nothing. */
export function noAmounts(): Amounts {
  return { cpuMillis: 0, memoryBytes: 0, ephemeralBytes: 0, scalars: new Map() };
}

/** Adds a resource list to amounts. "pods" is counted elsewhere. */
export function addResourceList(amounts: Amounts, list: ResourceList | undefined): void {
  if (list === undefined) return;
  for (const name of Object.keys(list)) {
    const quantity = list[name];
    if (name === "cpu") amounts.cpuMillis += milliValue(quantity);
    else if (name === "memory") amounts.memoryBytes += byteValue(quantity);
    else if (name === "ephemeral-storage") amounts.ephemeralBytes += byteValue(quantity);
    else if (name !== "pods") amounts.scalars.set(name, (amounts.scalars.get(name) ?? 0) + byteValue(quantity));
  }
}

/** `target += factor × other`. */
export function addAmounts(target: Amounts, other: Amounts, factor: number): void {
  target.cpuMillis += factor * other.cpuMillis;
  target.memoryBytes += factor * other.memoryBytes;
  target.ephemeralBytes += factor * other.ephemeralBytes;
  for (const [name, amount] of other.scalars) target.scalars.set(name, (target.scalars.get(name) ?? 0) + factor * amount);
}

function raiseTo(target: Amounts, other: Amounts): void {
  target.cpuMillis = Math.max(target.cpuMillis, other.cpuMillis);
  target.memoryBytes = Math.max(target.memoryBytes, other.memoryBytes);
  target.ephemeralBytes = Math.max(target.ephemeralBytes, other.ephemeralBytes);
  for (const [name, amount] of other.scalars) target.scalars.set(name, Math.max(target.scalars.get(name) ?? 0, amount));
}

function containerAmounts(container: Container, withDefaults: boolean): Amounts {
  const amounts = noAmounts();
  const requests = container.resources?.requests;
  addResourceList(amounts, requests);
  if (withDefaults && requests?.["cpu"] === undefined) amounts.cpuMillis = DEFAULT_CPU_MILLIS;
  if (withDefaults && requests?.["memory"] === undefined) amounts.memoryBytes = DEFAULT_MEMORY_BYTES;
  return amounts;
}

/** Ordinary init containers run one after another beside the sidecars started before them; the pod needs the largest moment. */
function raiseForInitContainers(total: Amounts, spec: PodSpec, withDefaults: boolean): void {
  const sidecars = noAmounts();
  const peak = noAmounts();
  for (const container of spec.initContainers ?? []) {
    const amounts = containerAmounts(container, withDefaults);
    if (container.restartPolicy === "Always") {
      addAmounts(total, amounts, 1);
      addAmounts(sidecars, amounts, 1);
      raiseTo(peak, sidecars);
    } else {
      addAmounts(amounts, sidecars, 1);
      raiseTo(peak, amounts);
    }
  }
  raiseTo(total, peak);
}

function overrideByPodLevel(total: Amounts, list: ResourceList | undefined): void {
  if (list === undefined) return;
  const own = noAmounts();
  addResourceList(own, list);
  if (list["cpu"] !== undefined) total.cpuMillis = own.cpuMillis;
  if (list["memory"] !== undefined) total.memoryBytes = own.memoryBytes;
}

/**
 * What a pod requests in all, with its overhead. `withDefaults` counts containers that request no CPU or memory with
 * the scoring defaults.
 */
export function podRequests(pod: Pod, withDefaults: boolean): Amounts {
  const total = noAmounts();
  const spec = pod.spec;
  if (spec === undefined) return total;
  for (const container of spec.containers) addAmounts(total, containerAmounts(container, withDefaults), 1);
  if (spec.initContainers !== undefined) raiseForInitContainers(total, spec, withDefaults);
  overrideByPodLevel(total, spec.resources?.requests);
  addResourceList(total, spec.overhead);
  return total;
}
