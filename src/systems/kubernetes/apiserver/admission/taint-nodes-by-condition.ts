/** TaintNodesByCondition: a new node is tainted until it says it is ready. Source: kubernetes v1.36 plugin/pkg/admission/nodetaint/admission.go. */
import { extended } from "../../../../base/plain/index.ts";
import type { Node, Taint } from "../../api/index.ts";
import type { AdmissionPlugin } from "./admission.ts";

const notReady: Taint = Object.freeze({ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" });

/** See the module's comment. */
export const taintNodesByCondition: AdmissionPlugin = {
  name: "TaintNodesByCondition",
  resources: ["nodes"],
  verbs: ["create"],
  admit(_server, attributes) {
    const node = attributes.object as Node;
    const taints = node.spec?.taints ?? [];
    if (taints.some((taint) => taint.key === notReady.key && taint.effect === notReady.effect)) return { object: node };
    return { object: { ...node, spec: extended(node.spec ?? {}, { taints: [...taints, notReady] }) } };
  },
};
