/**
 * The addresses and IP families of a Service. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go,
 * ValidateServiceClusterIPsRelatedFields.
 */
import { parseIp } from "../../../base/ip/index.ts";
import type { ServiceSpec } from "../api/index.ts";
import { validateLegacyIp } from "./addresses.ts";
import { duplicate, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { SPEC } from "./field-path.ts";

const FAMILIES: readonly string[] = ["IPv4", "IPv6"];
const POLICIES: readonly string[] = ["PreferDualStack", "RequireDualStack", "SingleStack"];
const CLUSTER_IPS = SPEC.child("clusterIPs");
const IP_FAMILIES = SPEC.child("ipFamilies");

function familyOf(ip: string): string | undefined {
  const family = parseIp(ip)?.family;
  return family === undefined ? undefined : `IPv${family}`;
}

function validateFamilies(spec: ServiceSpec, errors: FieldErrors): void {
  const seen = new Set<string>();
  spec.ipFamilies?.forEach((family, index) => {
    if (!FAMILIES.includes(family)) notSupported(errors, IP_FAMILIES.index(index), family, FAMILIES);
    if (seen.has(family)) duplicate(errors, IP_FAMILIES.index(index), family);
    seen.add(family);
  });
  if (spec.ipFamilyPolicy !== undefined && !POLICIES.includes(spec.ipFamilyPolicy)) {
    notSupported(errors, SPEC.child("ipFamilyPolicy"), spec.ipFamilyPolicy, POLICIES);
  }
}

function validateAddress(ip: string, index: number, spec: ServiceSpec, errors: FieldErrors): void {
  const path = CLUSTER_IPS.index(index);
  const count = spec.clusterIPs?.length ?? 0;
  if (ip === "None") {
    if (count > 1) invalid(errors, CLUSTER_IPS, spec.clusterIPs, "'None' must be the first and only value");
    return;
  }
  if (!validateLegacyIp(ip, path, errors)) return;
  const wanted = spec.ipFamilies?.[index];
  if (wanted !== undefined && familyOf(ip) !== wanted) {
    invalid(errors, path, ip, `expected an ${wanted} value as indicated by \`ipFamilies[${index}]\``);
  }
}

/** clusterIP, clusterIPs, ipFamilies and ipFamilyPolicy. */
export function validateClusterIps(spec: ServiceSpec, errors: FieldErrors): void {
  if (spec.type === "ExternalName") return;
  const ips = spec.clusterIPs ?? [];
  const primary = spec.clusterIP ?? "";
  if (ips.length === 0 && primary !== "") required(errors, CLUSTER_IPS);
  else if (ips.length > 0 && primary === "") invalid(errors, CLUSTER_IPS, ips, "must be empty when `clusterIP` is not specified");
  else if (ips.length > 0 && ips[0] !== primary) invalid(errors, CLUSTER_IPS, ips, "first value must match `clusterIP`");
  validateFamilies(spec, errors);
  ips.forEach((ip, index) => validateAddress(ip, index, spec, errors));
  if (ips.length > 2) invalid(errors, CLUSTER_IPS, ips, "may only hold up to 2 values");
  const [first = "", second = ""] = ips;
  if (ips.length === 2 && familyOf(first) !== undefined && familyOf(first) === familyOf(second)) {
    invalid(errors, CLUSTER_IPS, ips, "may specify no more than one IP for each IP family, i.e. either one IPv4 or one IPv6, or both");
  }
}
