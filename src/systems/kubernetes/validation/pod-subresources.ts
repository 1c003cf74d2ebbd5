/** Changes of pods through subresources: status, ephemeralcontainers, resize. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go. */
import { bitsOf, parseIp } from "../../../base/ip/index.ts";
import { compareQuantityTexts } from "../../../base/quantity/index.ts";
import { dns1123SubdomainErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import type { Container, ContainerStatus, Pod, PodStatus } from "../api/index.ts";
import { validateLegacyIp } from "./addresses.ts";
import { duplicate, forbidden, invalid, type FieldErrors } from "./field-errors.ts";
import { METADATA, rootPath, SPEC, STATUS, type FieldPath } from "./field-path.ts";
import { complain, immutable, isEmpty } from "./field-rules.ts";
import { validateObjectMetaUpdate } from "./object-meta.ts";
import { isMirrorPod, validatePodAnnotationUpdates } from "./pod-annotations.ts";
import { validatePodMetaAndSpec } from "./pod.ts";
import type { ResourceList } from "./resources.ts";
import { semanticEqual } from "./semantic-equal.ts";

const SYSTEM_CONDITIONS: ReadonlySet<string> = new Set(["PodScheduled", "Ready", "Initialized"]);
const NO_STATUS: PodStatus = {};

function validateTransitions(
  next: readonly ContainerStatus[] | undefined, previous: readonly ContainerStatus[] | undefined, mayRestart: (status: ContainerStatus) => boolean,
  path: FieldPath, errors: FieldErrors,
): void {
  previous?.forEach((status, index) => {
    if (status.state?.terminated === undefined || mayRestart(status)) return;
    const now = next?.find(({ name }) => name === status.name);
    if (now === undefined || now.state?.terminated !== undefined) return;
    forbidden(errors, path.index(index).child("state"), "may not be transitioned to non-terminated state");
  });
}

function restartsContainer(container: Container | undefined, status: ContainerStatus): boolean {
  if (container?.restartPolicyRules !== undefined || container?.restartPolicy === "Always") return true;
  return container?.restartPolicy === "OnFailure" && status.state?.terminated?.exitCode !== 0;
}

function validateAllTransitions(next: PodStatus, pod: Pod, errors: FieldErrors): void {
  const policy = pod.spec?.restartPolicy;
  const before = pod.status ?? NO_STATUS;
  const containers = [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])];
  const mayRestart = (status: ContainerStatus): boolean =>
    policy === "Always" || (policy === "OnFailure" && status.state?.terminated?.exitCode !== 0) ||
    restartsContainer(containers.find(({ name }) => name === status.name), status);
  validateTransitions(next.containerStatuses, before.containerStatuses, mayRestart, STATUS.child("containerStatuses"), errors);
  validateTransitions(next.initContainerStatuses, before.initContainerStatuses, mayRestart, STATUS.child("initContainerStatuses"), errors);
  const ephemeral = STATUS.child("ephemeralContainerStatuses");
  validateTransitions(next.ephemeralContainerStatuses, before.ephemeralContainerStatuses, () => false, ephemeral, errors);
}

function validateIpList(ips: readonly { readonly ip: string }[] | undefined, path: FieldPath, errors: FieldErrors): void {
  if (ips === undefined) return;
  ips.forEach(({ ip }, index) => validateLegacyIp(ip ?? "", path.index(index), errors));
  if (ips.length < 2) return;
  const families = new Set(ips.map(({ ip }) => bitsOf(parseIp(ip)?.family ?? 4)));
  if (families.size < 2 || ips.length > 2) invalid(errors, path, ips, "may specify no more than one IP for each IP family");
  const seen = new Set<string>();
  ips.forEach((entry, index) => {
    if (seen.has(entry.ip)) duplicate(errors, path.index(index), entry);
    seen.add(entry.ip);
  });
}

/** A pod whose status is replaced. */
export function validatePodStatusUpdate(next: Pod, previous: Pod, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePodAnnotationUpdates(next.metadata, previous.metadata, METADATA.child("annotations"), errors);
  const status = next.status ?? NO_STATUS;
  const before = previous.status ?? NO_STATUS;
  status.conditions?.forEach(({ type }, index) => {
    if (!SYSTEM_CONDITIONS.has(type)) complain(errors, METADATA.child("conditions").index(index), "Type", type ?? "", qualifiedNameErrors(type ?? ""));
  });
  if ((next.spec?.nodeName ?? "") !== (previous.spec?.nodeName ?? "")) forbidden(errors, STATUS.child("nodeName"), "may not be changed directly");
  const nominated = status.nominatedNodeName ?? "";
  if (nominated !== "" && nominated !== before.nominatedNodeName) complain(errors, STATUS, "nominatedNodeName", nominated, dns1123SubdomainErrors(nominated));
  if (status.qosClass !== before.qosClass && !isEmpty(before.qosClass)) immutable(errors, STATUS.child("qosClass"), status.qosClass ?? "", before.qosClass);
  validateAllTransitions(status, previous, errors);
  validateIpList(status.podIPs, STATUS.child("podIPs"), errors);
  const first = status.hostIPs?.[0];
  if (first !== undefined && status.hostIP !== first.ip) invalid(errors, STATUS.child("hostIPs").index(0).child("ip"), first.ip, "must be equal to `hostIP`");
  validateIpList(status.hostIPs, STATUS.child("hostIPs"), errors);
}

