/** Persistent volumes: binding, provisioning, reclaiming. */
import { type PersistentVolume, type PersistentVolumeClaim } from "../../api/index.ts";
import { type Controller, type Enqueue, type View } from "../runtime/index.ts";
import { planClaim, planVolume, PROVISION_MS } from "./plan-claim.ts";

const CLAIM = "claim/";
const VOLUME = "volume/";

/** What it remembers. Plain data. */
export interface VolumeMemory {
  /** When a claim was handed to its provisioner, ms, by uid. */
  readonly provisioning: Map<string, number>;
}

/** Binds claims and volumes. */
export const persistentVolumeController: Controller<VolumeMemory> = {
  name: "persistentvolume-binder",
  eventSource: "persistentvolume-controller",
  workers: 1,
  needs: ["persistentvolumes", "persistentvolumeclaims", "storageclasses.storage.k8s.io", "nodes"],
  createMemory: () => ({ provisioning: new Map() }),
  on: {
    persistentvolumeclaims: (memory, enqueue, _view, key, before, after) => {
      if (after === undefined) memory.provisioning.delete(before?.metadata?.uid ?? "");
      enqueue.add(CLAIM + key);
      const volume = ((after ?? before) as PersistentVolumeClaim).spec?.volumeName;
      if (volume !== undefined && volume !== "") enqueue.add(VOLUME + volume);
    },
    persistentvolumes: (_memory, enqueue, view, key, _before, after) => {
      enqueue.add(VOLUME + key);
      volumeChanged(enqueue, view, after as PersistentVolume | undefined);
    },
    "storageclasses.storage.k8s.io": (_memory, enqueue, view, _key, before) => {
      if (before === undefined) wakePending(enqueue, view);
    },
  },
  plan(key, view, memory, now) {
    if (key.startsWith(VOLUME)) return planVolume(key.slice(VOLUME.length), view);
    const name = key.slice(CLAIM.length);
    const uid = view.get("persistentvolumeclaims", name)?.metadata?.uid ?? "";
    const since = memory.provisioning.get(uid);
    const plan = planClaim(name, view, since !== undefined && now >= since + PROVISION_MS);
    if (plan.requeueAfterMs === PROVISION_MS && since === undefined) memory.provisioning.set(uid, now);
    return plan;
  },
};

function volumeChanged(enqueue: Enqueue, view: View, volume: PersistentVolume | undefined): void {
  const reference = volume?.spec?.claimRef;
  if (reference !== undefined) enqueue.add(`${CLAIM}${reference.namespace ?? ""}/${reference.name ?? ""}`);
  else wakePending(enqueue, view);
}

/** A new volume or class may help claims that wait. */
function wakePending(enqueue: Enqueue, view: View): void {
  for (const claim of view.all("persistentvolumeclaims")) {
    const { namespace = "", name = "" } = claim.metadata ?? {};
    if (claim.status?.phase !== "Bound") enqueue.add(`${CLAIM}${namespace}/${name}`);
  }
}
