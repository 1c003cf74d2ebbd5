/** Defaults of networking, discovery, storage, scheduling and devices. Source: pkg/apis/<group>/v1/defaults.go. */
import type {
  CSIDriver, DeviceRequest, DeviceSubRequest, DeviceToleration, EndpointSlice, ExactDeviceRequest, Ingress, IngressClass, NetworkPolicy, NetworkPolicyPort,
  PriorityClass, ResourceClaim, ResourceClaimSpec, ResourceClaimTemplate, ResourceSlice, StorageClass,
} from "../../api/index.ts";
import { always, eachOf, fill, inside, type Filler } from "./edit.ts";

const policyPort: Filler<NetworkPolicyPort> = (port) => fill(port, { protocol: "TCP" });

/** SetDefaults_NetworkPolicy: "Ingress" always, "Egress" when there are egress rules. */
export const networkPolicy: Filler<NetworkPolicy> = (value) => inside(value, "spec", (spec) => {
  let out = spec;
  if ((spec.policyTypes?.length ?? 0) === 0) out = { ...out, policyTypes: (spec.egress?.length ?? 0) > 0 ? ["Ingress", "Egress"] : ["Ingress"] };
  out = eachOf(out, "ingress", (rule) => eachOf(rule, "ports", policyPort));
  return eachOf(out, "egress", (rule) => eachOf(rule, "ports", policyPort));
});

/** `status.loadBalancer` is a struct in Go and so always written; Ingress has no other defaults. */
export const ingress: Filler<Ingress> = (value) => always(value, "status", (status) => fill(status, { loadBalancer: {} }));

/** SetDefaults_IngressClass. */
export const ingressClass: Filler<IngressClass> = (value) => inside(value, "spec", (spec) => inside(spec, "parameters", (reference) => fill(reference, { scope: "Cluster" })));

/** SetDefaults_EndpointPort of discovery. */
export const endpointSlice: Filler<EndpointSlice> = (value) => eachOf(value, "ports", (port) => fill(port, { name: "", protocol: "TCP" }));

/** SetDefaults_StorageClass. */
export const storageClass: Filler<StorageClass> = (value) => fill(value, { reclaimPolicy: "Delete", volumeBindingMode: "Immediate" });

/** SetDefaults_CSIDriver. */
export const csiDriver: Filler<CSIDriver> = (value) => always(value, "spec", (spec) => {
  const out = fill(spec, {
    attachRequired: true, podInfoOnMount: false, storageCapacity: false, fsGroupPolicy: "ReadWriteOnceWithFSType", requiresRepublish: false, seLinuxMount: false,
  });
  return (out.volumeLifecycleModes?.length ?? 0) === 0 ? { ...out, volumeLifecycleModes: ["Persistent"] } : out;
});

/** SetDefaults_PriorityClass. */
export const priorityClass: Filler<PriorityClass> = (value) => fill(value, { preemptionPolicy: "PreemptLowerPriority" });

const toleration: Filler<DeviceToleration> = (value) => fill(value, { operator: "Equal" });

/** SetDefaults_ExactDeviceRequest and SetDefaults_DeviceSubRequest. */
function deviceCount<T extends ExactDeviceRequest | DeviceSubRequest>(request: T): T {
  const out: ExactDeviceRequest = fill<ExactDeviceRequest>(request as ExactDeviceRequest, { allocationMode: "ExactCount" });
  const counted = out.allocationMode === "ExactCount" && (out.count === undefined || out.count === 0) ? { ...out, count: 1 } : out;
  return eachOf(counted, "tolerations", toleration) as T;
}

const deviceRequest: Filler<DeviceRequest> = (request) => eachOf(inside(request, "exactly", deviceCount), "firstAvailable", deviceCount<DeviceSubRequest>);

const claimSpec: Filler<ResourceClaimSpec> = (spec) => inside(spec, "devices", (devices) => eachOf(devices, "requests", deviceRequest));

/** Device requests of a claim. */
export const resourceClaim: Filler<ResourceClaim> = (value) => inside(value, "spec", claimSpec);

/** Device requests of a claim template. */
export const resourceClaimTemplate: Filler<ResourceClaimTemplate> = (value) => inside(value, "spec", (template) => inside(template, "spec", claimSpec));

/** SetDefaults_DeviceTaint (time of the request) and SetDefaults_Device (multiplier 1). `now` is an RFC 3339 time. */
export function resourceSlice(value: ResourceSlice, now: string | undefined): ResourceSlice {
  return inside(value, "spec", (spec) => eachOf(spec, "devices", (device) => {
    const out = now === undefined ? device : eachOf(device, "taints", (taint) => fill(taint, { timeAdded: now }));
    return inside(out, "nodeAllocatableResourceMappings", (mappings) =>
      Object.fromEntries(Object.entries(mappings).map(([name, mapping]) => [name, fill(mapping, { allocationMultiplier: "1" })])));
  }));
}
