/** Windows options and the fields each operating system allows. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go. */
import { dns1123SubdomainErrors } from "../../../base/names/index.ts";
import type { Container, PodSpec, SecurityContext, WindowsSecurityContextOptions } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, isEmpty } from "./field-rules.ts";

const CREDENTIAL_SPEC_KIB = 64;
const DOMAIN_LENGTH = 256;
const USER_LENGTH = 104;
const NET_BIOS = /^[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}$/;
const DNS_LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS_DOMAIN = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`);

function userNameErrors(name: string): string[] {
  if (name === "") return ["runAsUserName cannot be an empty string"];
  if (/[\u0000-\u001f\u007f]/.test(name)) return ["runAsUserName cannot contain control characters"];
  const parts = name.split("\\");
  if (parts.length > 2) return ["runAsUserName cannot contain more than one backslash"];
  const user = parts.at(-1) ?? "";
  const domain = parts.length === 2 ? parts[0] : undefined;
  const errors: string[] = [];
  if ((domain?.length ?? 0) >= DOMAIN_LENGTH) errors.push(`runAsUserName's Domain length must be under ${DOMAIN_LENGTH} characters`);
  if (domain !== undefined && !NET_BIOS.test(domain) && !DNS_DOMAIN.test(domain)) {
    errors.push("runAsUserName's Domain doesn't match the NetBios nor the DNS format");
  }
  if (user === "") errors.push("runAsUserName's User cannot be empty");
  else if (user.length > USER_LENGTH) errors.push(`runAsUserName's User length must not be longer than ${USER_LENGTH} characters`);
  if (/^[. ]+$/.test(user)) errors.push("runAsUserName's User cannot contain only periods or spaces");
  if (/["/\\:;|=,+*?<>@[\]]/.test(user)) errors.push('runAsUserName\'s User cannot contain the following characters: "/\\:;|=,+*?<>@[]');
  return errors;
}

/** windowsOptions of a pod or a container. */
export function validateWindowsOptions(options: WindowsSecurityContextOptions | undefined, path: FieldPath, errors: FieldErrors): void {
  if (options === undefined) return;
  const { gmsaCredentialSpecName, gmsaCredentialSpec, runAsUserName } = options;
  if (gmsaCredentialSpecName !== undefined) complain(errors, path, "gmsaCredentialSpecName", gmsaCredentialSpecName, dns1123SubdomainErrors(gmsaCredentialSpecName));
  if (gmsaCredentialSpec === "") invalid(errors, path.child("gmsaCredentialSpec"), "", "gmsaCredentialSpec cannot be an empty string");
  else if ((gmsaCredentialSpec?.length ?? 0) > CREDENTIAL_SPEC_KIB * 1024) {
    invalid(errors, path.child("gmsaCredentialSpec"), gmsaCredentialSpec, `gmsaCredentialSpec size must be under ${CREDENTIAL_SPEC_KIB} KiB`);
  }
  if (runAsUserName !== undefined) complain(errors, path, "runAsUserName", runAsUserName, userNameErrors(runAsUserName));
}

function eachContainer(spec: PodSpec, path: FieldPath, visit: (container: Container, path: FieldPath) => void): void {
  for (const list of ["initContainers", "containers", "ephemeralContainers"] as const) {
    spec[list]?.forEach((container, index) => visit(container, path.child(list).index(index)));
  }
}

const LINUX_ONLY_POD = [
  "appArmorProfile", "seLinuxOptions", "seccompProfile", "fsGroup", "fsGroupChangePolicy", "sysctls", "runAsUser", "runAsGroup", "supplementalGroups",
  "supplementalGroupsPolicy", "seLinuxChangePolicy",
] as const;
const LINUX_ONLY_CONTAINER: readonly (keyof SecurityContext)[] = [
  "appArmorProfile", "seLinuxOptions", "seccompProfile", "capabilities", "readOnlyRootFilesystem", "privileged", "allowPrivilegeEscalation", "procMount", "runAsUser", "runAsGroup",
];

function validateWindowsPod(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const not = "cannot be set for a windows pod";
  for (const field of LINUX_ONLY_POD) if (spec.securityContext?.[field] !== undefined) forbidden(errors, path.child("securityContext").child(field), not);
  if (spec.hostUsers !== undefined) forbidden(errors, path.child("hostUsers"), not);
  if (spec.hostPID === true) forbidden(errors, path.child("hostPID"), not);
  if (spec.hostIPC === true) forbidden(errors, path.child("hostIPC"), not);
  if (spec.shareProcessNamespace !== undefined) forbidden(errors, path.child("shareProcessNamespace"), not);
  eachContainer(spec, path, ({ securityContext }, at) => {
    for (const field of LINUX_ONLY_CONTAINER) if (securityContext?.[field] !== undefined) forbidden(errors, at.child("securityContext").child(field), not);
  });
}

function validateLinuxPod(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const not = "windows options cannot be set for a linux pod";
  if (spec.securityContext?.windowsOptions !== undefined) forbidden(errors, path.child("securityContext").child("windowsOptions"), not);
  eachContainer(spec, path, ({ securityContext }, at) => {
    if (securityContext?.windowsOptions !== undefined) forbidden(errors, at.child("securityContext").child("windowsOptions"), not);
  });
}

/** spec.os, and the fields the named system does not have. */
export function validateOperatingSystem(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  if (spec.os === undefined) return;
  const { name } = spec.os;
  if (isEmpty(name)) required(errors, path.child("os").child("name"), "cannot be empty");
  else if (name === "linux") validateLinuxPod(spec, path, errors);
  else if (name === "windows") validateWindowsPod(spec, path, errors);
  else notSupported(errors, path.child("os"), name, ["linux", "windows"]);
}

/** Host process containers: all or none, on the host's network. */
export function validateHostProcess(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const ofPod = spec.securityContext?.windowsOptions?.hostProcess;
  let containers = 0;
  let hostProcess = 0;
  eachContainer(spec, path, (container, at) => {
    const own = container.securityContext?.windowsOptions?.hostProcess;
    containers++;
    if (own ?? ofPod ?? false) hostProcess++;
    if (ofPod === undefined || own === undefined || own === ofPod) return;
    const field = at.child("securityContext").child("windowsOptions").child("hostProcess");
    invalid(errors, field, own, `pod hostProcess value must be identical if both are specified, was ${ofPod}`);
  });
  if (hostProcess === 0) return;
  if (hostProcess !== containers) {
    invalid(errors, path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
  }
  if (spec.hostNetwork !== true) invalid(errors, path.child("hostNetwork"), false, "hostNetwork must be true if pod contains any hostProcess containers");
}
