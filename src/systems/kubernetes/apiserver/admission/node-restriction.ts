/**
 * NodeRestriction, lightly: a kubelet may touch its own node, its lease and the pods bound to it.
 * Source: kubernetes v1.36 plugin/pkg/admission/noderestriction/admission.go.
 */
import type { ApiResponse, Pod } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import type { AdmissionAttributes, AdmissionPlugin } from "./admission.ts";

const NODE_USER = "system:node:";

/** See the module's comment. */
export const nodeRestriction: AdmissionPlugin = {
  name: "NodeRestriction",
  resources: ["nodes", "pods"],
  verbs: ["create", "update", "delete"],
  validate(_server, attributes) {
    const { user } = attributes.call;
    if (!user.startsWith(NODE_USER)) return undefined;
    const node = user.slice(NODE_USER.length);
    return attributes.storage === "nodes" ? aboutNode(attributes, node) : aboutPod(attributes, node);
  },
};

function aboutNode(attributes: AdmissionAttributes, node: string): ApiResponse | undefined {
  if (attributes.name === node) return undefined;
  return forbidden(attributes.info, attributes.name, `node "${node}" is not allowed to modify node "${attributes.name}"`);
}

function aboutPod(attributes: AdmissionAttributes, node: string): ApiResponse | undefined {
  const { verb, subresource, info, name } = attributes;
  const pod = (attributes.old ?? attributes.object) as Pod | undefined;
  const where = pod?.spec?.nodeName ?? "";
  if (verb === "create" && subresource === "") {
    const mirror = pod?.metadata?.annotations?.["kubernetes.io/config.mirror"] !== undefined;
    if (!mirror) return forbidden(info, name, `pod does not have "kubernetes.io/config.mirror" annotation, node "${node}" can only create mirror pods`);
  }
  if (where === node) return undefined;
  if (verb === "delete") return forbidden(info, name, `node "${node}" can only delete pods with spec.nodeName set to itself`);
  return forbidden(info, name, `node "${node}" can only ${verb === "create" ? "create pods" : "update pod status for pods"} with spec.nodeName set to itself`);
}
