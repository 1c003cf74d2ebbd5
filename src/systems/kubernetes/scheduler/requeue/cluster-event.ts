/** Things that happen in the cluster and may let a pod be placed after all. Source: k8s.io/kube-scheduler framework ClusterEvent. */
import type { Node, Pod } from "../../api/index.ts";

/** `before` undefined = new; for pods, `pod` is one on a node. */
export type ClusterEvent =
  | { readonly kind: "node"; readonly before: Node | undefined; readonly after: Node }
  | { readonly kind: "nodeDeleted"; readonly before: Node }
  | { readonly kind: "podAdded"; readonly pod: Pod }
  | { readonly kind: "podLabels"; readonly pod: Pod; readonly before: Pod }
  | { readonly kind: "podDeleted"; readonly pod: Pod }
  | { readonly kind: "podShrunk"; readonly pod: Pod }
  | { readonly kind: "storage"; readonly resource: string; readonly key: string };

/** Kinds of event, for each the plugins that want to know (EventsToRegister of each plugin). */
export const INTERESTED: Readonly<Record<ClusterEvent["kind"], readonly string[]>> = {
  node: ["NodeUnschedulable", "NodeName", "TaintToleration", "NodeAffinity", "NodePorts", "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity", "VolumeBinding", "VolumeZone", "NodeVolumeLimits", "VolumeRestrictions"],
  nodeDeleted: ["PodTopologySpread"],
  podAdded: ["InterPodAffinity", "PodTopologySpread"],
  podLabels: ["InterPodAffinity", "PodTopologySpread"],
  podDeleted: ["NodePorts", "NodeResourcesFit", "PodTopologySpread", "InterPodAffinity", "VolumeRestrictions", "NodeVolumeLimits"],
  podShrunk: ["NodeResourcesFit"],
  storage: ["VolumeBinding", "VolumeZone", "NodeVolumeLimits", "VolumeRestrictions"],
};
