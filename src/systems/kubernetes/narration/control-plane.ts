import type { Note } from "../../../engine/trace/index.ts";
import { count, lastPart, nameOf, plural, type Sentence, text } from "./sentence.ts";

const VERBS: Readonly<Record<string, string>> = { create: "created", patch: "changed", update: "changed", delete: "began to delete", deletecollection: "deleted" };

/** What the scheduler, the API server and etcd say. */
export const CONTROL_PLANE_SENTENCES: Readonly<Record<string, Sentence>> = {
  PodScheduled: { say: scheduled, tone: "request", mark: () => "placed" },
  PodUnschedulable: { say: unschedulable, tone: "failed", mark: (note) => `${nameOf(note)} waits` },
  PodPreempted: { say: (note) => `scheduler asked *${nameOf(note)}* to leave so that *${lastPart(text(note, "by"))}*, which matters more, can have its place.`, tone: "leaving", mark: () => "preempted" },
  RequestServed: { say: served, tone: "write", mark: (note) => (text(note, "verb") === "delete" ? "delete" : "apply") },
  RequestRefused: { say: refused, tone: "failed", mark: () => "refused" },
  PodEvicted: { say: (note) => `Pod *${nameOf(note)}* is evicted: its disruption budget allows it.`, tone: "leaving", mark: () => "evicted" },
  HistoryCompacted: { say: (note) => `etcd forgot history before revision ${text(note, "revision")}.`, weight: 2 },
  EtcdUnavailable: { say: () => "The API server can't reach *etcd*: nothing can be read freshly or written.", tone: "failed", mark: () => "etcd lost" },
  EtcdReconnected: { say: () => "The API server reaches *etcd* again.", tone: "ready", mark: () => "etcd back" },
};

/** What a score plugin's lead means, by plugin. */
const LEADS: Readonly<Record<string, (winner: string, other: string) => string>> = {
  NodeResourcesFit: (winner, other) => `*${winner}* had more free than *${other}*`,
  NodeResourcesBalancedAllocation: (winner, other) => `CPU and memory stay better balanced on *${winner}* than on *${other}*`,
  ImageLocality: (winner) => `*${winner}* already has the image`,
  PodTopologySpread: (winner, other) => `*${winner}* spreads the pods better than *${other}*`,
  TaintToleration: (_winner, other) => `*${other}* has a taint that is better avoided`,
  NodeAffinity: (winner) => `the pod prefers nodes such as *${winner}*`,
  InterPodAffinity: (winner) => `of the pods already on *${winner}*`,
};

interface Lead {
  readonly plugin: string;
}

function scheduled(note: Note): string {
  const pod = nameOf(note);
  const node = text(note, "node");
  const feasible = count(note, "feasible");
  const placed = `scheduler placed *${pod}* on *${node}*`;
  if (feasible <= 1) return `${placed}: ${count(note, "nodes") > 1 ? "it was the only node that would do" : "it is the only node"}.`;
  const other = text(note, "runnerUp");
  const lead = (note.data["because"] as readonly Lead[] | undefined)?.[0];
  const why = note.data["tie"] === true ? "the best were equally good, so chance decided" : lead === undefined ? "" : (LEADS[lead.plugin]?.(node, other) ?? `${lead.plugin} favoured it`);
  return `${placed}: ${plural(feasible, "node")} would do${why === "" ? "" : `; ${why}`}.`;
}

function unschedulable(note: Note): string {
  const reasons = note.data["reasons"];
  const listed = typeof reasons === "object" && reasons !== null ? Object.entries(reasons as Record<string, unknown>) : [];
  const told = listed.map(([reason, nodes]) => `${plural(Number(nodes), "node")}: ${reason.replace(/^node\(s\) /, "")}`).join("; ");
  return `No node will do for *${nameOf(note)}*${told === "" ? "" : ` (${told})`}. It waits.`;
}

function served(note: Note): string | undefined {
  const verb = VERBS[text(note, "verb")];
  if (verb === undefined || text(note, "dryRun") === "true" || text(note, "user").startsWith("system:") || text(note, "agent") === "kubeadm") return undefined;
  const resource = text(note, "resource");
  if (text(note, "verb") === "deletecollection") return `You deleted all *${resource}* there: the API server wrote it to etcd.`;
  const subresource = text(note, "subresource");
  if (subresource === "eviction") return undefined; // What came of it is told by PodEvicted.
  const done = text(note, "verb") === "patch" && count(note, "code") === 201 ? "created" : verb;
  const what = `*${singular(resource)}/${nameOf(note)}*`;
  return `You ${done} ${subresource === "" ? what : `the ${subresource} of ${what}`}: the API server checked it and wrote it to etcd.`;
}

/** "ingresses" → "ingress", "networkpolicies" → "networkpolicy"; Endpoints are called so even when there is one. */
function singular(resource: string): string {
  if (resource === "endpoints") return resource;
  return resource.replace(/ies$/, "y").replace(/(ss|x)es$/, "$1").replace(/([^s])s$/, "$1");
}

function refused(note: Note): string {
  return `The API server refused: ${text(note, "message")}`;
}
