import type { Context } from "../../../engine/bus/index.ts";
import type { ApiRequest, ApiResponse } from "../api/index.ts";
import type { KindRegistry } from "../schema/index.ts";
import type { ResourceCache } from "./cache/resource-cache.ts";
import type { Watcher } from "./cache/watcher.ts";
import type { ApiServerConfig } from "./config.ts";
import type { Allocations } from "./resources/allocations.ts";

/** A request or watch that came before the caches were filled. */
export interface Held {
  readonly call: ApiRequest;
  readonly request: number;
  readonly stream: number;
}

/** A deletecollection on its way: answered when the last object is done. */
export interface Batch {
  readonly call: ApiRequest;
  readonly request: number;
  waiting: number;
  refusal: ApiResponse | undefined;
}

/** A read that waits until its cache has caught up with a revision. */
export interface WaitingRead {
  readonly call: ApiRequest;
  readonly request: number;
  readonly revision: number;
}

/** The API server's memory: all of it is lost in a crash; everything that lasts is in etcd. */
export interface ApiServerState {
  readonly config: ApiServerConfig;
  /** Watch caches by storage name, e.g. "pods", "deployments.apps". */
  readonly caches: Map<string, ResourceCache>;
  /** Kinds of CustomResourceDefinitions. */
  kinds: KindRegistry;
  /** Every open watch by its stream. */
  readonly watchers: Map<number, Watcher>;
  readonly allocations: Allocations;
  readonly batches: Map<number, Batch>;
  readonly waiting: Map<string, WaitingRead[]>;
  /** "starting" until every cache has been filled and the start-up objects are there. */
  phase: "starting" | "ready";
  readonly held: Held[];
  /** True once requests are served; before, they wait. */
  serving: boolean;
  /** Lease that new Events are attached to, and when it stops being handed out, ms. */
  eventLease: number;
  eventLeaseUntil: number;
  nextNumber: number;
  /** True from the first failure of etcd until it answers again. */
  etcdAway: boolean;
  /** etcd's revision at the last compaction round: what is compacted at the next one. */
  compactTo: number;
  lastRevision: number;
}

/** What handlers work with: the state and the context of the event being handled. */
export interface Server {
  readonly state: ApiServerState;
  readonly context: Context;
}
