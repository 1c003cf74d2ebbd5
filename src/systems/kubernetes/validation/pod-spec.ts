/** The spec of pods and pod templates. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePodSpec. */
import { dns1123LabelErrors, dns1123SubdomainErrors, qualifiedNameErrors, rangeComplaint } from "../../../base/names/index.ts";
import type { ObjectMeta, PodResourceClaim, PodSpec } from "../api/index.ts";
import { validateAffinity } from "./affinity.ts";
import { validateContainers, validateEphemeralContainers, validateInitContainers, type PodContext } from "./containers.ts";
import { validateDnsConfig, validateHostAliases } from "./dns-config.ts";
import { duplicate, invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, complainAt, isEmpty, oneOf, optionalName, requiredOneOf } from "./field-rules.ts";
import { validateLabels } from "./labels.ts";
import { validatePodResources } from "./pod-resources.ts";
import { validateHostNetworkPorts } from "./ports.ts";
import { validateResourceRequirements } from "./resources.ts";
import { validateContainerResourceName } from "./resource-names.ts";
import { validateHostUsers, validatePodSecurityContext } from "./security-context.ts";
import { validateTolerations } from "./tolerations.ts";
import { validateTopologySpread } from "./topology-spread.ts";
import { validateVolumes } from "./volumes.ts";
import { validateHostProcess, validateOperatingSystem } from "./windows-options.ts";

const MAX_INT32 = 2_147_483_647;
const RESTART_POLICIES: readonly string[] = ["Always", "OnFailure", "Never"];
const DNS_POLICIES: readonly string[] = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const PREEMPTION_POLICIES: readonly string[] = ["PreemptLowerPriority", "Never"];
const NO_NAMES: ReadonlySet<string> = new Set();
/** An absent spec is an empty one, and its defaults are the API's. */
const EMPTY_SPEC: PodSpec = { containers: [], restartPolicy: "Always", dnsPolicy: "ClusterFirst", terminationGracePeriodSeconds: 30 };

function validateResourceClaim(claim: PodResourceClaim, names: Set<string>, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(claim.name)) required(errors, path.child("name"));
  else if (names.has(claim.name)) duplicate(errors, path.child("name"), claim.name);
  else {
    complain(errors, path, "name", claim.name, dns1123LabelErrors(claim.name));
    names.add(claim.name);
  }
  const { resourceClaimName, resourceClaimTemplateName } = claim;
  const shown = { Name: claim.name ?? "", ResourceClaimName: resourceClaimName ?? null, ResourceClaimTemplateName: resourceClaimTemplateName ?? null };
  if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
    invalid(errors, path, shown, "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
  }
  if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
    invalid(errors, path, shown, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
  }
  if (resourceClaimName !== undefined) complain(errors, path, "resourceClaimName", resourceClaimName, dns1123SubdomainErrors(resourceClaimName));
  if (resourceClaimTemplateName !== undefined) {
    complain(errors, path, "resourceClaimTemplateName", resourceClaimTemplateName, dns1123SubdomainErrors(resourceClaimTemplateName));
  }
}

function validateResourceClaims(claims: readonly PodResourceClaim[] | undefined, path: FieldPath, errors: FieldErrors): ReadonlySet<string> {
  if (claims === undefined || claims.length === 0) return NO_NAMES;
  const names = new Set<string>();
  claims.forEach((claim, index) => validateResourceClaim(claim, names, path.index(index), errors));
  return names;
}

function validateSchedulingGates(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const seen = new Set<string>();
  spec.schedulingGates?.forEach(({ name }, index) => {
    const at = path.child("schedulingGates").index(index);
    complainAt(errors, at, name ?? "", qualifiedNameErrors(name ?? ""));
    if (seen.has(name)) duplicate(errors, at, name);
    seen.add(name);
  });
}

