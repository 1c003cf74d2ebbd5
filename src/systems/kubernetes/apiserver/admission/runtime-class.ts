/** RuntimeClass: a class adds its overhead and its scheduling to the pod. Source: kubernetes v1.36 plugin/pkg/admission/runtimeclass/admission.go. */
import type { Pod, PodSpec, RuntimeClass, Stored } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import type { AdmissionPlugin } from "./admission.ts";

/** See the module's comment. */
export const runtimeClass: AdmissionPlugin = {
  name: "RuntimeClass",
  resources: ["pods"],
  verbs: ["create"],
  admit(server, attributes) {
    const pod = attributes.object as Pod & { readonly spec: PodSpec };
    const name = pod.spec.runtimeClassName ?? "";
    if (name === "") return { object: pod };
    const cache = server.state.caches.get("runtimeclasses.node.k8s.io");
    const value = cache === undefined ? undefined : cached(cache, "", name);
    if (value === undefined) return { refused: forbidden(attributes.info, attributes.name, `pod rejected: RuntimeClass "${name}" not found`) };
    const { overhead, scheduling } = value.object as Stored<RuntimeClass>;
    const selector = scheduling?.nodeSelector;
    const tolerations = scheduling?.tolerations;
    const spec: PodSpec = {
      ...pod.spec,
      ...(overhead?.podFixed === undefined ? {} : { overhead: overhead.podFixed }),
      ...(selector === undefined ? {} : { nodeSelector: { ...pod.spec.nodeSelector, ...selector } }),
      ...(tolerations === undefined ? {} : { tolerations: [...(pod.spec.tolerations ?? []), ...tolerations] }),
    };
    return { object: { ...pod, spec } };
  },
};
