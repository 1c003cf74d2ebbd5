/**
 * Images for containers: pull policies, one pull at a time on a node (serializeImagePulls), and back-off after failures
 * (pkg/kubelet/images/image_manager.go).
 */
import { formatDuration } from "../../../base/duration/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse } from "../../containers/cri/index.ts";
import { isLatest, parseReference } from "../../containers/images/index.ts";
import { canonicalReference } from "../../containers/runtime/index.ts";
import type { Container } from "../api/index.ts";
import { nextBackOff, retryAllowedAt } from "./back-off.ts";
import { noteName, podEvent } from "./client.ts";
import { nodeChanged } from "./node-registration.ts";
import { recordOf } from "./records.ts";
import { askRuntime } from "./runtime-calls.ts";
import type { ContainerRecord, KubeletState, PodWorker, QueuedPull } from "./state.ts";

/** What to do about a container's image: it is there, wait for a pull, or wait because of an error. */
export type ImageDecision = "present" | "pulling" | "failed";

function policyOf(spec: Container): string {
  if (spec.imagePullPolicy !== undefined) return spec.imagePullPolicy;
  const parsed = parseReference(spec.image ?? "");
  return "reference" in parsed && isLatest(parsed.reference) ? "Always" : "IfNotPresent";
}

/** Sees to a container's image before it is created. */
export function ensureImage(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord): ImageDecision {
  const image = record.spec.image ?? "";
  const parsed = parseReference(image);
  if ("error" in parsed) return invalidName(state, context, worker, record, parsed.error);
  const present = state.images.has(parsed.reference.canonical);
  const policy = policyOf(record.spec);
  if (present && policy !== "Always") {
    podEvent(state, context, worker.pod, "Normal", "Pulled", `Container image "${image}" already present on machine and can be accessed by the pod`, record.name);
    return "present";
  }
  if (policy === "Never") {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    podEvent(state, context, worker.pod, "Warning", "ErrImageNeverPull", message, record.name);
    return failWith(state, context, worker, record, "ErrImageNeverPull", message);
  }
  state.pullQueue.push({ uid: worker.uid, container: record.name, askedAt: context.now });
  podEvent(state, context, worker.pod, "Normal", "Pulling", `Pulling image "${image}"`, record.name);
  pumpPulls(state, context);
  return "pulling";
}

function invalidName(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, error: string): ImageDecision {
  const image = record.spec.image ?? "";
  const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": ${error}`;
  podEvent(state, context, worker.pod, "Warning", "InspectFailed", message, record.name);
  return failWith(state, context, worker, record, "InvalidImageName", message);
}

/** Errors that no pull can mend are looked at again with the pod's next sync. */
const RESYNC_MS = 12_000;

function failWith(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, reason: string, message: string): ImageDecision {
  podEvent(state, context, worker.pod, "Warning", "Failed", `Error: ${reason}`, record.name);
  if (record.waiting?.reason !== reason) context.note("ImagePullFailed", noteName(worker.pod), { container: record.name, image: record.spec.image ?? "", reason, message });
  record.waiting = { reason, message };
  record.retryAt = context.now + RESYNC_MS;
  return "failed";
}

/**
 * Starts the next pull if none is running. A container whose image has come meanwhile needs none: `present` is told
 * (simplified: the real kubelet asks the registry again, which finds every layer there).
 */
export function pumpPulls(state: KubeletState, context: Context, present?: (worker: PodWorker, record: ContainerRecord) => void): void {
  while (state.pulling === undefined) {
    const next = state.pullQueue.shift();
    if (next === undefined) return;
    const worker = state.workers.get(next.uid);
    const record = worker === undefined ? undefined : recordOf(worker, next.container);
    if (worker === undefined || record === undefined || worker.busy !== next.container) continue;
    const image = record.spec.image ?? "";
    if (present !== undefined && policyOf(record.spec) !== "Always" && state.images.has(canonicalReference(image))) {
      podEvent(state, context, worker.pod, "Normal", "Pulled", `Container image "${image}" already present on machine and can be accessed by the pod`, record.name);
      present(worker, record);
      continue;
    }
    state.pulling = next;
    askRuntime(state, context, { type: "cri/PullImage", image }, { op: "pull", uid: next.uid, container: next.container, image, startedAt: context.now, askedAt: next.askedAt });
  }
}

