import type { ApiClient, InformerSet } from "../client/index.ts";
import type { RecorderState } from "../events/index.ts";
import type { Cluster } from "./framework/cluster-types.ts";
import type { Nominator } from "./framework/nominator.ts";
import type { Plan } from "./framework/plan.ts";
import type { Scratch } from "./framework/score.ts";
import type { Profile } from "./profile/profile.ts";
import type { QueuedPod, SchedulingQueue } from "./queue/scheduling-queue.ts";

/** What is kept of a pod's last attempt; the full table is worked out again on demand. */
export interface AttemptRecord {
  readonly atMs: number;
  readonly attempts: number;
  /** Chosen node, "" when there was none. */
  readonly node: string;
  readonly feasible: number;
  readonly evaluated: number;
  readonly score: number;
  readonly runnerUp: string;
  readonly runnerUpScore: number;
  /** Reasons with how many nodes gave each; empty when a node was found. */
  readonly reasons: Readonly<Record<string, number>>;
  /** What the API was told, "" when a node was found. */
  readonly message: string;
}

/** State of the scheduler component. Plain data. */
export interface SchedulerState {
  readonly client: ApiClient;
  readonly informers: InformerSet;
  readonly profiles: Map<string, Profile>;
  readonly cluster: Cluster;
  readonly queue: SchedulingQueue;
  readonly nominator: Nominator;
  /** Plans by profile and shape, the least recently used first. */
  readonly plans: Map<string, Plan>;
  scratch: Scratch;
  readonly cursor: { next: number };
  /** Pods that have a node and are being bound. */
  readonly binding: Map<string, QueuedPod>;
  /** Pods being bound whose volumes are not there yet: key → node. */
  readonly awaitingVolumes: Map<string, string>;
  readonly attempts: Map<string, AttemptRecord>;
  readonly recorder: RecorderState;
  readonly cycleMs: number;
  /** When the next cycle may start, ms. */
  nextCycleAtMs: number;
  synced: boolean;
  /** Budgets as preemption sees them grow older with each change. */
  budgetsVersion: number;
}
