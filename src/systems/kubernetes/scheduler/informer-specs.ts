import type { InformerSpecs } from "../client/index.ts";

/** What the scheduler watches. Source: pkg/scheduler/eventhandlers.go, addAllEventHandlers, and the listers of the plugins. */
export const INFORMERS: InformerSpecs = {
  nodes: { group: "", version: "v1", resource: "nodes" },
  namespaces: { group: "", version: "v1", resource: "namespaces" },
  persistentvolumes: { group: "", version: "v1", resource: "persistentvolumes" },
  persistentvolumeclaims: { group: "", version: "v1", resource: "persistentvolumeclaims" },
  storageclasses: { group: "storage.k8s.io", version: "v1", resource: "storageclasses" },
  csinodes: { group: "storage.k8s.io", version: "v1", resource: "csinodes" },
  services: { group: "", version: "v1", resource: "services" },
  replicationcontrollers: { group: "", version: "v1", resource: "replicationcontrollers" },
  replicasets: { group: "apps", version: "v1", resource: "replicasets" },
  statefulsets: { group: "apps", version: "v1", resource: "statefulsets" },
  poddisruptionbudgets: { group: "policy", version: "v1", resource: "poddisruptionbudgets" },
  pods: { group: "", version: "v1", resource: "pods" },
};
