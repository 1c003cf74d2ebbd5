/** Endpoints, the deprecated way to say where a service's pods are; kept beside EndpointSlices as upstream does. */
import { deepEqual } from "../../../../base/json/index.ts";
import { type Endpoints, type EndpointSubset, isBeingDeleted, type Pod, type Service, splitKey } from "../../api/index.ts";
import { type Controller, NO_PLAN, type Plan, planOf, type View } from "../runtime/index.ts";
import { createServiceMemory, HEADLESS_LABEL, isHeadless, podChanged, podsOf, serviceChanged, type ServiceMemory } from "../services/index.ts";
import { subsetsOf, truncate } from "./subsets.ts";

const OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const ENDPOINTS = Object.freeze({ group: "", version: "v1", resource: "endpoints" } as const);

/** Keeps the Endpoints of each service with a selector. */
export const endpointsController: Controller<ServiceMemory> = {
  name: "endpoint",
  workers: 5,
  needs: ["services", "pods", "endpoints"],
  createMemory: createServiceMemory,
  on: {
    services: (memory, enqueue, view, key, before, after) => {
      serviceChanged(memory, view, key, before as Service | undefined, after as Service | undefined);
      enqueue.add(key);
    },
    pods: (memory, enqueue, view, key, before, after) => {
      podChanged(memory, enqueue, view, key, before as Pod | undefined, after as Pod | undefined);
    },
    endpoints: (_memory, enqueue, _view, key, _before, after) => {
      if (after === undefined) enqueue.add(key);
    },
  },
  plan: (key, view, memory) => planEndpoints(key, view, memory),
};

function planEndpoints(key: string, view: View, memory: ServiceMemory): Plan {
  const service = view.get("services", key);
  const present = view.get("endpoints", key);
  if (service === undefined) return present === undefined || !isOurs(present) ? NO_PLAN : removal(key, present);
  const { type, selector } = service.spec ?? {};
  if (type === "ExternalName" || selector === undefined || isBeingDeleted(service)) return NO_PLAN;
  return write(key, service, present, subsetsOf(service, podsOf(view, memory, key)));
}

/** Upstream deletes the Endpoints of a service that is gone, whoever made them. */
function isOurs(endpoints: Endpoints): boolean {
  return !isBeingDeleted(endpoints);
}

function removal(key: string, present: Endpoints): Plan {
  const { namespace, name } = splitKey(key);
  return planOf([{ call: { verb: "delete", ...ENDPOINTS, namespace, name, options: { preconditions: { uid: present.metadata?.uid ?? "" } } }, accept: [404] }]);
}

function write(key: string, service: Service, present: Endpoints | undefined, all: readonly EndpointSubset[]): Plan {
  const { namespace, name } = splitKey(key);
  const { subsets, truncated } = truncate(all);
  const labels = labelsOf(service);
  const { [OVER_CAPACITY]: over, ...others } = present?.metadata?.annotations ?? {};
  void over;
  const annotations = truncated ? { ...others, [OVER_CAPACITY]: "truncated" } : others;
  if (present !== undefined && deepEqual(present.subsets ?? [], subsets) && deepEqual(present.metadata?.labels ?? {}, labels) && deepEqual(present.metadata?.annotations ?? {}, annotations)) return NO_PLAN;
  const metadata = { ...present?.metadata, name, namespace, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
  const body: Endpoints = { apiVersion: "v1", kind: "Endpoints", metadata, ...(subsets.length === 0 ? {} : { subsets }) };
  return planOf([{ call: present === undefined ? { verb: "create", ...ENDPOINTS, namespace, body } : { verb: "update", ...ENDPOINTS, namespace, name, body } }]);
}

function labelsOf(service: Service): Readonly<Record<string, string>> {
  const { [HEADLESS_LABEL]: headless, ...labels } = service.metadata?.labels ?? {};
  void headless;
  return { ...labels, ...(isHeadless(service) ? { [HEADLESS_LABEL]: "" } : {}), [MANAGED_BY]: "endpoint-controller" };
}
