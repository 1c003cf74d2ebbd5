/** Changes of Services: what has been given out stays. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateServiceUpdate. */
import { dns1123SubdomainErrors } from "../../../base/names/index.ts";
import { parseIp } from "../../../base/ip/index.ts";
import type { LoadBalancerIngress, Service, ServiceSpec } from "../api/index.ts";
import { validateLegacyIp } from "./addresses.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, STATUS, type FieldPath } from "./field-path.ts";
import { complain, IMMUTABLE, isEmpty } from "./field-rules.ts";
import { validateObjectMetaUpdate } from "./object-meta.ts";
import { isHeadless, needsHealthCheck, validateService } from "./service.ts";

const MAY_NOT_CHANGE = "may not change once set";

/** The first address stays; the second may come, or go with the policy, but not turn into another. */
function validateStable(after: ServiceSpec, before: ServiceSpec, path: FieldPath, errors: FieldErrors): void {
  const next = after.clusterIPs ?? [];
  const previous = before.clusterIPs ?? [];
  if (previous.length > 0 && next.length === 0) invalid(errors, path.index(0), null, "primary clusterIP can not be unset");
  previous.forEach((value, index) => {
    const now = next[index];
    if (now !== undefined && now !== value) invalid(errors, path.index(index), next, MAY_NOT_CHANGE);
  });
  if (previous.length === 2 && next.length === 1 && after.ipFamilyPolicy !== "SingleStack") {
    invalid(errors, SPEC.child("ipFamilyPolicy"), after.ipFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
  }
}

function validateAddresses(next: ServiceSpec, previous: ServiceSpec, errors: FieldErrors): void {
  if (next.type === "ExternalName" || previous.type === "ExternalName") return;
  if (!isHeadless(next) || !isHeadless(previous)) validateStable(next, previous, SPEC.child("clusterIPs"), errors);
  const families = previous.ipFamilies ?? [];
  if (families.length === 0 || (next.ipFamilies?.length ?? 0) === 0) return;
  if (families[0] !== next.ipFamilies?.[0]) invalid(errors, SPEC.child("ipFamilies").index(0), next.ipFamilies, MAY_NOT_CHANGE);
}

function validateClassChange(next: ServiceSpec, previous: ServiceSpec, errors: FieldErrors): void {
  if (next.type !== "LoadBalancer" || previous.type !== "LoadBalancer") return;
  if (next.loadBalancerClass === previous.loadBalancerClass) return;
  invalid(errors, SPEC.child("loadBalancerClass"), next.loadBalancerClass ?? null, MAY_NOT_CHANGE);
}

/** A changed Service. */
export function validateServiceUpdate(next: Service, previous: Service, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  const after = next.spec ?? {};
  const before = previous.spec ?? {};
  validateAddresses(after, before, errors);
  validateClassChange(after, before, errors);
  if (needsHealthCheck(before) && needsHealthCheck(after) && (after.healthCheckNodePort ?? 0) !== (before.healthCheckNodePort ?? 0)) {
    forbidden(errors, SPEC.child("healthCheckNodePort"), IMMUTABLE);
  }
  validateService(next, errors);
}

function validateIngressPoint(point: LoadBalancerIngress, isService: boolean, path: FieldPath, errors: FieldErrors): void {
  if (!isEmpty(point.ip)) validateLegacyIp(point.ip ?? "", path.child("ip"), errors);
  if (isService) {
    if (point.ipMode === undefined) {
      if (!isEmpty(point.ip)) required(errors, path.child("ipMode"), "must be specified when `ip` is set");
    } else if (isEmpty(point.ip)) forbidden(errors, path.child("ipMode"), "may not be specified when `ip` is not set");
    else if (point.ipMode !== "VIP" && point.ipMode !== "Proxy") notSupported(errors, path.child("ipMode"), point.ipMode, ["Proxy", "VIP"]);
  }
  if (isEmpty(point.hostname)) return;
  complain(errors, path, "hostname", point.hostname, dns1123SubdomainErrors(point.hostname ?? ""));
  if (parseIp(point.hostname ?? "") !== undefined) invalid(errors, path.child("hostname"), point.hostname, "must be a DNS name, not an IP address");
}

/** status.loadBalancer of Services and Ingresses. */
export function validateLoadBalancerStatus(points: readonly LoadBalancerIngress[] | undefined, isService: boolean, errors: FieldErrors): void {
  points?.forEach((point, index) => validateIngressPoint(point, isService, STATUS.child("loadBalancer").child("ingress").index(index), errors));
}

/** A Service whose status is replaced. */
export function validateServiceStatusUpdate(next: Service, previous: Service, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  const points = next.status?.loadBalancer?.ingress;
  if (next.spec?.type !== "LoadBalancer" && (points?.length ?? 0) > 0) {
    forbidden(errors, STATUS.child("loadBalancer").child("ingress"), "may only be used when `spec.type` is 'LoadBalancer'");
  } else validateLoadBalancerStatus(points, true, errors);
}
