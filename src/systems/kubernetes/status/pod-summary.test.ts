import { describe, expect, it } from "vitest";
import type { ContainerStatus, Pod } from "../api/index.ts";
import { podSummary } from "./index.ts";

/** The real thing's output for pods like these: kubernetes/kubernetes pkg/printers/internalversion/printers_test.go, TestPrintPod and its siblings. */

type State = NonNullable<ContainerStatus["state"]>;

const RUNNING: State = { running: { startedAt: "2026-01-01T00:00:00Z" } };
const waits = (reason: string): State => ({ waiting: { reason } });
const ended = (exitCode: number, reason?: string, signal?: number): State => ({ terminated: { exitCode, ...(reason === undefined ? {} : { reason }), ...(signal === undefined ? {} : { signal }) } });
const condition = (type: string, status = "True", reason?: string): object => ({ type, status, ...(reason === undefined ? {} : { reason }) });

interface Case {
  readonly main?: readonly [state: State, ready?: boolean, restarts?: number][];
  readonly init?: readonly [state: State, restarts?: number][];
  /** Sidecars come after the init containers. */
  readonly sidecars?: readonly [state: State, started?: boolean, ready?: boolean, restarts?: number][];
  readonly status?: object;
  readonly deleted?: boolean;
}

function podOf({ main = [[RUNNING, true]], init = [], sidecars = [], status = { phase: "Running" }, deleted = false }: Case): Pod {
  const initSpecs = [...init.map((_, index) => ({ name: `i${index}` })), ...sidecars.map((_, index) => ({ name: `s${index}`, restartPolicy: "Always" }))];
  const initStatuses = [
    ...init.map(([state, restartCount = 0], index) => ({ name: `i${index}`, state, ready: false, restartCount })),
    ...sidecars.map(([state, started = false, ready = false, restartCount = 0], index) => ({ name: `s${index}`, state, started, ready, restartCount })),
  ];
  return {
    apiVersion: "v1", kind: "Pod",
    metadata: { name: "web", namespace: "default", ...(deleted ? { deletionTimestamp: "2026-01-01T00:01:00Z" } : {}) },
    spec: { containers: main.map((_, index) => ({ name: `c${index}` })), ...(initSpecs.length === 0 ? {} : { initContainers: initSpecs }) },
    status: {
      containerStatuses: main.map(([state, ready = false, restartCount = 0], index) => ({ name: `c${index}`, image: "", imageID: "", state, ready, restartCount })),
      ...(initStatuses.length === 0 ? {} : { initContainerStatuses: initStatuses }), ...status,
    },
  } as unknown as Pod;
}

function lineOf(given: Case): string {
  const { ready, total, word, restarts } = podSummary(podOf(given));
  return `${ready}/${total} ${word} ${restarts}`;
}

describe("podSummary: containers", () => {
  const pending = { phase: "Pending" };
  it.each<[name: string, given: Case, line: string]>([
    ["all run and are ready", { main: [[RUNNING, true], [RUNNING, true]] }, "2/2 Running 0"],
    ["one runs but isn't ready", { main: [[RUNNING, true], [RUNNING]] }, "1/2 Running 0"],
    ["restarts add up", { main: [[RUNNING, true, 3], [RUNNING, true, 4]] }, "2/2 Running 7"],
    ["containers are being made", { main: [[waits("ContainerCreating")]], status: pending }, "0/1 ContainerCreating 0"],
    ["the image can't be pulled", { main: [[waits("ImagePullBackOff")]], status: pending }, "0/1 ImagePullBackOff 0"],
    ["a container keeps crashing", { main: [[waits("CrashLoopBackOff"), false, 5]] }, "0/1 CrashLoopBackOff 5"],
    ["the first container's trouble hides the second's", { main: [[waits("ErrImagePull")], [waits("CrashLoopBackOff")]] }, "0/2 ErrImagePull 0"],
    ["a container without trouble hides nothing", { main: [[RUNNING, true], [waits("CrashLoopBackOff"), false, 2]] }, "1/2 CrashLoopBackOff 2"],
    ["a waiting container that gives no reason leaves the phase", { main: [[waits("")]], status: pending }, "0/1 Pending 0"],
    ["no container has a status yet", { main: [], status: pending }, "0/0 Pending 0"],
    ["a container failed", { main: [[ended(1, "Error")]], status: { phase: "Failed" } }, "0/1 Error 0"],
    ["it used too much memory", { main: [[ended(137, "OOMKilled"), false, 1]] }, "0/1 OOMKilled 1"],
    ["an exit code without a reason", { main: [[ended(3)]] }, "0/1 ExitCode:3 0"],
    ["a signal without a reason", { main: [[ended(137, undefined, 9)]] }, "0/1 Signal:9 0"],
    ["all are through", { main: [[ended(0, "Completed")]], status: { phase: "Succeeded" } }, "0/1 Completed 0"],
    ["one is through, the rest runs and the pod is ready", { main: [[ended(0, "Completed")], [RUNNING, true]], status: { phase: "Running", conditions: [condition("Ready")] } }, "1/2 Running 0"],
    ["one is through, the rest runs, the pod isn't ready", { main: [[ended(0, "Completed")], [RUNNING, true]], status: { phase: "Running", conditions: [condition("Ready", "False")] } }, "1/2 NotReady 0"],
    ["one is through, the rest isn't ready", { main: [[ended(0, "Completed")], [RUNNING]] }, "0/2 Completed 0"],
  ])("%s", (_name, given, line) => {
    expect(lineOf(given)).toBe(line);
  });
});

