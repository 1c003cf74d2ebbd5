/** The slices of one service (pkg/controller/endpointslice/endpointslice_controller.go, syncService). */
import { deepEqual } from "../../../../base/json/index.ts";
import { type Endpoint, type EndpointSlice, isBeingDeleted, type Service } from "../../api/index.ts";
import { controllerRef } from "../ownership/index.ts";
import { BY_SERVICE, NO_PLAN, type Plan, type PlannedRequest, planOf, SERVICE_NAME_LABEL, type View } from "../runtime/index.ts";
import { HEADLESS_LABEL, isHeadless, type PodPort, podsOf, type ServiceMemory } from "../services/index.ts";
import { type AddressType, addressTypesOf, type DesiredEndpoint, endpointOf } from "./pod-endpoint.ts";
import { byPorts, planSlices, portsKey } from "./slice-plan.ts";

/** Label that says whose slice it is (discovery/v1 LabelManagedBy), and this controller's value of it. */
export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
const CONTROLLER = "endpointslice-controller.k8s.io";

/** The plan for one service. Slices of a service that is gone go with it (garbage collection). */
export function planService(key: string, view: View, memory: ServiceMemory): Plan {
  const service = view.get("services", key);
  if (service === undefined || isBeingDeleted(service)) return NO_PLAN;
  const { type, selector } = service.spec ?? {};
  if (type === "ExternalName" || selector === undefined) return NO_PLAN;
  const own = view.list("endpointslices.discovery.k8s.io", BY_SERVICE, key)
    .filter((slice) => slice.metadata?.labels?.[MANAGED_BY] === CONTROLLER && !isBeingDeleted(slice));
  const families = addressTypesOf(service);
  const requests = own.filter((slice) => !families.includes(slice.addressType as AddressType)).map(remove);
  let ready = 0;
  let notReady = 0;
  for (const family of families) {
    const wanted: DesiredEndpoint[] = [];
    for (const pod of podsOf(view, memory, key)) {
      const entry = endpointOf(service, pod, family, view);
      if (entry === undefined) continue;
      wanted.push(entry);
      if (entry.endpoint.conditions?.ready === true) ready++;
      else notReady++;
    }
    requests.push(...planFamily(service, family, wanted, own.filter((slice) => slice.addressType === family)));
  }
  return requests.length === 0 ? NO_PLAN : { ...planOf(requests), tell: [{ note: { kind: "EndpointsChanged", object: `services/${key}`, data: { service: service.metadata?.name ?? "", ready, notReady } } }] };
}

function planFamily(service: Service, family: AddressType, wanted: readonly DesiredEndpoint[], slices: readonly EndpointSlice[]): PlannedRequest[] {
  const requests: PlannedRequest[] = [];
  const deleted: EndpointSlice[] = [];
  const groups = byPorts(wanted);
  const bySlicePorts = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const name = portsKey(slice.ports ?? []);
    bySlicePorts.set(name, [...(bySlicePorts.get(name) ?? []), slice]);
  }
  for (const [name, group] of groups) {
    const present = bySlicePorts.get(name) ?? [];
    bySlicePorts.delete(name);
    const changes = planSlices(group.endpoints, present);
    requests.push(...changes.create.map((endpoints) => create(service, family, group.ports, endpoints)));
    requests.push(...changes.update.map(({ slice, endpoints }) => update(service, slice, endpoints)));
    deleted.push(...changes.delete);
    requests.push(...relabel(service, present, changes));
  }
  for (const rest of bySlicePorts.values()) deleted.push(...rest);
  return [...requests, ...planEmpty(service, family, groups.size, slices, deleted)];
}

/** A service without endpoints keeps one empty slice without ports as a placeholder. */
function planEmpty(service: Service, family: AddressType, groups: number, slices: readonly EndpointSlice[], deleted: readonly EndpointSlice[]): PlannedRequest[] {
  if (groups > 0) return deleted.map(remove);
  const placeholder = slices.find((slice) => (slice.endpoints ?? []).length === 0 && (slice.ports ?? []).length === 0);
  const others = deleted.filter((slice) => slice !== placeholder).map(remove);
  return placeholder === undefined ? [create(service, family, [], []), ...others] : others;
}

/** Slices whose endpoints stay but whose labels no longer follow the service's. */
function relabel(service: Service, present: readonly EndpointSlice[], changes: { readonly update: readonly { readonly slice: EndpointSlice }[]; readonly delete: readonly EndpointSlice[] }): PlannedRequest[] {
  const labels = labelsOf(service);
  return present
    .filter((slice) => !deepEqual(slice.metadata?.labels, labels) && !changes.delete.includes(slice) && !changes.update.some((entry) => entry.slice === slice))
    .map((slice) => update(service, slice, slice.endpoints ?? []));
}

function labelsOf(service: Service): Readonly<Record<string, string>> {
  const own: Record<string, string> = {};
  const labels = service.metadata?.labels ?? {};
  for (const key of Object.keys(labels)) if (key !== HEADLESS_LABEL && key !== SERVICE_NAME_LABEL && key !== MANAGED_BY) own[key] = labels[key] as string;
  return { ...own, ...(isHeadless(service) ? { [HEADLESS_LABEL]: "" } : {}), [SERVICE_NAME_LABEL]: service.metadata?.name ?? "", [MANAGED_BY]: CONTROLLER };
}

const SLICES = Object.freeze({ group: "discovery.k8s.io", version: "v1", resource: "endpointslices" } as const);

function create(service: Service, addressType: AddressType, ports: readonly PodPort[], endpoints: readonly Endpoint[]): PlannedRequest {
  const { namespace = "", name = "" } = service.metadata ?? {};
  const body: EndpointSlice = {
    apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice",
    metadata: { generateName: `${name}-`, namespace, labels: labelsOf(service), ownerReferences: [controllerRef(service, "v1", "Service")] },
    addressType, endpoints, ports,
  };
  return { call: { verb: "create", ...SLICES, namespace, body } };
}

function update(service: Service, slice: EndpointSlice, endpoints: readonly Endpoint[]): PlannedRequest {
  const { namespace = "", name = "" } = slice.metadata ?? {};
  const body: EndpointSlice = { ...slice, apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { ...slice.metadata, labels: labelsOf(service) }, endpoints };
  return { call: { verb: "update", ...SLICES, namespace, name, body }, accept: [404] };
}

function remove(slice: EndpointSlice): PlannedRequest {
  const { namespace = "", name = "", uid = "" } = slice.metadata ?? {};
  return { call: { verb: "delete", ...SLICES, namespace, name, options: { preconditions: { uid } } }, accept: [404] };
}
