/**
 * Endpoints that people write for a service without a selector are mirrored to EndpointSlices, which is what kube-proxy
 * reads (pkg/controller/endpointslicemirroring). Simplified: one slice for each subset and family, so subsets of more than
 * 1,000 addresses are cut off as upstream cuts them, and slices are not packed further.
 */
import { deepEqual } from "../../../../base/json/index.ts";
import { type Endpoint, type EndpointAddress, type Endpoints, type EndpointSlice, type EndpointSubset, isBeingDeleted, namespacedKey } from "../../api/index.ts";
import { controllerRef } from "../ownership/index.ts";
import { BY_SERVICE, type Controller, NO_PLAN, type Plan, type PlannedRequest, planOf, SERVICE_NAME_LABEL, type View } from "../runtime/index.ts";

const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
const CONTROLLER = "endpointslicemirroring-controller.k8s.io";
const SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
const LEADER = "control-plane.alpha.kubernetes.io/leader";
/** Addresses mirrored per subset (--mirroring-max-endpoints-per-subset). */
const MAX_PER_SUBSET = 1000;
const SLICES = Object.freeze({ group: "discovery.k8s.io", version: "v1", resource: "endpointslices" } as const);

/** Mirrors Endpoints of services without a selector. */
export const endpointSliceMirroringController: Controller<null> = {
  name: "endpoint_slice_mirroring",
  eventSource: "endpoint-slice-mirroring-controller",
  workers: 5,
  needs: ["services", "endpoints", "endpointslices.discovery.k8s.io"],
  createMemory: () => null,
  on: {
    services: (_memory, enqueue, _view, key) => {
      enqueue.add(key);
    },
    endpoints: (_memory, enqueue, _view, key) => {
      enqueue.add(key);
    },
    "endpointslices.discovery.k8s.io": (_memory, enqueue, _view, _key, before, after) => {
      const { metadata } = (after ?? before) as EndpointSlice;
      const service = metadata?.labels?.[SERVICE_NAME_LABEL];
      if (service !== undefined && metadata?.labels?.[MANAGED_BY] === CONTROLLER) enqueue.add(namespacedKey(metadata.namespace, service));
    },
  },
  plan: (key, view) => planMirror(key, view),
};

function planMirror(key: string, view: View): Plan {
  const endpoints = view.get("endpoints", key);
  const service = view.get("services", key);
  const present = view.list("endpointslices.discovery.k8s.io", BY_SERVICE, key).filter((slice) => slice.metadata?.labels?.[MANAGED_BY] === CONTROLLER && !isBeingDeleted(slice));
  const isMirrored = endpoints !== undefined && service !== undefined && service.spec?.selector === undefined && shouldMirror(endpoints);
  if (!isMirrored) return planOf(present.map(remove));
  const wanted = (endpoints.subsets ?? []).flatMap((subset) => slicesOf(endpoints, subset));
  const requests: PlannedRequest[] = [];
  const free = [...present];
  for (const slice of wanted) {
    const same = free.findIndex((candidate) => isSame(candidate, slice));
    if (same >= 0) free.splice(same, 1);
    else requests.push(write(slice, free.shift()));
  }
  const all = [...requests, ...free.map(remove)];
  return all.length === 0 ? NO_PLAN : planOf(all);
}

function shouldMirror(endpoints: Endpoints): boolean {
  return endpoints.metadata?.labels?.[SKIP_MIRROR] !== "true" && endpoints.metadata?.annotations?.[LEADER] === undefined && !isBeingDeleted(endpoints);
}

function isSame(a: EndpointSlice, b: EndpointSlice): boolean {
  return a.addressType === b.addressType && deepEqual(a.endpoints, b.endpoints) && deepEqual(a.ports ?? [], b.ports ?? []) && deepEqual(a.metadata?.labels, b.metadata?.labels);
}

function slicesOf(endpoints: Endpoints, subset: EndpointSubset): EndpointSlice[] {
  const all = [...(subset.addresses ?? []).map((address) => entry(address, true)), ...(subset.notReadyAddresses ?? []).map((address) => entry(address, false))];
  const slices: EndpointSlice[] = [];
  for (const addressType of ["IPv4", "IPv6"]) {
    const own = all.filter((item) => item.addresses[0]?.includes(":") === (addressType === "IPv6")).slice(0, MAX_PER_SUBSET);
    if (own.length > 0) slices.push(slice(endpoints, subset, addressType, own));
  }
  return slices;
}

function slice(endpoints: Endpoints, subset: EndpointSubset, addressType: string, list: readonly Endpoint[]): EndpointSlice {
  const { namespace = "", name = "", labels } = endpoints.metadata ?? {};
  return {
    apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice",
    metadata: {
      generateName: `${name}-`, namespace, labels: { ...labels, [SERVICE_NAME_LABEL]: name, [MANAGED_BY]: CONTROLLER },
      ownerReferences: [controllerRef(endpoints, "v1", "Endpoints")],
    },
    addressType, endpoints: list,
    ports: (subset.ports ?? []).map((port) => ({ name: "", protocol: "TCP", ...port })),
  };
}

function entry(address: EndpointAddress, ready: boolean): Endpoint {
  const { hostname, nodeName, targetRef } = address;
  return {
    addresses: [address.ip], conditions: { ready }, ...(hostname === undefined ? {} : { hostname }), ...(nodeName === undefined ? {} : { nodeName }),
    ...(targetRef === undefined ? {} : { targetRef }),
  };
}

function write(wanted: EndpointSlice, old: EndpointSlice | undefined): PlannedRequest {
  const { namespace = "" } = wanted.metadata ?? {};
  if (old === undefined || old.addressType !== wanted.addressType) return { call: { verb: "create", ...SLICES, namespace, body: wanted } };
  const { generateName, ...metadata } = wanted.metadata ?? {};
  void generateName;
  return { call: { verb: "update", ...SLICES, namespace, name: old.metadata?.name ?? "", body: { ...wanted, metadata: { ...old.metadata, ...metadata } } } };
}

function remove(old: EndpointSlice): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = old.metadata ?? {};
  return { call: { verb: "delete", ...SLICES, namespace, name, options: { preconditions: { uid } } }, accept: [404] };
}