describe("podSummary: init containers", () => {
  const pending = { phase: "Pending" };
  const later: Case["main"] = [[waits("PodInitializing")]];
  it.each<[name: string, given: Case, line: string]>([
    ["the first runs", { init: [[RUNNING], [waits("PodInitializing")]], main: later, status: pending }, "0/1 Init:0/2 0"],
    ["the second waits for its turn", { init: [[ended(0, "Completed")], [waits("PodInitializing")]], main: later, status: pending }, "0/1 Init:1/2 0"],
    ["one can't be pulled", { init: [[waits("ImagePullBackOff")]], main: later, status: pending }, "0/1 Init:ImagePullBackOff 0"],
    ["one keeps failing", { init: [[waits("CrashLoopBackOff"), 4]], main: later, status: pending }, "0/1 Init:CrashLoopBackOff 4"],
    ["one failed", { init: [[ended(1, "Error"), 2]], main: later, status: pending }, "0/1 Init:Error 2"],
    ["one failed without a reason", { init: [[ended(2)]], main: later, status: pending }, "0/1 Init:ExitCode:2 0"],
    ["one was killed without a reason", { init: [[ended(137, undefined, 9)]], main: later, status: pending }, "0/1 Init:Signal:9 0"],
    ["restarts behind the one that is at work don't count", { init: [[RUNNING, 1], [waits("PodInitializing"), 7]], main: later, status: pending }, "0/1 Init:0/2 1"],
    ["restarts while initializing are forgotten afterwards", { init: [[ended(0, "Completed"), 3]], main: [[RUNNING, true, 2]] }, "1/1 Running 2"],
    ["the pod was initialized before, so its containers speak", { init: [[RUNNING, 1]], main: [[RUNNING, true, 2]], status: { phase: "Running", conditions: [condition("Initialized")] } }, "1/1 Init:0/1 2"],
    ["all are through and the containers come", { init: [[ended(0, "Completed")]], main: [[waits("PodInitializing")]], status: pending }, "0/1 PodInitializing 0"],
  ])("%s", (_name, given, line) => {
    expect(lineOf(given)).toBe(line);
  });
});

describe("podSummary: sidecars", () => {
  it.each<[name: string, given: Case, line: string]>([
    ["one that started counts among the containers", { sidecars: [[RUNNING, true, true]] }, "2/2 Running 0"],
    ["one that started but isn't ready", { sidecars: [[RUNNING, true]] }, "1/2 Running 0"],
    ["one that hasn't started holds the pod up", { sidecars: [[RUNNING]], main: [[waits("PodInitializing")]], status: { phase: "Pending" } }, "0/2 Init:0/1 0"],
    ["its restarts go on counting", { init: [[ended(0, "Completed"), 5]], sidecars: [[RUNNING, true, true, 2]], main: [[RUNNING, true, 1]] }, "2/2 Running 3"],
    ["a sidecar that is ready while an init container isn't through", { init: [[ended(0)]], sidecars: [[RUNNING, true, true], [RUNNING]], main: [[waits("PodInitializing")]], status: { phase: "Pending" } }, "1/3 Init:2/3 0"],
  ])("%s", (_name, given, line) => {
    expect(lineOf(given)).toBe(line);
  });
});

describe("podSummary: the whole pod", () => {
  it.each<[name: string, given: Case, line: string]>([
    ["evicted", { main: [], status: { phase: "Failed", reason: "Evicted" } }, "0/0 Evicted 0"],
    ["held back by a scheduling gate", { main: [], status: { phase: "Pending", conditions: [condition("PodScheduled", "False", "SchedulingGated")] } }, "0/0 SchedulingGated 0"],
    ["unschedulable is just pending", { main: [], status: { phase: "Pending", conditions: [condition("PodScheduled", "False", "Unschedulable")] } }, "0/0 Pending 0"],
    ["being deleted", { deleted: true }, "1/1 Terminating 0"],
    ["being deleted while it initializes", { init: [[RUNNING]], main: [[waits("PodInitializing")]], status: { phase: "Pending" }, deleted: true }, "0/1 Terminating 0"],
    ["being deleted after it has ended", { main: [[ended(0, "Completed")]], status: { phase: "Succeeded" }, deleted: true }, "0/1 Completed 0"],
    ["being deleted on a lost node", { status: { phase: "Running", reason: "NodeLost" }, deleted: true }, "1/1 Unknown 0"],
    ["on a lost node", { status: { phase: "Running", reason: "NodeLost" } }, "1/1 NodeLost 0"],
    ["without any status", { main: [], status: {} }, "0/0 Unknown 0"],
  ])("%s", (_name, given, line) => {
    expect(lineOf(given)).toBe(line);
  });
});
