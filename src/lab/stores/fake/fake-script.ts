import type { Caption, EntityView, Flight, FlightShape, PodView } from "../../../protocol/index.ts";
import { fakePod, fakeWorkload } from "./fake-world.ts";

/** One beat of the scripted double. */
export interface FakeBeat {
  readonly afterMs: number;
  readonly changed?: readonly EntityView[];
  readonly removed?: readonly string[];
  readonly flights?: readonly (readonly [from: string, to: string, shape: FlightShape, label: string])[];
  readonly said?: Pick<Caption, "kind" | "component" | "object" | "sentence" | "strong" | "mark" | "tone">;
}

const API = "kube-apiserver";
const store = [API, "etcd", "write", "PUT"] as const;

function place(pod: PodView, node: string, reason: string): FakeBeat[] {
  const bound = { ...pod, node, state: "starting" as const, word: "ContainerCreating" };
  const ready: PodView = { ...bound, state: "ready", word: "Running", ready: 1, containers: pod.containers.map((one) => ({ ...one, state: "running", ready: true, reason: "" })) };
  const object = `pods/default/${pod.name}`;
  return [
    { afterMs: 3, changed: [pod], flights: [["kube-controller-manager", API, "request", "POST pods"], store] },
    { afterMs: 2, flights: [[API, "kube-scheduler", "watch", `ADDED ${pod.name}`]] },
    { afterMs: 4, changed: [bound], flights: [["kube-scheduler", API, "request", "POST binding"], store, [API, `kubelet/${node}`, "watch", `MODIFIED ${pod.name}`]],
      said: { kind: "PodScheduled", component: "kube-scheduler", object, sentence: `scheduler placed ${pod.name} on ${node}: ${reason}.`, strong: ["scheduler", pod.name, node], mark: "placed", tone: "request" } },
    { afterMs: 1800, changed: [ready], flights: [[`kubelet/${node}`, API, "request", "PATCH status"], store, [API, "kube-controller-manager", "watch", "MODIFIED"]],
      said: { kind: "PodReady", component: `kubelet/${node}`, object, sentence: `${pod.name} is ready: its container answers its readiness probe.`, strong: [pod.name], mark: "ready", tone: "ready" } },
  ];
}

/** What applying a Deployment of three does in the double. */
export function fakeApply(generation: number, now: number): FakeBeat[] {
  const hash = generation % 2 === 0 ? "7d4f9c5b8" : "5c9b7d6f4";
  const owner = `uid-ReplicaSet-web-${hash}`;
  const set = { owner: "uid-Deployment-web", revision: String(generation), images: [`shop/web:${generation}`] };
  const beats: FakeBeat[] = [
    { afterMs: 2, changed: [fakeWorkload("Deployment", "web", { current: 0, ready: 0, updated: 0, revision: String(generation) })], flights: [["user", API, "request", "PATCH deployments/web"], store],
      said: { kind: "Applied", component: "user", object: "deployments/default/web", sentence: "You applied Deployment web: three pods are wanted.", strong: ["Deployment web"], mark: "apply", tone: "write" } },
    { afterMs: 3, flights: [[API, "user", "answer", "200"], [API, "kube-controller-manager", "watch", "ADDED deployments/web"]] },
    { afterMs: 3, changed: [fakeWorkload("ReplicaSet", `web-${hash}`, { ...set, current: 0, ready: 0 })], flights: [["kube-controller-manager", API, "request", "POST replicasets"], store],
      said: { kind: "ReplicaSetCreated", component: "kube-controller-manager", object: `replicasets/default/web-${hash}`, sentence: `Deployment controller made ReplicaSet web-${hash} for the new revision.`, strong: ["Deployment controller", `web-${hash}`], mark: "", tone: "plain" } },
  ];
  for (const [i, tail] of ["4tq2z", "9zdkm", "r7cwx"].entries()) {
    const pod = fakePod(`web-${hash}-${tail}`, "", "pending", { owner, revision: hash, createdAt: now + i });
    beats.push(...place(pod, `node-${i + 1}`, "it had the most CPU free"));
    if (generation > 1) beats.push(...leave(generation, i, tail, now));
    beats.push({ afterMs: 1, changed: [fakeWorkload("ReplicaSet", `web-${hash}`, { ...set, current: i + 1, ready: i + 1 }), fakeWorkload("Deployment", "web", { current: 3, ready: 3, updated: i + 1, revision: String(generation) })] });
  }
  return beats;
}

function leave(generation: number, i: number, tail: string, now: number): FakeBeat[] {
  const hash = generation % 2 === 1 ? "7d4f9c5b8" : "5c9b7d6f4";
  const pod = fakePod(`web-${hash}-${tail}`, `node-${i + 1}`, "leaving", { owner: `uid-ReplicaSet-web-${hash}`, revision: hash, word: "Terminating", createdAt: now - 1000, until: now + 20_000, untilLengthMs: 20_000 });
  return [
    { afterMs: 5, changed: [pod], flights: [["kube-controller-manager", API, "request", "DELETE pod"], store],
      said: { kind: "PodDeleted", component: "kube-controller-manager", object: `pods/default/${pod.name}`, sentence: `ReplicaSet controller told ${pod.name} to leave: the new revision has a ready pod in its place.`, strong: ["ReplicaSet controller", pod.name], mark: "leaves", tone: "leaving" } },
    { afterMs: 2000, removed: [pod.id] },
  ];
}

/** A flight as the host sends it. */
export function fakeFlight(id: number, at: number, [from, to, shape, label]: readonly [string, string, FlightShape, string]): Flight {
  return { id, from, to, shape, label, count: 1, sentAt: at, at: at + 2, about: "" };
}
