/** Containers of pods: regular, init and ephemeral. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validateContainers. */
import { dns1123LabelErrors } from "../../../base/names/index.ts";
import type { Container, ContainerResizePolicy, ContainerRestartRule, EphemeralContainer, PodSpec } from "../api/index.ts";
import { validateEnv, validateEnvFrom } from "./env.ts";
import { duplicate, forbidden, invalid, notFound, notSupported, required, tooMany, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { isEmpty, requiredName, requiredOneOf } from "./field-rules.ts";
import { validateContainerPorts, validateHostPortConflicts } from "./ports.ts";
import { forbidHooksAndProbes, validateHooksAndProbes } from "./probes.ts";
import { validateContainerResources } from "./resources.ts";
import { validateSecurityContext } from "./security-context.ts";
import { validateVolumeDevices, validateVolumeMounts, type VolumesByName } from "./volume-mounts.ts";

/** What the containers of one pod need to know about it. */
export interface PodContext {
  readonly spec: PodSpec;
  readonly volumes: VolumesByName;
  readonly volumeNames: ReadonlySet<string>;
  readonly claimNames: ReadonlySet<string>;
}

const PULL_POLICIES: readonly string[] = ["Always", "IfNotPresent", "Never"];
const MESSAGE_POLICIES: readonly string[] = ["File", "FallbackToLogsOnError"];
const RESIZE_POLICIES: readonly string[] = ["NotRequired", "RestartContainer"];
const RESTART_POLICIES: readonly string[] = ["Always", "OnFailure", "Never"];
const MAX_RESTART_RULES = 20;

function validateResizePolicy(policies: readonly ContainerResizePolicy[], spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const resources = new Set<string>();
  policies.forEach((policy, index) => {
    const { resourceName, restartPolicy } = policy;
    if (resources.has(resourceName)) duplicate(errors, path.index(index), resourceName);
    resources.add(resourceName);
    if (isEmpty(resourceName)) required(errors, path);
    else if (resourceName !== "cpu" && resourceName !== "memory") notSupported(errors, path, resourceName, ["cpu", "memory"]);
    if (isEmpty(restartPolicy)) required(errors, path);
    else if (!RESIZE_POLICIES.includes(restartPolicy)) notSupported(errors, path, restartPolicy, RESIZE_POLICIES);
    if (spec.restartPolicy === "Never" && restartPolicy !== "NotRequired") {
      invalid(errors, path, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'");
    }
  });
}

function validateCommon(container: Container, pod: PodContext, path: FieldPath, errors: FieldErrors): void {
  requiredName(errors, path, "name", container.name, dns1123LabelErrors);
  if (isEmpty(container.image)) required(errors, path.child("image"));
  requiredOneOf(errors, path, "terminationMessagePolicy", container.terminationMessagePolicy, MESSAGE_POLICIES);
  if (container.ports !== undefined) validateContainerPorts(container.ports, path.child("ports"), errors);
  if (container.env !== undefined) validateEnv(container.env, pod.volumeNames, path.child("env"), errors);
  if (container.envFrom !== undefined) validateEnvFrom(container.envFrom, path.child("envFrom"), errors);
  if (container.volumeMounts !== undefined) validateVolumeMounts(container, pod.volumes, path.child("volumeMounts"), errors);
  if (container.volumeDevices !== undefined) validateVolumeDevices(container, pod.volumes, path.child("volumeDevices"), errors);
  requiredOneOf(errors, path, "imagePullPolicy", container.imagePullPolicy, PULL_POLICIES);
  if (container.resources !== undefined) validateContainerResources(container.resources, pod.claimNames, path.child("resources"), errors);
  if (container.resizePolicy !== undefined) validateResizePolicy(container.resizePolicy, pod.spec, path.child("resizePolicy"), errors);
  if (container.securityContext !== undefined) {
    validateSecurityContext(container.securityContext, pod.spec.hostUsers !== false, path.child("securityContext"), errors);
  }
}

function validateRestartRule(rule: ContainerRestartRule, path: FieldPath, errors: FieldErrors): void {
  if (rule.action !== "Restart" && rule.action !== "RestartAllContainers") notSupported(errors, path.child("action"), rule.action ?? "", ["Restart", "RestartAllContainers"]);
  if (rule.exitCodes === undefined) {
    required(errors, path.child("exitCodes"), "must be specified");
    return;
  }
  const { operator } = rule.exitCodes;
  if (operator !== "In" && operator !== "NotIn") notSupported(errors, path.child("exitCodes").child("operator"), operator ?? "", ["In", "NotIn"]);
}

function validateRestartRules(container: Container, path: FieldPath, errors: FieldErrors): void {
  const rules = container.restartPolicyRules ?? [];
  if (rules.length === 0) return;
  if (container.restartPolicy === undefined) required(errors, path.child("restartPolicy"), "must specify restartPolicy when restart rules are used");
  if (rules.length > MAX_RESTART_RULES) tooMany(errors, path.child("restartPolicyRules"), rules.length, MAX_RESTART_RULES);
  rules.forEach((rule, index) => validateRestartRule(rule, path.child("restartPolicyRules").index(index), errors));
}

/** Containers may restart on terms of their own (ContainerRestartRules, on since 1.35). */
function validateRestartPolicy(container: Container, path: FieldPath, errors: FieldErrors): void {
  const policy = container.restartPolicy;
  if (policy !== undefined && !RESTART_POLICIES.includes(policy)) notSupported(errors, path.child("restartPolicy"), policy, RESTART_POLICIES);
  validateRestartRules(container, path, errors);
}

/** The regular containers: at least one, names unique. */
export function validateContainers(pod: PodContext, path: FieldPath, errors: FieldErrors): void {
  const containers = pod.spec.containers ?? [];
  if (containers.length === 0) {
    required(errors, path);
    return;
  }
  const names = new Set<string>();
  containers.forEach((container, index) => {
    const at = path.index(index);
    validateCommon(container, pod, at, errors);
    if (names.has(container.name)) duplicate(errors, at.child("name"), container.name);
    else names.add(container.name);
    validateHooksAndProbes(container, pod.spec.terminationGracePeriodSeconds, at, errors);
    validateRestartPolicy(container, at, errors);
  });
  validateHostPortConflicts(containers, path, errors);
}

/** The init containers: names unique among them and the regular ones; only restartable ones have hooks and probes. */
export function validateInitContainers(pod: PodContext, path: FieldPath, errors: FieldErrors): void {
  const containers = pod.spec.initContainers;
  if (containers === undefined || containers.length === 0) return;
  const names = new Set((pod.spec.containers ?? []).map(({ name }) => name));
  containers.forEach((container, index) => {
    const at = path.index(index);
    validateCommon(container, pod, at, errors);
    validateRestartPolicy(container, at, errors);
    if (names.has(container.name)) duplicate(errors, at.child("name"), container.name);
    else if (!isEmpty(container.name)) names.add(container.name);
    validateHostPortConflicts([container], path, errors);
    if (container.restartPolicy === "Always") validateHooksAndProbes(container, pod.spec.terminationGracePeriodSeconds, at, errors);
    else forbidHooksAndProbes(container, at, errors);
  });
}

const NOT_FOR_EPHEMERAL = [
  "ports", "resources", "resizePolicy", "restartPolicy", "restartPolicyRules", "livenessProbe", "readinessProbe", "startupProbe", "lifecycle",
] as const;

function isSet(value: unknown): boolean {
  if (value === undefined) return false;
  return typeof value !== "object" || value === null || Object.keys(value).length > 0;
}

function forbidEphemeralFields(container: EphemeralContainer, path: FieldPath, errors: FieldErrors): void {
  const not = "cannot be set for an Ephemeral Container";
  for (const field of NOT_FOR_EPHEMERAL) if (isSet(container[field])) forbidden(errors, path.child(field), not);
  container.volumeMounts?.forEach((mount, index) => {
    const at = path.child("volumeMounts").index(index);
    if (!isEmpty(mount.subPath)) forbidden(errors, at.child("subPath"), not);
    if (!isEmpty(mount.subPathExpr)) forbidden(errors, at.child("subPathExpr"), not);
  });
}

/** The ephemeral containers: guests for debugging, without ports, probes or resources. */
export function validateEphemeralContainers(pod: PodContext, path: FieldPath, errors: FieldErrors): void {
  const containers = pod.spec.ephemeralContainers;
  if (containers === undefined || containers.length === 0) return;
  const targets = new Set([...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])].map(({ name }) => name));
  const names = new Set(targets);
  containers.forEach((container, index) => {
    const at = path.index(index);
    validateCommon(container, pod, at, errors);
    validateImagePadding(container, at, errors);
    if (names.has(container.name)) duplicate(errors, at.child("name"), container.name);
    else names.add(container.name);
    const target = container.targetContainerName ?? "";
    if (target !== "" && !targets.has(target)) notFound(errors, at.child("targetContainerName"), target);
    forbidEphemeralFields(container, at, errors);
  });
}

/** Images of pods (not of templates) have no blanks around them. */
export function validateImagePadding(container: Container, path: FieldPath, errors: FieldErrors): void {
  const image = container.image ?? "";
  if (image.trim().length !== image.length) invalid(errors, path.child("image"), image, "must not have leading or trailing whitespace");
}
