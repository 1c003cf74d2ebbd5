import { refusal, type NodePlugin } from "../../framework/plugin.ts";

const REFUSAL = refusal("VolumeZone", "node(s) had no available volume zone", false);
const ZONE_LABELS = ["topology.kubernetes.io/zone", "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region"];

/** A volume labelled with zones can be used only there; several zones are joined by "__". Source: plugins/volumezone/volume_zone.go. */
export const volumeZone: NodePlugin = {
  name: "VolumeZone",
  filters: (shape) => shape.claims.length > 0,
  filter: (shape, { node }, cluster) => {
    for (const key of shape.claims) {
      const labels = cluster.volumes.volumes.get(cluster.volumes.claims.get(key)?.spec?.volumeName ?? "")?.metadata?.labels;
      if (labels === undefined) continue;
      for (const label of ZONE_LABELS) {
        const zones = labels[label];
        if (zones !== undefined && !zones.split("__").includes(node?.metadata?.labels?.[label] ?? "")) return REFUSAL;
      }
    }
    return undefined;
  },
};
