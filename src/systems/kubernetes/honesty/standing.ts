/** Which behaviours of a kind are simplified or absent. */
import { MODEL_ROWS } from "./generated/rows.ts";

/** One behaviour that differs from the real thing. */
export interface Standing {
  readonly behaviour: string;
  readonly standing: "simplified" | "absent";
  readonly note: string;
}

/** Parts of the model that a kind's behaviour comes from. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  Pod: ["kubernetes/kubelet", "containers", "kubernetes/scheduler"], Node: ["kubernetes/kubelet", "machines"],
  Service: ["kubernetes/kube-proxy", "kubernetes/cluster-dns", "kubernetes/cloud", "containers/network"], EndpointSlice: ["kubernetes/kube-proxy"],
};
const MOST_ROWS = 12;

/** Rows about a kind: those of its own parts, then those that name it. */
export function honestyFor(kind: string): Standing[] {
  const parts = PARTS[kind] ?? [];
  const names = new RegExp(`\\b${kind}s?\\b`);
  const own = MODEL_ROWS.filter(([, behaviour, standing]) => standing !== "modelled" && names.test(behaviour));
  const near = MODEL_ROWS.filter(([part, behaviour, standing]) => standing !== "modelled" && parts.includes(part) && !names.test(behaviour));
  return [...own, ...near].slice(0, MOST_ROWS).map(([, behaviour, standing, note]) => ({ behaviour, standing: standing as "simplified" | "absent", note }));
}
