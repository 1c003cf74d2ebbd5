/** The cloud-controller-manager as plain data. */
import type { WorkQueue } from "../../../engine/reconcile/index.ts";
import type { InformerSet } from "../client/index.ts";
import type { RecorderState } from "../events/index.ts";

/** Where a Service's sync stands: what it waits for. */
export type Step = "add-finalizer" | "ensure" | "update-nodes" | "write-status" | "delete" | "remove-finalizer" | "clear-status";

/** Tag of a request about a Service. */
export interface StepTag {
  /** "namespace/name". */
  readonly sync: string;
  readonly step: Step;
}

/** What the cloud was last asked for, and has. */
export interface Ensured {
  readonly wanted: string;
  readonly nodes: readonly string[];
  readonly ip: string;
}

/** Component state. */
export interface CloudControllerState {
  readonly informers: InformerSet;
  readonly recorder: RecorderState;
  readonly queue: WorkQueue;
  /** By Service ("namespace/name"). */
  readonly ensured: Map<string, Ensured>;
  /** Nodes that may take traffic. */
  readonly nodes: Set<string>;
  /** The same as a list, made anew when it changes. */
  nodeNames: readonly string[];
}