/** A pod to which ephemeral containers are added: those that are there may not change or go. */
export function validateEphemeralContainersUpdate(next: Pod, previous: Pod, errors: FieldErrors): void {
  if (isMirrorPod(previous.metadata)) {
    forbidden(errors, rootPath(""), "static pods do not support ephemeral containers");
    return;
  }
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePodMetaAndSpec(next, errors);
  const path = SPEC.child("ephemeralContainers");
  const after = next.spec?.ephemeralContainers ?? [];
  for (const old of previous.spec?.ephemeralContainers ?? []) {
    const index = after.findIndex(({ name }) => name === old.name);
    if (index < 0) forbidden(errors, path, `existing ephemeral containers "${old.name}" may not be removed\n`);
    else if (!semanticEqual(after[index], old)) {
      forbidden(errors, path, `existing ephemeral containers "${old.name}" may not be changed\n`);
    }
  }
}

function lost(next: ResourceList, previous: ResourceList): boolean {
  for (const name in previous) if (next?.[name] === undefined) return true;
  return false;
}

function validateContainerResize(next: Container, previous: Container, path: FieldPath, errors: FieldErrors): void {
  if (lost(next.resources?.requests, previous.resources?.requests)) forbidden(errors, path.child("requests"), "resource requests cannot be removed");
  if (lost(next.resources?.limits, previous.resources?.limits)) forbidden(errors, path.child("limits"), "resource limits cannot be removed");
}

function exceptCpuAndMemory(container: Container): unknown {
  const keep = (list: ResourceList): ResourceList => {
    if (list === undefined) return undefined;
    return Object.fromEntries(Object.entries(list).filter(([name]) => name !== "cpu" && name !== "memory"));
  };
  const { resources, ...rest } = container;
  return { ...rest, resources: { limits: keep(resources?.limits), requests: keep(resources?.requests) } };
}

type QosClass = "Guaranteed" | "Burstable" | "BestEffort";

/** The quality-of-service class the resources earn. Source: pkg/apis/core/helper/qos/qos.go. */
function qosClass(pod: Pod): QosClass {
  let any = false;
  let guaranteed = true;
  for (const { resources } of [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])]) {
    for (const name of ["cpu", "memory"]) {
      const request = resources?.requests?.[name] ?? "0";
      const limit = resources?.limits?.[name] ?? "0";
      if (compareQuantityTexts(request, 0) > 0 || compareQuantityTexts(limit, 0) > 0) any = true;
      if (compareQuantityTexts(limit, 0) <= 0 || compareQuantityTexts(request, limit) !== 0) guaranteed = false;
    }
  }
  if (!any) return "BestEffort";
  return guaranteed ? "Guaranteed" : "Burstable";
}

function validateResizable(next: readonly Container[], previous: readonly Container[], list: string, errors: FieldErrors): void {
  previous.forEach((old, index) => {
    const container = next[index];
    if (container === undefined) return;
    const sidecar = old.restartPolicy === "Always";
    if (list === "initContainers" && !sidecar) {
      if (!semanticEqual(container, old)) forbidden(errors, SPEC, "resources for non-sidecar init containers are immutable");
      return;
    }
    validateContainerResize(container, old, SPEC.child(list).index(index).child("resources"), errors);
    if (semanticEqual(exceptCpuAndMemory(container), exceptCpuAndMemory(old))) return;
    forbidden(errors, SPEC, list === "containers" ? "only cpu and memory resources are mutable" : "only cpu and memory resources for sidecar containers are mutable");
  });
}

/** A pod whose containers' CPU and memory change in place. */
export function validatePodResize(next: Pod, previous: Pod, errors: FieldErrors): void {
  if (isMirrorPod(previous.metadata)) {
    forbidden(errors, rootPath(""), "static pods cannot be resized");
    return;
  }
  if (previous.spec?.os?.name === "windows") {
    forbidden(errors, rootPath(""), "windows pods cannot be resized");
    return;
  }
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validatePodMetaAndSpec(next, errors);
  if (qosClass(previous) !== qosClass(next)) {
    invalid(errors, SPEC, next.status?.qosClass ?? "", "Pod QOS Class may not change as a result of resizing");
  }
  validateResizable(next.spec?.initContainers ?? [], previous.spec?.initContainers ?? [], "initContainers", errors);
  validateResizable(next.spec?.containers ?? [], previous.spec?.containers ?? [], "containers", errors);
  if (errors.length > 0) return;
  const rest = (pod: Pod): unknown => ({ ...pod.spec, containers: undefined, initContainers: undefined });
  if (!semanticEqual(rest(next), rest(previous))) forbidden(errors, SPEC, "only cpu and memory resources are mutable");
}
