/** Which volume suits a claim. Source: component-helpers storage/volume/pv_helpers.go (FindMatchingVolume, CheckNodeAffinity). */
import { byteValue } from "../../../../../base/quantity/index.ts";
import type { Node, PersistentVolume, PersistentVolumeClaim } from "../../../api/index.ts";
import { compileSelector } from "../../../selectors/index.ts";
import type { Cluster } from "../../framework/cluster-types.ts";
import { matchesNodeSelector } from "../../framework/node-selector.ts";

/** The class a claim or volume names, "" for none. */
export function className(object: PersistentVolume | PersistentVolumeClaim): string {
  return object.metadata?.annotations?.["volume.beta.kubernetes.io/storage-class"] ?? object.spec?.storageClassName ?? "";
}

/** True when a claim has its volume. */
export function isBound(claim: PersistentVolumeClaim): boolean {
  return (claim.spec?.volumeName ?? "") !== "" && claim.metadata?.annotations?.["pv.kubernetes.io/bind-completed"] !== undefined
    || ((claim.spec?.volumeName ?? "") !== "" && claim.status?.phase === "Bound");
}

/** True when a volume can be used from a node. */
export function reaches(volume: PersistentVolume, node: Node): boolean {
  const required = volume.spec?.nodeAffinity?.required;
  return required === undefined || matchesNodeSelector(required, node);
}

function isTakenByOther(cluster: Cluster, volume: PersistentVolume, claimKey: string): boolean {
  const ref = volume.spec?.claimRef;
  if (ref !== undefined) return `${ref.namespace ?? ""}/${ref.name ?? ""}` !== claimKey;
  const promised = cluster.volumes.assumed.get(volume.metadata?.name ?? "");
  return promised !== undefined && promised !== claimKey;
}

function suits(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  if (className(claim) !== className(volume)) return false;
  if ((claim.spec?.volumeMode ?? "Filesystem") !== (volume.spec?.volumeMode ?? "Filesystem")) return false;
  const modes = volume.spec?.accessModes ?? [];
  if (!(claim.spec?.accessModes ?? []).every((mode) => modes.includes(mode))) return false;
  if (claim.spec?.selector !== undefined && !compileSelector(claim.spec.selector)(volume.metadata?.labels)) return false;
  return byteValue(volume.spec?.capacity?.["storage"]) >= byteValue(claim.spec?.resources?.requests?.["storage"]);
}

/** The smallest free volume that suits a claim and reaches a node. `used` are volumes meant for other claims of the pod. */
export function findVolume(cluster: Cluster, claimKey: string, claim: PersistentVolumeClaim, node: Node, used: ReadonlySet<string>): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  for (const volume of cluster.volumes.volumes.values()) {
    const phase = volume.status?.phase ?? "Available";
    if (used.has(volume.metadata?.name ?? "") || volume.metadata?.deletionTimestamp !== undefined) continue;
    if ((phase !== "Available" && volume.spec?.claimRef === undefined) || isTakenByOther(cluster, volume, claimKey)) continue;
    if (!suits(claim, volume) || !reaches(volume, node)) continue;
    if (volume.spec?.claimRef !== undefined) return volume;
    if (best === undefined || byteValue(volume.spec?.capacity?.["storage"]) < byteValue(best.spec?.capacity?.["storage"])) best = volume;
  }
  return best;
}
