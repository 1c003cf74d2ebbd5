/** Who the kubelet is to the API server, and what it watches. */
import { extended } from "../../../base/plain/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import { API_SERVER, type KubeObject, type Pod } from "../api/index.ts";
import type { ApiClient, InformerSpecs } from "../client/index.ts";
import { type EventDraft, recordEvent, referenceTo } from "../events/index.ts";
import type { KubeletState } from "./state.ts";

/** The identity of a node's kubelet. */
export function kubeletClient(node: string): ApiClient {
  return { server: API_SERVER, user: `system:node:${node}`, agent: "kubelet" };
}

/** Pods bound to the node, and the node itself. */
export function podSpecs(node: string): InformerSpecs {
  return {
    pods: { group: "", version: "v1", resource: "pods", fieldSelector: `spec.nodeName=${node}` },
    nodes: { group: "", version: "v1", resource: "nodes", fieldSelector: `metadata.name=${node}` },
  };
}

/** Services, for the environment variables of pods. */
export const SERVICE_SPECS: InformerSpecs = Object.freeze({ services: { group: "", version: "v1", resource: "services" } });

/** Path of a container in its pod, as events carry it (pkg/kubelet/container/ref.go). */
export function fieldPath(pod: Pod, container: string): string {
  const kind = pod.spec?.initContainers?.some((init) => init.name === container) === true ? "initContainers" : "containers";
  return `spec.${kind}{${container}}`;
}

/** Records an event about a pod, or about one container of it. */
export function podEvent(state: KubeletState, context: Context, pod: Pod, type: EventDraft["type"], reason: string, message: string, container?: string): void {
  const reference = referenceTo(pod, "Pod", "v1");
  const regarding = container === undefined ? reference : extended(reference, { fieldPath: fieldPath(pod, container) });
  recordEvent(state.recorder, context, kubeletClient(state.config.node), { regarding, type, reason, message });
}

/** Records an event about the node. Its uid is the node's name, as the kubelet has always done. */
export function nodeEvent(state: KubeletState, context: Context, type: EventDraft["type"], reason: string, message: string): void {
  const { node } = state.config;
  recordEvent(state.recorder, context, kubeletClient(node), { regarding: { kind: "Node", name: node, uid: node }, type, reason, message });
}

/** "pods/namespace/name": what notes are about. */
export function noteName(object: KubeObject): string {
  return `pods/${object.metadata?.namespace ?? "default"}/${object.metadata?.name ?? ""}`;
}
