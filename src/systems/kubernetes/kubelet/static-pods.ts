/** Static pods: run from the node's own manifests without the API; a mirror pod shows each to the API (pkg/kubelet/config/common.go, pod/mirror_client.go). */
import { fnv1a32 } from "../../../base/encoding/index.ts";
import type { Context } from "../../../engine/bus/index.ts";
import { type ApiResponse, type Pod, succeeded } from "../api/index.ts";
import { callApi } from "../client/index.ts";
import { adopt } from "./adopt.ts";
import { kubeletClient } from "./client.ts";
import type { KubeletState, PodWorker } from "./state.ts";
import { writeStatus } from "./status-writer.ts";
import type { PodTag } from "./tags.ts";
import { addWorker, MIRROR_ANNOTATION, take } from "./workers.ts";

const MIRROR_TIMER = "mirror/";
const RETRY_MS = 10_000;

/** A manifest as the kubelet runs it: named after the node, bound to it, tolerating everything. */
export function staticPod(state: KubeletState, manifest: Pod): Pod {
  const { node } = state.config;
  const name = `${manifest.metadata?.name ?? "static"}-${node}`;
  const hash = fnv1a32(JSON.stringify(manifest) + node).toString(16).padStart(8, "0");
  const uid = `${hash}${hash}${hash}${hash}`;
  return {
    ...manifest, apiVersion: "v1", kind: "Pod",
    metadata: {
      ...manifest.metadata, name, namespace: manifest.metadata?.namespace ?? "default", uid,
      annotations: { ...manifest.metadata?.annotations, "kubernetes.io/config.hash": uid, "kubernetes.io/config.source": "file" },
    },
    spec: { containers: [], ...manifest.spec, nodeName: node, tolerations: [...(manifest.spec?.tolerations ?? []), { operator: "Exists", effect: "NoExecute" }] },
  };
}

/** Starts the node's static pods. */
export function startStaticPods(state: KubeletState, context: Context): void {
  for (const manifest of state.config.staticPods ?? []) {
    const worker = addWorker(state, context, staticPod(state, manifest), true);
    adopt(state, context, worker);
    take(state, context, worker);
    createMirror(state, context, worker);
  }
}

/** Creates the mirror pod of a static pod. */
export function createMirror(state: KubeletState, context: Context, worker: PodWorker): void {
  const meta = worker.pod.metadata;
  const nodeUid = state.nodeObject?.metadata?.uid;
  const { uid: _uid, ...rest } = meta ?? {};
  const body: Pod = {
    ...worker.pod,
    metadata: {
      ...rest, annotations: { ...meta?.annotations, [MIRROR_ANNOTATION]: meta?.uid ?? "" },
      ...(nodeUid === undefined ? {} : { ownerReferences: [{ apiVersion: "v1", kind: "Node", name: state.config.node, uid: nodeUid, controller: true }] }),
    },
  };
  const tag: PodTag = { op: "mirror", uid: worker.uid };
  callApi(context, kubeletClient(state.config.node), { group: "", version: "v1", resource: "pods", verb: "create", namespace: meta?.namespace ?? "default", body }, tag);
}

/** The server answered the creation of a mirror (or did not). */
export function mirrorAnswered(state: KubeletState, context: Context, worker: PodWorker, response: ApiResponse | undefined): void {
  if (response !== undefined && succeeded(response)) {
    worker.mirrorUid = response.body.metadata === undefined ? "" : (response.body as Pod).metadata?.uid ?? "";
    writeStatus(state, context, worker);
  } else if (response?.code !== 409) context.setTimer(MIRROR_TIMER + worker.uid, RETRY_MS);
}

/** Timer of a mirror that is tried again; true if it was one. */
export function mirrorTimer(state: KubeletState, context: Context, name: string): boolean {
  if (!name.startsWith(MIRROR_TIMER)) return false;
  const worker = state.workers.get(name.slice(MIRROR_TIMER.length));
  if (worker !== undefined) createMirror(state, context, worker);
  return true;
}
