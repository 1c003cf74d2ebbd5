/** EndpointSlices of services with a selector. */
import { type EndpointSlice, namespacedKey, type Pod, type Service } from "../../api/index.ts";
import { BY_NODE, type Controller, SERVICE_NAME_LABEL } from "../runtime/index.ts";
import { createServiceMemory, enqueueService, podChanged, serviceChanged, type ServiceMemory, servicesOf } from "../services/index.ts";
import { planService } from "./plan-service.ts";

/** Keeps the slices of each service equal to the pods it selects. */
export const endpointSliceController: Controller<ServiceMemory> = {
  name: "endpoint_slice",
  eventSource: "endpoint-slice-controller",
  workers: 5,
  needs: ["services", "pods", "nodes", "endpointslices.discovery.k8s.io"],
  createMemory: createServiceMemory,
  on: {
    services: (memory, enqueue, view, key, before, after) => {
      serviceChanged(memory, view, key, before as Service | undefined, after as Service | undefined);
      enqueue.add(key);
    },
    pods: (memory, enqueue, view, key, before, after) => {
      podChanged(memory, enqueue, view, key, before as Pod | undefined, after as Pod | undefined);
    },
    "endpointslices.discovery.k8s.io": (memory, enqueue, _view, _key, before, after) => {
      const { metadata } = (after ?? before) as EndpointSlice;
      const service = metadata?.labels?.[SERVICE_NAME_LABEL];
      if (service !== undefined) enqueueService(memory, enqueue, namespacedKey(metadata?.namespace, service));
    },
    nodes: (memory, enqueue, view, _key, before, after) => {
      // A pod's endpoint waits for its node to be known (and upstream syncs again with back-off until it is).
      if (before !== undefined || after === undefined) return;
      for (const pod of view.list("pods", BY_NODE, after.metadata?.name ?? "")) {
        for (const service of servicesOf(view, pod.metadata?.namespace ?? "", pod.metadata?.labels)) enqueueService(memory, enqueue, service);
      }
    },
  },
  plan: (key, view, memory) => planService(key, view, memory),
};