/** Forgets the queued pulls of a pod that goes away; true if there were any. */
export function dropPulls(state: KubeletState, uid: string): boolean {
  const before = state.pullQueue.length;
  for (let index = before - 1; index >= 0; index--) if ((state.pullQueue[index] as QueuedPull).uid === uid) state.pullQueue.splice(index, 1);
  return state.pullQueue.length < before;
}

/** A pull is done: true when the image is there. */
export function pullAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse, times: { readonly startedAt: number; readonly askedAt: number }): boolean {
  const image = record.spec.image ?? "";
  if (answer.type !== "cri/ok") {
    pullFailed(state, context, worker, record, answer.type === "cri/error" ? pullErrorText(answer) : "unexpected answer");
    return false;
  }
  const took = goDuration(context.now - times.startedAt);
  const waited = goDuration(context.now - times.askedAt);
  podEvent(state, context, worker.pod, "Normal", "Pulled", `Successfully pulled image "${image}" in ${took} (${waited} including waiting). Image size: ${answer.sizeBytes ?? 0} bytes.`, record.name);
  keepImage(state, context, image, answer.imageRef ?? "", answer.sizeBytes ?? 0);
  worker.imageBackOff.delete(image);
  return true;
}

function goDuration(ms: number): string {
  return formatDuration(ms);
}

/** gRPC's Unknown adds nothing and is left out (cri-client: remote_image.go). */
function pullErrorText(error: CriResponse & { type: "cri/error" }): string {
  return error.code === "Unknown" ? error.message : `rpc error: code = ${error.code} desc = ${error.message}`;
}

function keepImage(state: KubeletState, context: Context, image: string, repoDigest: string, sizeBytes: number): void {
  const reference = canonicalReference(image);
  if (state.images.has(reference)) return;
  state.images.set(reference, { repoDigest, sizeBytes });
  state.imagesChanged = true;
  nodeChanged(state, context);
}

/** A pull failed: back-off begins, and the container waits with ErrImagePull, then ImagePullBackOff. */
export function pullFailed(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, error: string): void {
  const image = record.spec.image ?? "";
  const entry = nextBackOff(worker.imageBackOff.get(image), context.now, context.now);
  worker.imageBackOff.set(image, { ...entry, error });
  podEvent(state, context, worker.pod, "Warning", "Failed", `Failed to pull image "${image}": ${error}`, record.name);
  podEvent(state, context, worker.pod, "Warning", "Failed", "Error: ErrImagePull", record.name);
  context.note("ImagePullFailed", noteName(worker.pod), { container: record.name, image, reason: "ErrImagePull", message: error, retryInMs: entry.delayMs });
  record.waiting = { reason: "ErrImagePull", message: error };
}

/** When a container's image may be pulled again; tells of the back-off once. */
export function imageRetryAt(worker: PodWorker, record: ContainerRecord, now: number): number {
  const entry = worker.imageBackOff.get(record.spec.image ?? "");
  return entry === undefined ? 0 : retryAllowedAt(entry, now);
}

/** The kubelet looks at the pod again during back-off: the reason becomes ImagePullBackOff. */
export function tellImageBackOff(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord): void {
  const image = record.spec.image ?? "";
  const entry = worker.imageBackOff.get(image);
  if (entry === undefined || record.waiting?.reason !== "ErrImagePull") return;
  podEvent(state, context, worker.pod, "Normal", "BackOff", `Back-off pulling image "${image}"`, record.name);
  podEvent(state, context, worker.pod, "Warning", "Failed", "Error: ImagePullBackOff", record.name);
  record.waiting = { reason: "ImagePullBackOff", message: `Back-off pulling image "${image}": ErrImagePull: ${entry.error}` };
}
