/** Security contexts of pods and containers. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateSecurityContext. */
import { byteLength, rangeComplaint } from "../../../base/names/index.ts";
import type { AppArmorProfile, PodSecurityContext, PodSpec, SeccompProfile, SecurityContext } from "../api/index.ts";
import { duplicate, forbidden, invalid, notSupported, required, tooLong, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { isEmpty, oneOf } from "./field-rules.ts";
import { validateLocalDescendingPath } from "./local-paths.ts";
import { validateWindowsOptions } from "./windows-options.ts";

const MAX_ID = 2_147_483_647;
const PROFILE_TYPES: readonly string[] = ["Localhost", "RuntimeDefault", "Unconfined"];
const PROFILE_MAX_LENGTH = 4095;
const SYSCTL = "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SYSCTL_RE = new RegExp(`^${SYSCTL}$`);
const SYSCTL_MAX_LENGTH = 253;

function validateId(id: number | undefined, parent: FieldPath, name: string, errors: FieldErrors): void {
  if (id !== undefined && (id < 0 || id > MAX_ID)) invalid(errors, parent.child(name), id, rangeComplaint(0, MAX_ID));
}

function validateSeccomp(profile: SeccompProfile | undefined, path: FieldPath, errors: FieldErrors): void {
  if (profile === undefined) return;
  if (isEmpty(profile.type)) required(errors, path.child("type"), "type is required when seccompProfile is set");
  else if (!PROFILE_TYPES.includes(profile.type)) notSupported(errors, path.child("type"), profile.type, PROFILE_TYPES);
  const { localhostProfile } = profile;
  if (profile.type !== "Localhost") {
    if (localhostProfile === undefined) return;
    invalid(errors, path.child("localhostProfile"), { Type: profile.type ?? "", LocalhostProfile: localhostProfile }, "can only be set when seccomp type is Localhost");
  } else if (localhostProfile === undefined) required(errors, path.child("localhostProfile"), "must be set when seccomp type is Localhost");
  else validateLocalDescendingPath(localhostProfile, path.child("localhostProfile"), errors);
}

function validateLocalAppArmor(profile: string | undefined, path: FieldPath, errors: FieldErrors): void {
  const must = "must be set when AppArmor type is Localhost";
  if (profile === undefined) {
    required(errors, path, must);
    return;
  }
  if (profile.trim() !== profile) invalid(errors, path, profile, "must not be padded with whitespace");
  else if (profile === "") required(errors, path, must);
  if (byteLength(profile) > PROFILE_MAX_LENGTH) tooLong(errors, path, PROFILE_MAX_LENGTH);
}

function validateAppArmor(profile: AppArmorProfile | undefined, path: FieldPath, errors: FieldErrors): void {
  if (profile === undefined) return;
  if (profile.type === "Localhost") validateLocalAppArmor(profile.localhostProfile, path.child("localhostProfile"), errors);
  else if (isEmpty(profile.type)) required(errors, path.child("type"), "type is required when appArmorProfile is set");
  else if (!PROFILE_TYPES.includes(profile.type)) notSupported(errors, path.child("type"), profile.type, PROFILE_TYPES);
  else if (profile.localhostProfile !== undefined) {
    invalid(errors, path.child("localhostProfile"), profile.localhostProfile, "can only be set when AppArmor type is Localhost");
  }
}

function validateEscalation(context: SecurityContext, path: FieldPath, errors: FieldErrors): void {
  if (context.allowPrivilegeEscalation !== false) return;
  if (context.privileged === true) invalid(errors, path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
  if (context.capabilities?.add?.includes("CAP_SYS_ADMIN") === true) {
    invalid(errors, path, context, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
  }
}

/** A container's security context; `hostUsers` says whether the pod shares the host's user namespace. */
export function validateSecurityContext(context: SecurityContext | undefined, hostUsers: boolean, path: FieldPath, errors: FieldErrors): void {
  if (context === undefined) return;
  validateId(context.runAsUser, path, "runAsUser", errors);
  validateId(context.runAsGroup, path, "runAsGroup", errors);
  oneOf(errors, path, "procMount", context.procMount, ["Default", "Unmasked"]);
  if (hostUsers && context.procMount === "Unmasked") invalid(errors, path.child("procMount"), context.procMount, "`hostUsers` must be false to use `Unmasked`");
  validateSeccomp(context.seccompProfile, path.child("seccompProfile"), errors);
  validateEscalation(context, path, errors);
  validateWindowsOptions(context.windowsOptions, path.child("windowsOptions"), errors);
  validateAppArmor(context.appArmorProfile, path.child("appArmorProfile"), errors);
}

const IPC_SYSCTLS: ReadonlySet<string> = new Set(["kernel.sem"]);
const IPC_PREFIXES = ["kernel.shm", "kernel.msg", "fs.mqueue."];

function sysctlNamespace(name: string): "net" | "ipc" | undefined {
  const dotted = name.replaceAll("/", ".");
  if (dotted.startsWith("net.")) return "net";
  return IPC_SYSCTLS.has(dotted) || IPC_PREFIXES.some((prefix) => dotted.startsWith(prefix)) ? "ipc" : undefined;
}

function validateSysctls(context: PodSecurityContext, spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  context.sysctls?.forEach(({ name }, index) => {
    const at = path.index(index).child("name");
    if (isEmpty(name)) required(errors, at);
    else if (name.length > SYSCTL_MAX_LENGTH || !SYSCTL_RE.test(name)) {
      invalid(errors, at, name, `must have at most ${SYSCTL_MAX_LENGTH} characters and match regex ^${SYSCTL}$`);
    } else if (names.has(name)) duplicate(errors, at, name);
    const namespace = sysctlNamespace(name ?? "");
    if (namespace === "net" && spec.hostNetwork === true) invalid(errors, at, name, "may not be specified when 'hostNetwork' is true");
    if (namespace === "ipc" && spec.hostIPC === true) invalid(errors, at, name, "may not be specified when 'hostIPC' is true");
    names.add(name);
  });
}

/** A pod's security context and the host namespaces next to it. */
export function validatePodSecurityContext(spec: PodSpec, specPath: FieldPath, errors: FieldErrors): void {
  const path = specPath.child("securityContext");
  const context = spec.securityContext;
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    invalid(errors, path.child("shareProcessNamespace"), true, "ShareProcessNamespace and HostPID cannot both be enabled");
  }
  if (context === undefined) return;
  validateId(context.fsGroup, path, "fsGroup", errors);
  validateId(context.runAsUser, path, "runAsUser", errors);
  validateId(context.runAsGroup, path, "runAsGroup", errors);
  context.supplementalGroups?.forEach((group, index) => {
    if (group < 0 || group > MAX_ID) invalid(errors, path.child("supplementalGroups").index(index), group, rangeComplaint(0, MAX_ID));
  });
  if (context.sysctls !== undefined) validateSysctls(context, spec, path.child("sysctls"), errors);
  oneOf(errors, path, "fsGroupChangePolicy", context.fsGroupChangePolicy, ["Always", "OnRootMismatch"]);
  validateSeccomp(context.seccompProfile, path.child("seccompProfile"), errors);
  validateWindowsOptions(context.windowsOptions, path.child("windowsOptions"), errors);
  validateAppArmor(context.appArmorProfile, path.child("appArmorProfile"), errors);
  oneOf(errors, path, "supplementalGroupsPolicy", context.supplementalGroupsPolicy, ["Merge", "Strict"]);
  oneOf(errors, path, "seLinuxChangePolicy", context.seLinuxChangePolicy, ["MountOption", "Recursive"]);
}

/** With user namespaces of its own a pod may not share the host's other namespaces. */
export function validateHostUsers(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  if (spec.hostUsers !== false) return;
  const when = "when `pod.Spec.HostUsers` is false";
  if (spec.hostNetwork === true) forbidden(errors, path.child("hostNetwork"), when);
  if (spec.hostPID === true) forbidden(errors, path.child("HostPID"), when);
  if (spec.hostIPC === true) forbidden(errors, path.child("HostIPC"), when);
}
