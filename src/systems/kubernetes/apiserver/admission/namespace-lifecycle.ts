/**
 * NamespaceLifecycle: nothing is created in a namespace that isn't there or is being deleted, and the namespaces the
 * system lives in stay. Source: k8s.io/apiserver v1.36 pkg/admission/plugin/namespace/lifecycle/admission.go.
 */
import type { Namespace, Stored } from "../../api/index.ts";
import { failure, forbidden, notFound } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import type { AdmissionPlugin } from "./admission.ts";

const immortal: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public"]);
const NAMESPACES = { group: "", resource: "namespaces" };

/** See the module's comment. */
export const namespaceLifecycle: AdmissionPlugin = {
  name: "NamespaceLifecycle",
  resources: ["*"],
  verbs: ["create", "delete"],
  validate(server, attributes) {
    const { storage, verb, namespace, name, info } = attributes;
    if (verb === "delete") {
      return storage === "namespaces" && immortal.has(name) ? forbidden(NAMESPACES, name, "this namespace may not be deleted") : undefined;
    }
    if (!info.namespaced || namespace === "") return undefined;
    const found = server.state.caches.get("namespaces");
    const value = found === undefined ? undefined : cached(found, "", namespace);
    if (value === undefined) return notFound(NAMESPACES, namespace);
    const living = value.object as Stored<Namespace>;
    if (living.metadata.deletionTimestamp === undefined && living.status?.phase !== "Terminating") return undefined;
    return terminating(attributes.info, name, namespace);
  },
};

function terminating(target: { readonly group: string; readonly resource: string }, name: string, namespace: string): ReturnType<typeof failure> {
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const refused = forbidden(target, name, why);
  const causes = [{ reason: "NamespaceTerminating", message: `namespace ${namespace} is being terminated`, field: "metadata.namespace" }];
  const { message, details } = refused.body as { readonly message: string; readonly details: object };
  return failure(403, "Forbidden", message, { ...details, causes });
}
