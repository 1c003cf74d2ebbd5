/** Garbage collector: deletes what has lost its owners, in the foreground, in the background, or lets dependents go. */
import { type Controller, INFORMER_SPECS } from "../runtime/index.ts";
import { createGraph, type Graph } from "./graph.ts";
import { DELETE, LET_GO, nodeGone, observe } from "./observe.ts";
import { planDeletion, planOrphaning } from "./plan-collection.ts";

/** It starts without resources that cannot be listed (garbagecollector.go, initialSyncTimeout). */
const INITIAL_SYNC_TIMEOUT_MS = 30_000;

/** Collects garbage. */
export const garbageCollector: Controller<Graph> = {
  name: "garbage_collector",
  eventSource: "garbage-collector-controller",
  workers: 20,
  needs: Object.keys(INFORMER_SPECS),
  startAnywayAfterMs: INITIAL_SYNC_TIMEOUT_MS,
  createMemory: createGraph,
  on: {},
  onAny: (graph, enqueue, informer, key, before, after) => {
    observe(graph, enqueue, informer, key, before, after);
  },
  plan: (key, view, graph) => (key.startsWith(LET_GO) ? planOrphaning(graph, key.slice(LET_GO.length), view) : planDeletion(graph, key.slice(DELETE.length), view)),
  learn(graph, enqueue, key, call, response) {
    if (call.verb !== "get" || response === undefined) return;
    const uid = key.slice(DELETE.length);
    const node = graph.nodes.get(uid);
    if (node?.state !== "virtual") return;
    const isThere = response.code === 200 && (response.body as { metadata?: { uid?: string } }).metadata?.uid === uid;
    if (!isThere && (response.code === 200 || response.code === 404)) nodeGone(graph, enqueue, node);
  },
};
