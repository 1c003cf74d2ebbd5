import type { Note } from "../../../engine/trace/index.ts";
import { count, nameOf, plural, type Sentence, text } from "./sentence.ts";

const VERBS: Readonly<Record<string, string>> = { create: "created", patch: "changed", update: "changed", delete: "began to delete", deletecollection: "deleted" };

/** What the scheduler, the API server and etcd say. */
export const CONTROL_PLANE_SENTENCES: Readonly<Record<string, Sentence>> = {
  PodScheduled: { say: scheduled, tone: "request", mark: () => "placed" },
  PodUnschedulable: { say: unschedulable, tone: "failed", mark: (note) => `${nameOf(note)} waits` },
  PodPreempted: { say: (note) => `scheduler asked *${nameOf(note)}* to leave so that *${text(note, "by") || text(note, "preemptor")}*, which matters more, can have its place.`, tone: "leaving", mark: () => "preempted" },
  RequestServed: { say: served, tone: "write", mark: (note) => (text(note, "verb") === "delete" ? "delete" : "apply") },
  RequestRefused: { say: refused, tone: "failed", mark: () => "refused" },
  HistoryCompacted: { say: (note) => `etcd forgot history before revision ${text(note, "revision")}.`, weight: 2 },
  EtcdUnavailable: { say: () => "The API server can't reach *etcd*: nothing can be read freshly or written.", tone: "failed", mark: () => "etcd lost" },
};

function scheduled(note: Note): string {
  const pod = nameOf(note);
  const node = text(note, "node");
  const feasible = count(note, "feasible");
  const evaluated = count(note, "evaluated");
  const why = text(note, "reason") || text(note, "why");
  if (feasible === 1) return `scheduler placed *${pod}* on *${node}*: ${evaluated > 1 ? "it was the only node with room" : "it is the only node"}.`;
  const choice = `${plural(feasible, "node")} had room`;
  return `scheduler placed *${pod}* on *${node}*: ${choice}${why === "" ? "" : `, ${why}`}.`;
}

function unschedulable(note: Note): string {
  const reasons = note.data["reasons"];
  const message = text(note, "message");
  const told = typeof reasons === "object" && reasons !== null ? Object.entries(reasons as Record<string, unknown>).map(([reason, nodes]) => `${String(nodes)} × ${reason}`).join(", ") : message;
  return `scheduler found no node for *${nameOf(note)}*: ${told}.`.replace("..", ".");
}

function served(note: Note): string | undefined {
  const verb = VERBS[text(note, "verb")];
  if (verb === undefined || text(note, "dryRun") === "true") return undefined;
  const code = count(note, "code");
  const done = text(note, "verb") === "patch" && code === 201 ? "created" : verb;
  const resource = text(note, "resource");
  return `You ${done} *${resource.replace(/s$/, "")}/${text(note, "name") || nameOf(note)}*: the API server checked it and wrote it to etcd.`;
}

function refused(note: Note): string {
  return `The API server refused: ${text(note, "message")}`;
}
