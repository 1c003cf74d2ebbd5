import type { Note } from "../../../engine/trace/index.ts";
import { count, duration, plural, type Sentence, text } from "./sentence.ts";

const FAULTS: Readonly<Record<string, (target: string, note: Note) => string>> = {
  "stop-component": (target) => `You stopped *${target}*.`,
  "start-component": (target) => `You started *${target}* again.`,
  "pause-component": (target) => `You froze *${target}*: it neither acts nor answers.`,
  "resume-component": (target) => `You let *${target}* go on.`,
  "crash-node": (target) => `Machine *${target}* lost power. Nobody in the cluster knows yet.`,
  "start-node": (target) => `Machine *${target}* has power again.`,
  "cut-link": (target, note) => `You cut the link between *${target}* and *${text(note, "other")}*.`,
  "slow-link": (target, note) => `You slowed the link between *${target}* and *${text(note, "other")}* to ${text(note, "latencyMs")} ms.`,
  "lossy-link": (target, note) => `You made the link between *${target}* and *${text(note, "other")}* lose ${Math.round(count(note, "loss") * 100)} % of its packets.`,
  "skew-clock": (target, note) => `You set the clock of *${target}* ${duration(Math.abs(count(note, "skewMs")))} ${count(note, "skewMs") < 0 ? "back" : "ahead"}.`,
  "compact-history": (target) => `You made *${target}* forget its history: who watches must begin anew.`,
  "heal-link": (target, note) => `The link between *${target}* and *${text(note, "other")}* is whole again.`,
  "kill-container": (target) => `You killed a container of *${target}*.`,
  "crash-container": (target) => `You made *${target}* crash again and again.`,
  "leak-memory": (target) => `You made *${target}* leak memory.`,
  "fill-disk": (target) => `You filled the disk of *${target}*.`,
  "fill-memory": (target) => `You filled the memory of *${target}*.`,
  "image-missing": (target) => `Image *${target}* vanished from its registry.`,
  "image-back": (target) => `Image *${target}* is back in its registry.`,
  "image-slow": (target) => `Pulling *${target}* became slow.`,
};

/** What people do to the world. */
export const OUTSIDE_SENTENCES: Readonly<Record<string, Sentence>> = {
  FaultInjected: { say: (note) => FAULTS[text(note, "fault")]?.(note.object, note), tone: "failed", mark: (note) => text(note, "fault").replace(/-/g, " ") },
  TrafficFailed: { say: (note) => `${plural(Math.max(1, Number(text(note, "count"))), "request")} of *${text(note, "client")}* failed: ${text(note, "reason")}.`, tone: "failed", weight: 2 },
  TrafficStopped: { say: (note) => `*${text(note, "client")}* stopped: ${text(note, "failed")} of ${text(note, "sent")} requests failed.`, mark: () => "traffic off", tone: "plain" },
  LoadBalancerRequested: { say: (note) => `Service *${text(note, "service")}* wants a load balancer: the cloud controller manager asks the cloud for one.`, tone: "request" },
  LoadBalancerReady: { say: (note) => `The load balancer of *${text(note, "service")}* is there: the world reaches it at *${text(note, "ip")}*.`, tone: "ready", mark: () => "load balancer" },
  LoadBalancerDeleted: { say: (note) => `The load balancer of *${text(note, "service")}* is gone.`, tone: "leaving", weight: 2 },
  TrafficStarted: { say: (note) => `*${text(note, "client")}* began to send ${text(note, "perSecond")} requests a second to ${text(note, "url")}.`, mark: () => "traffic", tone: "request" },
};
