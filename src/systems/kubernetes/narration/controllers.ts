import type { Note } from "../../../engine/trace/index.ts";
import { count, nameOf, plural, type Sentence, text } from "./sentence.ts";

/** What the controllers say. */
export const CONTROLLER_SENTENCES: Readonly<Record<string, Sentence>> = {
  DeploymentScaledReplicaSet: { say: scaled, mark: (note) => `${text(note, "from")}→${text(note, "to")}`, tone: "write" },
  RolloutStarted: { say: (note) => `Deployment *${nameOf(note)}* made a ReplicaSet for its pod template${text(note, "revision") === "" ? "" : `, revision ${text(note, "revision")}`}: a rollout begins.`, mark: () => "rollout", tone: "write" },
  RolloutFinished: { say: (note) => `The rollout of *${nameOf(note)}* is complete: every pod runs the new template.`, mark: () => "rolled out", tone: "ready" },
  RolloutStalled: { say: (note) => `The rollout of *${nameOf(note)}* is stuck: no progress within its deadline.`, mark: () => "stalled", tone: "failed" },
  PodCreatedByController: { say: (note) => `${owner(note)} created pod *${nameOf(note)}*: it had fewer than it wants.`, tone: "request" },
  PodDeletedByController: { say: (note) => `${owner(note)} asked pod *${nameOf(note)}* to go: ${text(note, "why") || "it had more than it wants"}.`, tone: "leaving" },
  PodCreationFailed: { say: (note) => `${owner(note)} could not create a pod: ${text(note, "message")}`, tone: "failed", mark: () => "refused" },
  NodeNotReady: { say: notReady, mark: (note) => `${nameOf(note)} lost`, tone: "failed" },
  NodeReady: { say: (note) => `Node *${nameOf(note)}* is Ready.`, mark: (note) => `${nameOf(note)} ready`, tone: "ready" },
  NodeTainted: { say: (note) => `The node controller changed the taints of *${nameOf(note)}*: ${taints(note)}.`, weight: 2, tone: "failed" },
  PodEvictedByTaint: { say: (note) => `Pod *${nameOf(note)}* is evicted: it tolerated its lost node long enough.`, mark: () => "evicted", tone: "leaving" },
  EndpointsChanged: { say: endpoints, weight: 2, tone: "ready" },
  NamespaceFinalized: { say: (note) => `Namespace *${nameOf(note)}* is empty and gone.`, mark: () => "namespace gone", tone: "leaving" },
  GarbageCollected: { say: (note) => `The garbage collector removed *${nameOf(note)}*: ${text(note, "why") || "its owner is gone"}.`, weight: 2, tone: "leaving" },
  JobCompleted: { say: (note) => `Job *${nameOf(note)}* is complete: as many of its pods succeeded as it wants.`, mark: () => "complete", tone: "ready" },
  JobFailed: { say: (note) => `Job *${nameOf(note)}* failed: ${FAILED_JOBS[text(note, "reason")] ?? (text(note, "reason") || "its pods did not succeed")}.`, mark: () => "job failed", tone: "failed" },
  JobCreatedByCronJob: { say: (note) => `CronJob *${text(note, "cronJob")}* created Job *${nameOf(note)}*: its time had come.`, mark: () => "scheduled", tone: "request" },
  VolumeBound: { say: (note) => `Claim *${nameOf(note)}* got volume *${text(note, "volume")}*: nobody else can have it now.`, tone: "ready" },
  VolumeProvisioned: { say: (note) => `Volume *${nameOf(note)}* was made for claim *${text(note, "claim")}*: its storage class makes volumes when they are asked for.`, tone: "write" },
};

/** Why a Job failed, by the reason of its condition (pkg/apis/batch/v1 types.go, JobReason constants). */
const FAILED_JOBS: Readonly<Record<string, string>> = {
  BackoffLimitExceeded: "its pods failed more often than its backoffLimit allows",
  DeadlineExceeded: "it took longer than its activeDeadlineSeconds",
  PodFailurePolicy: "a pod failed in a way that its podFailurePolicy does not forgive",
  FailedIndexes: "some of its indexes failed for good",
  MaxFailedIndexesExceeded: "more of its indexes failed than maxFailedIndexes allows",
};

/** A kubelet that is heard of says so itself; the other one is silent for the grace period (--node-monitor-grace-period, 50 s). */
function notReady(note: Note): string {
  const message = text(note, "message");
  if (message !== "") return `Node *${nameOf(note)}* says that it isn't ready: ${message}`;
  return `Node *${nameOf(note)}* has not been heard of for 50 s: the node controller calls it NotReady.`;
}

function taints(note: Note): string {
  const list = (name: string): string => (Array.isArray(note.data[name]) ? (note.data[name] as readonly unknown[]).map(String).join(", ") : "");
  return [["added ", list("added")], ["removed ", list("removed")]].filter(([, what]) => what !== "").map(([verb, what]) => `${verb ?? ""}${what ?? ""}`).join("; ");
}

function owner(note: Note): string {
  const named = text(note, "owner") || text(note, "ownerName");
  return named === "" ? "Its controller" : `*${named}*`;
}

function scaled(note: Note): string {
  const from = count(note, "from");
  const to = count(note, "to");
  const set = text(note, "replicaSet") || text(note, "set") || "its ReplicaSet";
  const reason = text(note, "reason");
  const because = reason === "rollout" ? "step by step towards the new template" : reason === "rollback" ? "back to an earlier template" : "as many as you asked for";
  return `Deployment *${nameOf(note)}* scaled *${set}* ${to >= from ? "up" : "down"} from ${from} to ${to}, ${because}.`;
}

function endpoints(note: Note): string {
  return `Service *${nameOf(note)}* now leads to ${plural(count(note, "ready"), "ready pod")}${count(note, "notReady") > 0 ? `; ${count(note, "notReady")} not ready` : ""}.`;
}
