import type { Volume } from "../../../api/index.ts";
import { refusal, type NodePlugin } from "../../framework/plugin.ts";

const NAME = "VolumeRestrictions";
const IN_USE = refusal(NAME, "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode", true);
const DISK_TAKEN = refusal(NAME, "node(s) had no available disk", true);

/** Two pods of one node can't share these disks, unless both only read (isVolumeConflict). */
function clash(a: Volume, b: Volume): boolean {
  if (a.gcePersistentDisk !== undefined && b.gcePersistentDisk !== undefined) {
    return a.gcePersistentDisk.pdName === b.gcePersistentDisk.pdName && !(a.gcePersistentDisk.readOnly === true && b.gcePersistentDisk.readOnly === true);
  }
  if (a.awsElasticBlockStore !== undefined && b.awsElasticBlockStore !== undefined) return a.awsElasticBlockStore.volumeID === b.awsElasticBlockStore.volumeID;
  if (a.iscsi !== undefined && b.iscsi !== undefined) return a.iscsi.iqn === b.iscsi.iqn && !(a.iscsi.readOnly === true && b.iscsi.readOnly === true);
  if (a.rbd !== undefined && b.rbd !== undefined) {
    return a.rbd.pool === b.rbd.pool && a.rbd.image === b.rbd.image && a.rbd.monitors.some((one) => b.rbd?.monitors.includes(one) === true) && !(a.rbd.readOnly === true && b.rbd.readOnly === true);
  }
  return false;
}

/** Volumes that only one pod, or one pod of a node, may use. Source: plugins/volumerestrictions/volume_restrictions.go. */
export const volumeRestrictions: NodePlugin = {
  name: NAME,
  filters: (shape) => shape.hasVolumes,
  filter: (shape, node, cluster) => {
    for (const key of shape.claims) {
      if (node.claims.has(key) && cluster.volumes.claims.get(key)?.spec?.accessModes?.includes("ReadWriteOncePod") === true) return IN_USE;
    }
    for (const own of shape.spec.volumes ?? []) {
      if (own.gcePersistentDisk === undefined && own.awsElasticBlockStore === undefined && own.iscsi === undefined && own.rbd === undefined) continue;
      for (const info of node.pods.values()) for (const other of info.shape.spec.volumes ?? []) if (clash(own, other)) return DISK_TAKEN;
    }
    return undefined;
  },
};
