/** DefaultTolerationSeconds: pods leave a dead node after five minutes. Source: kubernetes v1.36 plugin/pkg/admission/defaulttolerationseconds/admission.go. */
import { extended } from "../../../../base/plain/index.ts";
import type { Pod, PodSpec, Toleration } from "../../api/index.ts";
import type { AdmissionPlugin } from "./admission.ts";

const SECONDS = 300;
const NOT_READY = "node.kubernetes.io/not-ready";
const UNREACHABLE = "node.kubernetes.io/unreachable";
const added = [NOT_READY, UNREACHABLE].map((key): Toleration => Object.freeze({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: SECONDS }));

function tolerates(tolerations: readonly Toleration[], key: string): boolean {
  return tolerations.some((one) => (one.key === key || (one.key ?? "") === "") && (one.effect === "NoExecute" || (one.effect ?? "") === ""));
}

/** See the module's comment. */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: "DefaultTolerationSeconds",
  resources: ["pods"],
  verbs: ["create"],
  admit(_server, attributes) {
    const pod = attributes.object as Pod & { readonly spec: PodSpec };
    const present = pod.spec.tolerations ?? [];
    const missing = added.filter((one) => !tolerates(present, one.key ?? ""));
    return { object: missing.length === 0 ? pod : { ...pod, spec: extended(pod.spec, { tolerations: present.length === 0 && missing.length === 2 ? added : [...present, ...missing] }) } };
  },
};
