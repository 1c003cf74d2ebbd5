import type { Cluster } from "../../framework/cluster-types.ts";
import type { NodeInfo } from "../../framework/node-info.ts";
import { refusal, type NodePlugin } from "../../framework/plugin.ts";
import type { PodShape } from "../../framework/pod-shape.ts";
import { className } from "../volume-binding/match-volume.ts";

const REFUSAL = refusal("NodeVolumeLimits", "node(s) exceed max volume count", true);

/** CSI driver of a claim's volume, or of the class that will provision it; "" when it is not CSI. */
function driverOf(cluster: Cluster, claimKey: string): string {
  const claim = cluster.volumes.claims.get(claimKey);
  if (claim === undefined) return "";
  const volume = cluster.volumes.volumes.get(claim.spec?.volumeName ?? "");
  if (volume !== undefined) return volume.spec?.csi?.driver ?? "";
  return cluster.volumes.classes.get(className(claim))?.provisioner ?? "";
}

function countClaims(cluster: Cluster, claims: Iterable<string>, counts: Map<string, number>, except?: ReadonlyMap<string, number>): void {
  for (const key of claims) {
    if (except?.has(key) === true) continue;
    const driver = driverOf(cluster, key);
    if (driver !== "") counts.set(driver, (counts.get(driver) ?? 0) + 1);
  }
}

function exceedsLimit(shape: PodShape, node: NodeInfo, cluster: Cluster): boolean {
  const drivers = cluster.volumes.csiNodes.get(node.name)?.spec?.drivers ?? [];
  const added = new Map<string, number>();
  countClaims(cluster, shape.claims, added, node.claims);
  if (added.size === 0) return false;
  const there = new Map<string, number>();
  countClaims(cluster, node.claims.keys(), there);
  for (const driver of drivers) {
    const limit = driver.allocatable?.count;
    const more = added.get(driver.name) ?? 0;
    if (limit !== undefined && more > 0 && (there.get(driver.name) ?? 0) + more > limit) return true;
  }
  return false;
}

/** A CSI driver can attach only so many volumes to a node (CSINode). Source: plugins/nodevolumelimits/csi.go. */
export const nodeVolumeLimits: NodePlugin = {
  name: "NodeVolumeLimits",
  filters: (shape) => shape.claims.length > 0,
  filter: (shape, node, cluster) => (exceedsLimit(shape, node, cluster) ? REFUSAL : undefined),
};
