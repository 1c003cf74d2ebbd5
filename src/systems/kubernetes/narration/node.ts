import type { Note } from "../../../engine/trace/index.ts";
import { bytes, count, duration, nameOf, type Sentence, speaker, text } from "./sentence.ts";

/** What happens on nodes. */
export const NODE_SENTENCES: Readonly<Record<string, Sentence>> = {
  NodeRegistered: { say: (note) => `Node *${nameOf(note)}* joined the cluster.`, weight: 2, tone: "ready" },
  ImagePulled: { say: (note) => `${speaker(note)} pulled *${text(note, "image")}*${count(note, "tookMs") > 0 ? ` in ${duration(count(note, "tookMs"))}` : ""}.`, weight: 2, tone: "request" },
  ImagePullFailed: { say: (note) => `${speaker(note)} could not pull *${text(note, "image")}*: ${text(note, "message") || text(note, "reason")}`, mark: () => "no image", tone: "failed" },
  StandInStarted: { say: (note) => `*${text(note, "image")}* is not simulated: a stand-in that listens on its ports runs in its place.`, weight: 2 },
  ContainerStarted: { say: (note) => `${speaker(note)} started container *${text(note, "container")}* of *${nameOf(note)}*.`, tone: "request", weight: 2 },
  ContainerExited: { say: exited, tone: "failed", mark: (note) => (count(note, "exitCode") === 0 ? "" : "crashed") },
  ContainerBackOff: { say: (note) => `Container *${text(note, "container")}* of *${nameOf(note)}* keeps failing: the kubelet waits ${duration(count(note, "delayMs"))} before it tries again.`, tone: "failed", mark: () => "back-off" },
  ProbeFailed: { say: (note) => `The ${text(note, "probe") || "readiness"} probe of *${nameOf(note)}* fails: ${text(note, "message")}`, tone: "failed", mark: () => "probe fails" },
  ProbeRecovered: { say: (note) => `The ${text(note, "probe") || "readiness"} probe of *${nameOf(note)}* succeeds again.`, tone: "ready", weight: 2 },
  PodReady: { say: (note) => `Pod *${nameOf(note)}* is ready: it may get traffic.`, mark: () => "ready", tone: "ready" },
  PodNotReady: { say: (note) => `Pod *${nameOf(note)}* is no longer ready: Services stop sending to it.`, tone: "failed", mark: () => "not ready" },
  PodTerminated: { say: (note) => `Pod *${nameOf(note)}* has stopped and is gone from its node.`, tone: "leaving", weight: 2 },
  PodRefused: { say: (note) => `${speaker(note)} refused pod *${nameOf(note)}*: ${text(note, "message") || text(note, "reason")}`, tone: "failed", mark: () => "refused" },
  ContainerNotCreated: { say: (note) => `Container *${text(note, "container")}* of *${nameOf(note)}* can't be made: ${text(note, "message") || text(note, "reason")}`, tone: "failed", mark: () => "config" },
  ContainerNotStarted: { say: (note) => `Container *${text(note, "container")}* of *${nameOf(note)}* can't start: ${text(note, "message")}`, tone: "failed", mark: () => "no start" },
  HookFailed: { say: (note) => `The ${text(note, "hook")} hook of *${nameOf(note)}* failed: ${text(note, "message")}`, tone: "failed", mark: () => "hook" },
  VolumeMountFailed: { say: (note) => `Volume *${text(note, "volume")}* of *${nameOf(note)}* can't be mounted: ${text(note, "message")}`, tone: "failed", mark: () => "no volume" },
  OOMKilled: { say: (note) => `*${nameOf(note)}* used more than its memory limit of ${bytes(count(note, "limitBytes"))}: the kernel killed it.`, tone: "failed", mark: () => "OOM" },
  RulesProgrammed: { say: (note) => `${speaker(note)} changed its rules: ${text(note, "what")}.`, weight: 2, tone: "request" },
};

function exited(note: Note): string {
  const code = count(note, "exitCode");
  const reason = text(note, "reason");
  const how = code === 0 ? "ended well" : `ended with exit code ${code}${reason === "" || reason === "Error" ? "" : ` (${reason})`}`;
  return `Container *${text(note, "container")}* of *${nameOf(note)}* ${how}.`;
}
