/** What answers and failures mean: from the request's tag to the part that asked. */
import type { Context, FailureReason, Message } from "../../../engine/bus/index.ts";
import type { CriResponse, SandboxStatus } from "../../containers/cri/index.ts";
import type { ApiResponse } from "../api/index.ts";
import { noteName, podEvent } from "./client.ts";
import { garbageListed, lookForGarbage } from "./garbage.ts";
import { hookProblem } from "./hooks.ts";
import { leaseAnswered, leaseFailed } from "./lease.ts";
import { nodeStatusAnswered, nodeStatusFailed, registerAnswered, registerFailed } from "./node-registration.ts";
import { probeAnswered, probeRequestFailed } from "./probes.ts";
import { containersListed, imagesListed, runtimeLost, sandboxesListed } from "./recover.ts";
import { recordOf } from "./records.ts";
import { passOn } from "./serve.ts";
import { createAnswered, imageAnswered, imageFailed, startAnswered, started } from "./start-container.ts";
import type { ContainerRecord, KubeletState, PodWorker } from "./state.ts";
import { mirrorAnswered } from "./static-pods.ts";
import { statusAnswered, statusFailed, writeStatus } from "./status-writer.ts";
import { SANDBOX_RETRY_MS, sandboxAnswered, sandboxFailed, SYNC_TIMER, syncPod } from "./sync-pod.ts";
import type { ContainerTag, KubeletTag, PodTag } from "./tags.ts";
import { containerExited, continueTermination, finish, killContainer, killUnhealthy, preStopDone } from "./terminate.ts";
import { deleteAnswered, followUp } from "./workers.ts";

/** The API server answered. */
export function apiAnswered(state: KubeletState, context: Context, response: ApiResponse, tag: KubeletTag): void {
  switch (tag.op) {
    case "register": case "find-node": registerAnswered(state, context, response, tag); return;
    case "node-status": nodeStatusAnswered(state, context, response); return;
    case "lease": leaseAnswered(state, context, response, tag.step); return;
    case "status": case "delete-pod": case "mirror": podAnswered(state, context, response, tag); return;
    default:
  }
}

function podAnswered(state: KubeletState, context: Context, response: ApiResponse, tag: PodTag): void {
  const worker = state.workers.get(tag.uid);
  if (worker === undefined) return;
  if (tag.op === "status") {
    statusAnswered(state, context, worker, response, tag.status);
    followUp(state, context, worker);
  } else if (tag.op === "delete-pod") deleteAnswered(context, worker, response);
  else mirrorAnswered(state, context, worker, response);
}

/** The runtime answered. */
export function runtimeAnswered(state: KubeletState, context: Context, body: Message, tag: KubeletTag): void {
  const answer = body as CriResponse;
  switch (tag.op) {
    case "list-sandboxes": sandboxesListed(state, context, answer); return;
    case "list-containers": containersListed(state, context, answer, tag.sandboxes as readonly SandboxStatus[]); return;
    case "list-images": imagesListed(state, answer); return;
    case "list-garbage": garbageListed(state, context, answer); return;
    case "logs": case "exec": passOn(context, tag, answer); return;
    case "sandbox": case "stop-sandbox": sandboxStep(state, context, answer, tag); return;
    case "pull": case "create": case "start": case "post-start": case "probe": case "pre-stop": case "stop": containerStep(state, context, answer, tag); return;
    default:
  }
}

function sandboxStep(state: KubeletState, context: Context, answer: CriResponse, tag: PodTag & { op: "sandbox" | "stop-sandbox" }): void {
  const worker = state.workers.get(tag.uid);
  if (worker === undefined) return;
  if (tag.op === "sandbox") sandboxAnswered(state, context, worker, answer);
  else if (tag.then === "renew") worker.busy = undefined;
  else finish(state, context, worker);
  settle(state, context, worker);
}

/** After each step: the next one, whichever it is. */
function settle(state: KubeletState, context: Context, worker: PodWorker): void {
  continueTermination(state, context, worker);
  syncPod(state, context, worker);
  followUp(state, context, worker);
}

function containerStep(state: KubeletState, context: Context, answer: CriResponse, tag: ContainerTag): void {
  const worker = state.workers.get(tag.uid);
  const record = worker === undefined ? undefined : recordOf(worker, tag.container);
  if (worker === undefined || record === undefined) {
    if (tag.op === "pull" && state.pulling?.uid === tag.uid) state.pulling = undefined;
    return;
  }
  if (tag.op === "probe") {
    probeStep(state, context, worker, record, answer, tag);
    return;
  }
  switch (tag.op) {
    case "pull": imageAnswered(state, context, worker, record, answer, tag); break;
    case "create": createAnswered(state, context, worker, record, answer); break;
    case "start": startAnswered(state, context, worker, record, answer); break;
    case "post-start": hookAnswered(state, context, worker, record, answer, tag); break;
    case "pre-stop": preStopDone(state, context, worker, record, tag, answer); break;
    default: stopAnswered(state, context, worker, record, answer);
  }
  settle(state, context, worker);
}

function stopAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse): void {
  if (answer.type === "cri/ok" && answer.container !== undefined && containerExited(context, worker, record, answer.container) && worker.busy === record.name) worker.busy = undefined;
  if (worker.phase === "syncing") writeStatus(state, context, worker);
}

function probeStep(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse, tag: ContainerTag & { op: "probe" }): void {
  const verdict = probeAnswered(state, context, worker, record, tag, answer);
  if (verdict === "nothing") return;
  if (verdict === "kill") killUnhealthy(state, context, worker, record, tag.kind === "startup" ? "startup" : "liveness");
  else {
    if (verdict === "started") syncPod(state, context, worker);
    writeStatus(state, context, worker);
  }
}

/** A postStart hook that fails kills its container (FailedPostStartHook). */
function hookAnswered(state: KubeletState, context: Context, worker: PodWorker, record: ContainerRecord, answer: CriResponse, tag: ContainerTag & { op: "post-start" }): void {
  const { run } = record;
  if (run?.id !== tag.id) return;
  if (run.state !== "running") return;
  worker.busy = undefined;
  const problem = hookProblem(answer);
  if (problem === undefined) {
    started(state, context, worker, record, run);
    return;
  }
  podEvent(state, context, worker.pod, "Warning", "FailedPostStartHook", "PostStartHook failed", record.name);
  context.note("HookFailed", noteName(worker.pod), { container: record.name, hook: "postStart", message: problem });
  killContainer(state, context, worker, record, worker.pod.spec?.terminationGracePeriodSeconds ?? 30, "FailedPostStartHook");
}

/** A request got no answer. */
export function requestFailed(state: KubeletState, context: Context, reason: FailureReason, tag: KubeletTag): void {
  switch (tag.op) {
    case "register": case "find-node": registerFailed(state, context); return;
    case "node-status": nodeStatusFailed(context); return;
    case "lease": leaseFailed(state, context); return;
    case "logs": case "exec": passOn(context, tag, { type: "cri/error", code: "Unavailable", message: `container runtime: connection ${reason}` }); return;
    case "list-sandboxes": case "list-containers": case "list-images": runtimeLost(state, context); return;
    case "ignore": case "list-garbage": lookForGarbage(context); return;
    case "events": return;
    default: podRequestFailed(state, context, reason, tag);
  }
}

function podRequestFailed(state: KubeletState, context: Context, reason: FailureReason, tag: PodTag | ContainerTag): void {
  const worker = state.workers.get(tag.uid);
  if (worker === undefined) return;
  switch (tag.op) {
    case "status": statusFailed(context, worker); return;
    case "delete-pod": deleteAnswered(context, worker, undefined); return;
    case "mirror": mirrorAnswered(state, context, worker, undefined); return;
    case "sandbox": sandboxFailed(state, context, worker, `connection ${reason}`); lookForGarbage(context); return;
    case "stop-sandbox": stopSandboxFailed(state, context, worker, tag.then); return;
    case "remove-sandbox": return;
    default: containerRequestFailed(state, context, worker, reason, tag);
  }
}

/** The sandbox may still be there: it is garbage now, and the pod goes on without it. */
function stopSandboxFailed(state: KubeletState, context: Context, worker: PodWorker, then: "finish" | "renew"): void {
  lookForGarbage(context);
  if (then === "finish") finish(state, context, worker);
  else if (worker.busy === "") {
    worker.busy = undefined;
    context.setTimer(SYNC_TIMER + worker.uid, SANDBOX_RETRY_MS, worker.uid);
  }
  followUp(state, context, worker);
}

/** The runtime is away; what was under way is begun again when it is back (see recover.ts). */
function containerRequestFailed(state: KubeletState, context: Context, worker: PodWorker, reason: FailureReason, tag: ContainerTag): void {
  const record = recordOf(worker, tag.container);
  if (record === undefined) return;
  if (tag.op === "probe") probeRequestFailed(context, worker, record, tag.kind);
  else if (tag.op === "pull") imageFailed(state, context, worker, record, reason);
  else if (worker.busy === record.name) worker.busy = undefined;
}