function validateNames(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  optionalName(errors, path, "serviceAccountName", spec.serviceAccountName, dns1123SubdomainErrors);
  optionalName(errors, path, "nodeName", spec.nodeName, dns1123SubdomainErrors);
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && (deadline < 1 || deadline > MAX_INT32)) {
    invalid(errors, path.child("activeDeadlineSeconds"), deadline, rangeComplaint(1, MAX_INT32));
  }
  optionalName(errors, path, "hostname", spec.hostname, dns1123LabelErrors);
  optionalName(errors, path, "subdomain", spec.subdomain, dns1123LabelErrors);
}

function validateClasses(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  optionalName(errors, path, "priorityClassName", spec.priorityClassName, dns1123SubdomainErrors);
  if (spec.runtimeClassName !== undefined) complain(errors, path, "runtimeClassName", spec.runtimeClassName, dns1123SubdomainErrors(spec.runtimeClassName));
  oneOf(errors, path, "preemptionPolicy", spec.preemptionPolicy, PREEMPTION_POLICIES);
  if (spec.overhead !== undefined) {
    validateResourceRequirements({ limits: spec.overhead }, validateContainerResourceName, NO_NAMES, path.child("overhead"), errors);
  }
}

function validateScheduling(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  if (spec.affinity !== undefined) validateAffinity(spec.affinity, path.child("affinity"), errors);
  if (spec.dnsConfig !== undefined || spec.dnsPolicy === "None") validateDnsConfig(spec, path.child("dnsConfig"), errors);
  spec.readinessGates?.forEach(({ conditionType }, index) => {
    complain(errors, path.child("readinessGates").index(index), "conditionType", conditionType ?? "", qualifiedNameErrors(conditionType ?? ""));
  });
  validateSchedulingGates(spec, path, errors);
  if (spec.topologySpreadConstraints !== undefined) {
    validateTopologySpread(spec.topologySpreadConstraints, path.child("topologySpreadConstraints"), errors);
  }
}

function validateAllContainers(spec: PodSpec, podMeta: ObjectMeta | undefined, path: FieldPath, errors: FieldErrors): PodContext {
  const volumes = validateVolumes(spec.volumes, podMeta, path.child("volumes"), errors);
  const claimNames = validateResourceClaims(spec.resourceClaims, path.child("resourceClaims"), errors);
  const volumeNames = volumes.size === 0 ? NO_NAMES : new Set(volumes.keys());
  const pod: PodContext = { spec, volumes, volumeNames, claimNames };
  validateContainers(pod, path.child("containers"), errors);
  validateInitContainers(pod, path.child("initContainers"), errors);
  validateEphemeralContainers(pod, path.child("ephemeralContainers"), errors);
  return pod;
}

/** A pod's spec. `podMeta` is given for pods only, not for templates. */
export function validatePodSpec(given: PodSpec | undefined, podMeta: ObjectMeta | undefined, path: FieldPath, errors: FieldErrors): void {
  const spec = given ?? EMPTY_SPEC;
  if (spec.terminationGracePeriodSeconds === undefined) required(errors, path.child("terminationGracePeriodSeconds"));
  const pod = validateAllContainers(spec, podMeta, path, errors);
  if (spec.resources !== undefined) validatePodResources(spec, pod.claimNames, path.child("resources"), errors);
  if (spec.hostNetwork === true) validateHostNetworkPorts(spec.containers ?? [], podMeta !== undefined, path.child("containers"), errors);
  requiredOneOf(errors, path, "restartPolicy", spec.restartPolicy, RESTART_POLICIES);
  requiredOneOf(errors, path, "dnsPolicy", spec.dnsPolicy, DNS_POLICIES);
  validateLabels(spec.nodeSelector, path, "nodeSelector", errors);
  validatePodSecurityContext(spec, path, errors);
  validateScheduling(spec, path, errors);
  validateHostProcess(spec, path, errors);
  validateHostUsers(spec, path, errors);
  validateNames(spec, path, errors);
  if (spec.tolerations !== undefined) validateTolerations(spec.tolerations, path.child("tolerations"), errors);
  if (spec.hostAliases !== undefined) validateHostAliases(spec.hostAliases, path.child("hostAliases"), errors);
  validateClasses(spec, path, errors);
  validateOperatingSystem(spec, path, errors);
}
