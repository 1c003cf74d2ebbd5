/** Claims in use by pods, and volumes bound to claims, are not removed before that ends (pkg/controller/volume/pvcprotection, pvprotection). */
import { type KubeObject, type Pod } from "../../api/index.ts";
import { isPodTerminal } from "../pods/index.ts";
import { BY_NAMESPACE, type Controller, type Enqueue, NO_PLAN, type Plan, planOf, type View } from "../runtime/index.ts";

const PVC = "kubernetes.io/pvc-protection";
const PV = "kubernetes.io/pv-protection";
const CLAIM = "claim/";
const VOLUME = "volume/";

/** Takes the protection off deleted claims and volumes once nobody needs them. */
export const volumeProtectionController: Controller<null> = {
  name: "pvc_protection",
  eventSource: "pvc-protection-controller",
  workers: 1,
  needs: ["persistentvolumes", "persistentvolumeclaims", "pods"],
  createMemory: () => null,
  on: {
    persistentvolumeclaims: (_memory, enqueue, _view, key, _before, after) => {
      if (after?.metadata?.deletionTimestamp !== undefined) enqueue.add(CLAIM + key);
    },
    persistentvolumes: (_memory, enqueue, _view, key, _before, after) => {
      if (after?.metadata?.deletionTimestamp !== undefined) enqueue.add(VOLUME + key);
    },
    pods: (_memory, enqueue, view, _key, before, after) => {
      podChanged(enqueue, view, before as Pod | undefined, after as Pod | undefined);
    },
  },
  plan: (key, view) => (key.startsWith(CLAIM) ? planClaim(key.slice(CLAIM.length), view) : planVolume(key.slice(VOLUME.length), view)),
};

/** Only the end of a pod can free a claim. */
function podChanged(enqueue: Enqueue, view: View, before: Pod | undefined, after: Pod | undefined): void {
  if (before === undefined || (after !== undefined && (isPodTerminal(before) || !isPodTerminal(after)))) return;
  for (const { persistentVolumeClaim } of before.spec?.volumes ?? []) {
    if (persistentVolumeClaim === undefined) continue;
    const key = `${before.metadata?.namespace ?? ""}/${persistentVolumeClaim.claimName}`;
    if (view.get("persistentvolumeclaims", key)?.metadata?.deletionTimestamp !== undefined) enqueue.add(CLAIM + key);
  }
}

function planClaim(key: string, view: View): Plan {
  const claim = view.get("persistentvolumeclaims", key);
  if (claim?.metadata?.deletionTimestamp === undefined || claim.metadata.finalizers?.includes(PVC) !== true) return NO_PLAN;
  const { namespace = "", name = "" } = claim.metadata;
  for (const podKey of view.keys("pods", BY_NAMESPACE, namespace)) {
    const pod = view.get("pods", podKey);
    if (pod !== undefined && uses(pod, name)) return NO_PLAN;
  }
  return withoutFinalizer("persistentvolumeclaims", claim, PVC);
}

function uses(pod: Pod, claim: string): boolean {
  if ((pod.spec?.nodeName ?? "") === "" || isPodTerminal(pod)) return false;
  return pod.spec?.volumes?.some((volume) => volume.persistentVolumeClaim?.claimName === claim) === true;
}

function planVolume(name: string, view: View): Plan {
  const volume = view.get("persistentvolumes", name);
  if (volume?.metadata?.finalizers?.includes(PV) !== true || volume.status?.phase === "Bound") return NO_PLAN;
  return withoutFinalizer("persistentvolumes", volume, PV);
}

function withoutFinalizer(resource: string, object: KubeObject, finalizer: string): Plan {
  const { namespace, name = "", uid, resourceVersion, finalizers = [] } = object.metadata ?? {};
  const left = finalizers.filter((other) => other !== finalizer);
  return planOf([{
    call: {
      verb: "patch", group: "", version: "v1", resource, name, ...(namespace === undefined ? {} : { namespace }),
      body: { metadata: { uid, resourceVersion, finalizers: left.length === 0 ? null : left } }, options: { patchType: "application/merge-patch+json" },
    },
    accept: [404],
  }]);
}
