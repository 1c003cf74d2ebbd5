/** Priority: a pod's class becomes its number. Source: kubernetes v1.36 plugin/pkg/admission/priority/admission.go. */
import { extended } from "../../../../base/plain/index.ts";
import type { Pod, PodSpec, PriorityClass, Stored } from "../../api/index.ts";
import { failure, forbidden } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import type { Server } from "../state.ts";
import type { AdmissionPlugin } from "./admission.ts";

function classes(server: Server): ReadonlyMap<string, { readonly object: Stored }> {
  return server.state.caches.get("priorityclasses.scheduling.k8s.io")?.items.get("") ?? new Map<string, { readonly object: Stored }>();
}

/** The class that counts for pods without one: the global default, the lowest if there are several. */
function globalDefault(server: Server): Stored<PriorityClass> | undefined {
  let found: Stored<PriorityClass> | undefined;
  for (const { object } of classes(server).values()) {
    const candidate = object as Stored<PriorityClass>;
    if (candidate.globalDefault === true && (found === undefined || (candidate.value ?? 0) < (found.value ?? 0))) found = candidate;
  }
  return found;
}

/** See the module's comment. */
export const priority: AdmissionPlugin = {
  name: "Priority",
  resources: ["pods", "priorityclasses.scheduling.k8s.io"],
  verbs: ["create", "update"],
  admit(server, attributes) {
    const { object, storage, verb, subresource } = attributes;
    if (storage !== "pods" || verb !== "create" || subresource !== "") return { object: object ?? {} };
    const pod = object as Pod & { readonly spec: PodSpec };
    const name = pod.spec.priorityClassName ?? "";
    const chosen = name === "" ? globalDefault(server) : classNamed(server, name);
    if (name !== "" && chosen === undefined) return { refused: forbidden(attributes.info, attributes.name, `no PriorityClass with name ${name} was found`) };
    const value = chosen?.value ?? 0;
    const policy = chosen?.preemptionPolicy ?? "PreemptLowerPriority";
    const { priority: given, preemptionPolicy: givenPolicy } = pod.spec;
    if (given !== undefined && given !== value) return { refused: forbidden(attributes.info, attributes.name, `the integer value of priority (${given}) must not be provided in pod spec; priority admission controller computed ${value} from the given PriorityClass name`) };
    if (givenPolicy !== undefined && givenPolicy !== policy) return { refused: forbidden(attributes.info, attributes.name, `the string value of PreemptionPolicy (${givenPolicy}) must not be provided in pod spec; priority admission controller computed ${policy} from the given PriorityClass name`) };
    const named = name === "" && chosen !== undefined ? { priorityClassName: chosen.metadata.name } : {};
    return { object: { ...pod, spec: extended(pod.spec, { ...named, priority: value, preemptionPolicy: policy }) } };
  },
  validate(server, attributes) {
    if (attributes.storage !== "priorityclasses.scheduling.k8s.io") return undefined;
    const wanted = attributes.object as PriorityClass;
    const present = globalDefault(server);
    if (wanted.globalDefault !== true || present === undefined || present.metadata.name === attributes.name) return undefined;
    return failure(403, "Forbidden", `priorityclasses.scheduling.k8s.io "${attributes.name}" is forbidden: PriorityClass ${present.metadata.name} is already marked as default. Only one default can exist`, { name: attributes.name, group: "scheduling.k8s.io", kind: "priorityclasses" });
  },
};

function classNamed(server: Server, name: string): Stored<PriorityClass> | undefined {
  const cache = server.state.caches.get("priorityclasses.scheduling.k8s.io");
  return cache === undefined ? undefined : (cached(cache, "", name)?.object as Stored<PriorityClass> | undefined);
}
