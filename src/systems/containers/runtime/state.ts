/** A node's container runtime as plain data. */
import type { Machine } from "../../machines/index.ts";
import type { ContainerConfig, LogLine, ProbeAction, ProbeHold, SandboxStatus } from "../cri/index.ts";
import type { Files, VolumeFiles } from "../filesystem/index.ts";
import type { Image } from "../images/index.ts";
import type { ProgramProcess } from "../programs/index.ts";
import type { ShellMachine } from "../shell/index.ts";

/** What a runtime is made from. */
export interface RuntimeConfig {
  readonly node: string;
  readonly nodeIp: string;
  readonly machine: Machine;
  /** Component of this node's network. */
  readonly network: string;
}

/** A pod's sandbox. */
export interface Sandbox extends SandboxStatus {
  ready: boolean;
  ip: string;
  readonly hostname: string;
  readonly hostNetwork: boolean;
  readonly containers: string[];
}

/** One program inside a container: the main process, or one that a shell started. */
export interface RunningProgram {
  /** 1 is the container's main process. */
  readonly pid: number;
  readonly process: ProgramProcess;
  readonly ends?: { readonly at: number; readonly code: number; readonly lines: readonly string[] };
}

/** A held probe: answered when it fails. */
export interface HeldProbe {
  readonly request: number;
  readonly probe: ProbeAction;
  readonly timeoutSeconds: number;
  readonly hold: ProbeHold;
  /** Time of its next evaluation, ms, or Infinity while nothing can change. */
  nextAt: number;
}

/** A command that runs by exec beside the main process. */
export interface ExecSession {
  readonly request: number;
  readonly machine: ShellMachine;
  /** "exec" answers with its output, "probe" with success or not. */
  readonly purpose: "exec" | "probe";
  readonly deadline: number;
  readonly timeoutSeconds: number;
  stdout: string;
  stderr: string;
}

/** A container. */
export interface RuntimeContainer {
  readonly id: string;
  readonly sandboxId: string;
  readonly podUid: string;
  readonly config: ContainerConfig;
  readonly image: Image;
  readonly files: Files;
  readonly createdAt: number;
  state: "created" | "running" | "exited";
  startedAt: number;
  finishedAt: number;
  exitCode: number;
  reason: string;
  message: string;
  /** Set while the main process is a shell. */
  shell: ShellMachine | undefined;
  programs: RunningProgram[];
  execs: ExecSession[];
  log: LogLine[];
  /** Requests that wait for the container to stop. */
  stopping: number[];
  /** When it was asked to stop, ms, or 0. */
  stopAskedAt: number;
  /** When an injected fault ends it, ms, or Infinity. */
  crashesAt: number;
  /** When a graceful program will have left, ms, or Infinity. */
  leavesAt: number;
  holds: HeldProbe[];
  /** Slow requests that are being answered: they are reset when the process ends. */
  serving: Map<number, { readonly at: number; readonly body: unknown }>;
}

/** A pull in progress, shared by all that wait for it. */
export interface Pull {
  readonly image: Image;
  readonly startedAt: number;
  readonly waiting: number[];
}

/** An image's injected trouble. */
export interface ImageFault {
  readonly missing: boolean;
  readonly slowFactor: number;
}

/** Component state. */
export interface RuntimeState {
  readonly config: RuntimeConfig;
  /** Images on the disk, by canonical reference. */
  readonly images: Map<string, Image>;
  /** How many images of the disk use a layer, by layer id. */
  readonly layers: Map<string, number>;
  /** Bytes of layers on the disk, and of what a person filled it with. */
  diskBytes: number;
  readonly pulls: Map<string, Pull>;
  readonly imageFaults: Map<string, ImageFault>;
  /** Containers that crash by an injected fault: how long they run, ms, by "namespace/pod/container". */
  readonly crashes: Map<string, number>;
  readonly sandboxes: Map<string, Sandbox>;
  readonly byIp: Map<string, string>;
  readonly hostSandboxes: Set<string>;
  readonly containers: Map<string, RuntimeContainer>;
  readonly volumes: Map<string, VolumeFiles>;
  /** Streams of container events. */
  readonly streams: Set<number>;
}

/** What survives on the disk when the node goes down: images, and what was known of containers (they are all dead). */
export interface RuntimeDisk {
  readonly images: readonly Image[];
  readonly filledBytes: number;
  readonly sandboxes: readonly Sandbox[];
  readonly containers: readonly RuntimeContainer[];
  readonly volumes: ReadonlyMap<string, VolumeFiles>;
}
