/**
 * ConfigMaps and Secrets that change while pods use them: files of volumes follow with the kubelet's next look at the
 * pod (up to a minute later: syncFrequency); environment variables stay as they were.
 */
import type { Context } from "../../../engine/bus/index.ts";
import { nextBelow } from "../../../engine/random/index.ts";
import type { KubeObject } from "../api/index.ts";
import { askRuntime } from "./runtime-calls.ts";
import type { KubeletState } from "./state.ts";
import { syncPod } from "./sync-pod.ts";
import { resolveVolumes } from "./volumes.ts";

/** Timer of a pod's volumes. */
export const VOLUME_TIMER = "volumes/";
/** The kubelet looks at every pod this often (syncFrequency). */
const SYNC_FREQUENCY_MS = 60_000;

/** A source changed. */
export function refreshSource(state: KubeletState, context: Context, informer: string, _key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  for (const uid of state.sources.get(informer)?.users ?? []) {
    const worker = state.workers.get(uid);
    if (worker === undefined) continue;
    if (worker.volumes === undefined) syncPod(state, context, worker);
    else if (before !== undefined && after !== undefined && !context.hasTimer(VOLUME_TIMER + uid)) context.setTimer(VOLUME_TIMER + uid, 1000 + nextBelow(context.random, SYNC_FREQUENCY_MS), uid);
  }
}

/** Writes the files of a pod's volumes anew. */
export function volumeTimer(state: KubeletState, context: Context, uid: string): void {
  const worker = state.workers.get(uid);
  if (worker?.volumes === undefined || worker.phase !== "syncing") return;
  const result = resolveVolumes(state, worker.pod, worker.sandbox?.ip ?? "", context.now);
  if (!("volumes" in result)) return;
  worker.volumes = result.volumes;
  for (const { volume, files, readOnly } of result.volumes.values()) {
    if (readOnly) askRuntime(state, context, { type: "cri/UpdateVolume", volume, files }, { op: "ignore" });
  }
}
