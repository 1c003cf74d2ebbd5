/** The default ServiceAccount of each namespace (pkg/controller/serviceaccount/serviceaccounts_controller.go). */
import type { Namespace } from "../../api/index.ts";
import { type Controller, NO_PLAN, planOf } from "../runtime/index.ts";

const DEFAULT = "default";

/** Makes the ServiceAccount "default" in every active namespace, and again when it is deleted. */
export const serviceAccountController: Controller<null> = {
  name: "serviceaccount",
  eventSource: "service-account-controller",
  workers: 5,
  needs: ["namespaces", "serviceaccounts"],
  createMemory: () => null,
  on: {
    namespaces: (_memory, enqueue, _view, key, before, after) => {
      if (after !== undefined && phaseOf(before as Namespace | undefined) !== phaseOf(after as Namespace)) enqueue.add(key);
    },
    serviceaccounts: (_memory, enqueue, _view, _key, before, after) => {
      if (after === undefined && before?.metadata?.name === DEFAULT) enqueue.add(before.metadata.namespace ?? "");
    },
  },
  plan(namespace, view) {
    if (phaseOf(view.get("namespaces", namespace)) !== "Active" || view.get("serviceaccounts", `${namespace}/${DEFAULT}`) !== undefined) return NO_PLAN;
    const body = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: DEFAULT, namespace } };
    return planOf([{ call: { verb: "create", group: "", version: "v1", resource: "serviceaccounts", namespace, body }, accept: [409] }]);
  },
};

/** A namespace that doesn't say its phase yet is active (defaulting fills it). */
function phaseOf(namespace: Namespace | undefined): string | undefined {
  if (namespace === undefined) return undefined;
  return namespace.metadata?.deletionTimestamp === undefined ? (namespace.status?.phase ?? "Active") : "Terminating";
}
