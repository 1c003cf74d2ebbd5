/** A small world around the scheduler, and makers of nodes and pods, for its tests. */
import { type Behaviour, World } from "../../../../engine/bus/index.ts";
import type { Note } from "../../../../engine/trace/index.ts";
import type { KubeObject, Node, Pod, PodSpec } from "../../api/index.ts";
import type { SchedulerConfig } from "../profile/config.ts";
import { scheduler } from "../scheduler.ts";
import type { SchedulerState } from "../state.ts";
import { fakeApiServer, type FakeServer } from "./fake-api-server.ts";

/** When test worlds begin: 2026-01-01. */
export const START_MS = 1_767_225_600_000;

/** A world with the stand-in API server and the scheduler. */
export function makeWorld(config: SchedulerConfig = {}, seed = 1, keepsLog = true): World {
  const behaviours = new Map<string, Behaviour<unknown>>([["kube-scheduler", scheduler as Behaviour<unknown>], ["fake-api-server", fakeApiServer as Behaviour<unknown>]]);
  const world = new World({ seed, startAt: START_MS, behaviours });
  world.spawn({ id: "kube-apiserver", type: "fake-api-server", host: "control-plane", config: keepsLog });
  world.spawn({ id: "kube-scheduler", type: "kube-scheduler", host: "control-plane", config });
  world.run(START_MS + 100);
  return world;
}

/** Stores objects and lets some time pass, ms. */
export function put(world: World, resource: string, objects: readonly KubeObject[], waitMs = 100): void {
  world.inject("kube-apiserver", { type: "put", resource, objects } as never);
  world.run(world.now + waitMs);
}

/** Removes objects and lets some time pass, ms. */
export function drop(world: World, resource: string, keys: readonly string[], waitMs = 100): void {
  world.inject("kube-apiserver", { type: "drop", resource, keys } as never);
  world.run(world.now + waitMs);
}

/** The stand-in's state. */
export function serverOf(world: World): FakeServer {
  return world.stateOf<FakeServer>("kube-apiserver") as FakeServer;
}

/** The scheduler's state. */
export function schedulerOf(world: World): SchedulerState {
  return world.stateOf<SchedulerState>("kube-scheduler") as SchedulerState;
}

/** A stored pod. */
export function podOf(world: World, name: string): Pod | undefined {
  return serverOf(world).objects.get("pods")?.get(`default/${name}`) as Pod | undefined;
}

/** The node of a stored pod, "" when it has none. */
export function nodeOf(world: World, name: string): string {
  return podOf(world, name)?.spec?.nodeName ?? "";
}

/** Message of a pod's PodScheduled condition. */
export function whyPending(world: World, name: string): string {
  return podOf(world, name)?.status?.conditions?.find((one) => one.type === "PodScheduled")?.message ?? "";
}

/** Notes of a kind. */
export function notesOf(world: World, kind: string): Note[] {
  return [...world.trace.notes].filter((note) => note.kind === kind);
}

/** A node with 4 CPUs, 16 GiB and room for 110 pods, unless told otherwise. */
export function makeNode(name: string, more: { readonly labels?: Record<string, string>; readonly allocatable?: Record<string, string>; readonly spec?: Node["spec"]; readonly images?: NonNullable<Node["status"]>["images"] } = {}): Node {
  return {
    apiVersion: "v1", kind: "Node", metadata: { name, labels: { "kubernetes.io/hostname": name, ...more.labels } },
    ...(more.spec === undefined ? {} : { spec: more.spec }),
    status: { allocatable: { cpu: "4", memory: "16Gi", pods: "110", ...more.allocatable }, ...(more.images === undefined ? {} : { images: more.images }) },
  };
}

/** A pod with one container that asks for what `requests` says. */
export function makePod(name: string, more: { readonly labels?: Record<string, string>; readonly requests?: Record<string, string>; readonly spec?: Partial<PodSpec>; readonly namespace?: string; readonly owner?: { readonly kind: string; readonly name: string } } = {}): Pod {
  return {
    apiVersion: "v1", kind: "Pod",
    metadata: {
      name, namespace: more.namespace ?? "default", uid: `uid-${name}`, ...(more.labels === undefined ? {} : { labels: more.labels }),
      ...(more.owner === undefined ? {} : { ownerReferences: [{ apiVersion: "apps/v1", kind: more.owner.kind, name: more.owner.name, uid: "o", controller: true }] }),
    },
    spec: { schedulerName: "default-scheduler", priority: 0, containers: [{ name: "c", image: "nginx:1.29", ...(more.requests === undefined ? {} : { resources: { requests: more.requests } }) }], ...more.spec },
    status: { phase: "Pending" },
  };
}
