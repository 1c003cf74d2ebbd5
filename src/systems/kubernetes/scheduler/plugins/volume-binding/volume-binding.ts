/**
 * Claims must be bound, or be bindable on the node: to a volume that is there, or to one that can be provisioned there.
 * Source: plugins/volumebinding/{volume_binding,binder}.go. Absent: CSIStorageCapacity, scoring by capacity (alpha).
 */
import type { Node, PersistentVolumeClaim, StorageClass } from "../../../api/index.ts";
import type { Cluster } from "../../framework/cluster-types.ts";
import { refusal, type NodePlugin, type Refusal } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import { className, findVolume, isBound, reaches } from "./match-volume.ts";

const NAME = "VolumeBinding";
const NO_PROVISIONER = "kubernetes.io/no-provisioner";
const WRONG_NODE = refusal(NAME, "node(s) didn't match PersistentVolume's node affinity", false);
const NO_VOLUME = refusal(NAME, "node(s) didn't find available persistent volumes to bind", false);
const NOT_THERE = refusal(NAME, "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)", false);
const UNBOUND = refusal(NAME, "pod has unbound immediate PersistentVolumeClaims", false);

/** How a pod's claims get their volumes on a node. */
export interface VolumePlan {
  /** Claim key → volume name. */
  readonly volumes: ReadonlyMap<string, string>;
  /** Claims to be provisioned for the node. */
  readonly provisioned: readonly string[];
}

function waitsForPod(storageClass: StorageClass | undefined): boolean {
  return storageClass?.volumeBindingMode === "WaitForFirstConsumer";
}

function preFilterClaim(shape: PodShape, cluster: Cluster, key: string): Refusal | undefined {
  const claim = cluster.volumes.claims.get(key);
  const name = key.slice(key.indexOf("/") + 1);
  const quoted = JSON.stringify(name);
  if (claim === undefined) {
    const isEphemeral = (shape.spec.volumes ?? []).some((volume) => volume.ephemeral !== undefined && name.endsWith(`-${volume.name}`));
    return refusal(NAME, isEphemeral ? `waiting for ephemeral volume controller to create the persistentvolumeclaim ${quoted}` : `persistentvolumeclaim ${quoted} not found`, false);
  }
  if (claim.status?.phase === "Lost") return refusal(NAME, `persistentvolumeclaim ${quoted} bound to non-existent persistentvolume ${JSON.stringify(claim.spec?.volumeName ?? "")}`, false);
  if (claim.metadata?.deletionTimestamp !== undefined) return refusal(NAME, `persistentvolumeclaim ${quoted} is being deleted`, false);
  return isBound(claim) || waitsForPod(cluster.volumes.classes.get(className(claim))) ? undefined : UNBOUND;
}

function canProvision(storageClass: StorageClass | undefined, node: Node): boolean {
  if (storageClass === undefined || storageClass.provisioner === NO_PROVISIONER || storageClass.provisioner === "") return false;
  const allowed = storageClass.allowedTopologies;
  if (allowed === undefined || allowed.length === 0) return true;
  return allowed.some((term) => (term.matchLabelExpressions ?? []).every((one) => one.values.includes(node.metadata?.labels?.[one.key] ?? "")));
}

function boundRefusal(cluster: Cluster, claim: PersistentVolumeClaim, node: Node): Refusal | undefined {
  const volume = cluster.volumes.volumes.get(claim.spec?.volumeName ?? "");
  if (volume === undefined) return NOT_THERE;
  return reaches(volume, node) ? undefined : WRONG_NODE;
}

/** How the claims of a pod would be bound on a node, or why they can't. */
export function planVolumes(shape: PodShape, cluster: Cluster, node: Node): VolumePlan | Refusal {
  const volumes = new Map<string, string>();
  const provisioned: string[] = [];
  const used = new Set<string>();
  for (const key of shape.claims) {
    const claim = cluster.volumes.claims.get(key);
    if (claim === undefined) continue;
    if (isBound(claim)) {
      const refused = boundRefusal(cluster, claim, node);
      if (refused !== undefined) return refused;
      continue;
    }
    const volume = findVolume(cluster, key, claim, node, used);
    if (volume !== undefined) {
      used.add(volume.metadata?.name ?? "");
      volumes.set(key, volume.metadata?.name ?? "");
    } else if (canProvision(cluster.volumes.classes.get(className(claim)), node)) provisioned.push(key);
    else return NO_VOLUME;
  }
  return { volumes, provisioned };
}

/** See the module's comment. */
export const volumeBinding: NodePlugin = {
  name: NAME,
  preFilter: (shape, cluster) => {
    for (const key of shape.claims) {
      const refused = preFilterClaim(shape, cluster, key);
      if (refused !== undefined) return refused;
    }
    return undefined;
  },
  filters: (shape) => shape.claims.length > 0,
  filter: (shape, { node }, cluster) => {
    if (node === undefined) return NO_VOLUME;
    const plan = planVolumes(shape, cluster, node);
    return "plugin" in plan ? plan : undefined;
  },
};
