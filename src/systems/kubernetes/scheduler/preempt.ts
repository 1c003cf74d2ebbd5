import type { Context } from "../../../engine/bus/index.ts";
import type { Diagnosis } from "./framework/fit-error.ts";
import type { Candidate, SelectionContext } from "./framework/select-node.ts";
import type { QueuedPod } from "./queue/scheduling-queue.ts";
import type { SchedulerState } from "./state.ts";

/** What PostFilter said. `nominatedNode` undefined = leave the nomination as it is, "" = clear it. */
export interface PreemptOutcome {
  readonly message: string;
  readonly nominatedNode: string | undefined;
  readonly retry: boolean;
}

/** Makes room for a pod by asking others of lower priority to go. */
export function preempt(_state: SchedulerState, _context: Context, _cycle: SelectionContext, _pod: QueuedPod, _candidate: Candidate, _diagnosis: Diagnosis): PreemptOutcome {
  return { message: "", nominatedNode: undefined, retry: false };
}
