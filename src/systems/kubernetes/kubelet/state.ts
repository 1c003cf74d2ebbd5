/** A kubelet's state as plain data. */
import type { Machine } from "../../machines/index.ts";
import type { ContainerMount, ContainerStatus, EnvironmentVariable, SandboxStatus } from "../../containers/cri/index.ts";
import type { Container, ContainerStateTerminated, Lease, Node, Pod } from "../api/index.ts";
import type { InformerSet, InformerSpec } from "../client/index.ts";
import type { RecorderState } from "../events/index.ts";

/** What a kubelet is made from. */
export interface KubeletConfig {
  readonly node: string;
  readonly nodeIp: string;
  /** "10.244.3.0/24". */
  readonly podCidr: string;
  readonly machine: Machine;
  /** Default 110. */
  readonly maxPods?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  readonly zone?: string;
  readonly region?: string;
  /** Pods that the kubelet runs from its own disk (the manifest directory). */
  readonly staticPods?: readonly Pod[];
}

/** What a container is within its pod. */
export type ContainerKind = "init" | "sidecar" | "main";

/** One probe of a container that runs. Times are ms since the epoch. */
export interface ProbeState {
  readonly kind: "startup" | "readiness" | "liveness";
  /** "waiting" for its time, "asked" the runtime, "held" by the runtime until it fails, "off" until something else comes first. */
  phase: "waiting" | "asked" | "held" | "off";
  successes: number;
  failures: number;
  /** The result that counts: undefined until a threshold was reached. */
  result: boolean | undefined;
  nextAt: number;
  /** It had succeeded and then failed: its next success is a recovery. */
  lost: boolean;
}

/** The life of one container's run that the kubelet knows of. */
export interface ContainerRun {
  readonly id: string;
  readonly attempt: number;
  readonly createdAt: number;
  startedAt: number;
  state: "created" | "running" | "exited";
  imageId: string;
  imageRef: string;
  standIn: boolean;
  finishedAt: number;
  exitCode: number;
  reason: string;
  message: string;
  /** The startup probe has succeeded (or there is none) and the postStart hook is done. */
  started: boolean;
  /** It is being stopped: why, for the event, and whether the pod ends with it. */
  stopping: boolean;
  probes: ProbeState[];
}

/** What the kubelet keeps of one container of a pod. */
export interface ContainerRecord {
  readonly name: string;
  readonly kind: ContainerKind;
  readonly spec: Container;
  run: ContainerRun | undefined;
  /** How the run before ended. */
  last: ContainerStateTerminated | undefined;
  restarts: number;
  /** Why it doesn't run. */
  waiting: { readonly reason: string; readonly message?: string } | undefined;
  /** Crash back-off: its length and when it was last set (flowcontrol.Backoff's entry), ms. */
  backOff: { readonly delayMs: number; readonly updatedAt: number } | undefined;
  /** Container of the run before: its log is kept, the one before that is removed. */
  previousId: string;
  /** Not to be tried before this time, ms, after an error that isn't a crash. */
  retryAt: number;
  /** The end of the back-off that was told last, so that each is told once. */
  toldBackOff: number;
}

/** Back-off of one image of one pod. */
export interface ImageBackOff {
  readonly delayMs: number;
  readonly updatedAt: number;
  readonly error: string;
}

/** What a pod's worker is about. */
export type WorkerPhase = "syncing" | "terminating" | "terminated" | "deleting" | "gone";

/** A pod on this node. */
export interface PodWorker {
  readonly uid: string;
  readonly key: string;
  pod: Pod;
  /** From the node's own manifests rather than the API. */
  readonly isStatic: boolean;
  /** The mirror pod's uid, of a static pod. */
  mirrorUid: string;
  phase: WorkerPhase;
  sandbox: { id: string; ip: string; ready: boolean; readonly createdAt: number } | undefined;
  sandboxAttempts: number;
  readonly containers: ContainerRecord[];
  /** Container (or "" for the sandbox) that is being brought up; requests for one pod go one after another, as syncPod does. */
  busy: string | undefined;
  readonly imageBackOff: Map<string, ImageBackOff>;
  /** When the pod was first seen, ms: status.startTime. */
  readonly startedAt: number;
  /** Refused by the kubelet, past its deadline, or evicted: the pod fails with these. */
  failure: { readonly reason: string; readonly message: string } | undefined;
  /** What it was admitted with. */
  readonly requests: { readonly cpuMillis: number; readonly memoryBytes: number };
  /** Refused at admission: nothing of it ever ran. */
  refused: boolean;
  /** Why it is being terminated, when the API did not ask. */
  graceSeconds: number;
  terminationStartedAt: number;
  /** Files of its volumes, once they were worked out, by volume name. */
  volumes: ReadonlyMap<string, ResolvedVolume> | undefined;
  /** Objects that its volumes and environment need: keys of state.sources. */
  readonly sources: ReadonlySet<string>;
  /** The volume problem that was told last. */
  toldProblem: string;
  /** What the status write was made from last, to skip equal ones; and whether one is under way. */
  writtenStatus: unknown;
  writing: boolean;
  dirty: boolean;
  wasReady: boolean;
  removing: boolean;
}

/** A volume as containers mount it. */
export interface ResolvedVolume {
  /** Name on the runtime. */
  readonly volume: string;
  readonly readOnly: boolean;
  readonly files: ContainerMount["files"];
  /** Set when the volume is one file (hostPath of a file): its name in `files`. */
  readonly single?: string;
}

/** A pull that waits for its turn: the kubelet pulls one image at a time. */
export interface QueuedPull {
  readonly uid: string;
  readonly container: string;
  readonly askedAt: number;
}

/** Component state. */
export interface KubeletState {
  readonly config: KubeletConfig;
  readonly runtime: string;
  /** Pods of this node. */
  readonly pods: InformerSet;
  /** Services (for environment variables), started with the first pod that wants them. */
  readonly services: InformerSet;
  servicesStarted: boolean;
  /** Variables of services by namespace ("" = the API's alone), as of a revision of the services. */
  readonly serviceEnv: { revision: number; readonly byNamespace: Map<string, readonly EnvironmentVariable[]> };
  /** ConfigMaps, Secrets and claims that pods of this node use, each watched by name. */
  readonly sources: Map<string, { readonly set: InformerSet; readonly specs: Readonly<Record<string, InformerSpec>>; readonly users: Set<string> }>;
  readonly recorder: RecorderState;
  readonly workers: Map<string, PodWorker>;
  /** Pods that are here, by "namespace/name": a pod with the name of one that is still going waits. */
  readonly byKey: Map<string, string>;
  /** Pods that wait for room: bound, but one of the same name is still being torn down. */
  readonly waitingForName: Map<string, Pod>;
  /** Images known to be on the disk, by canonical reference. */
  readonly images: Map<string, { readonly repoDigest: string; readonly sizeBytes: number }>;
  readonly pullQueue: QueuedPull[];
  pulling: QueuedPull | undefined;
  /** The node object as the server last returned it. */
  nodeObject: Node | undefined;
  registered: boolean;
  registerFailures: number;
  lease: Lease | undefined;
  /** The runtime answered and its events are streamed. */
  runtimeReady: boolean;
  recovered: boolean;
  staticStarted: boolean;
  /** What the runtime had when it was met last, until pods have taken it over. */
  inventory: { readonly sandboxes: readonly SandboxStatus[]; readonly containers: readonly ContainerStatus[] };
  eventStream: number;
  runtimeFailures: number;
  /** What the node's Ready condition said last, to write it at once when it changes. */
  toldReady: boolean;
  readonly bootedAt: number;
  /** Millicores, bytes and pods that admitted pods have asked for. */
  usage: { cpuMillis: number; memoryBytes: number; pods: number };
  imagesChanged: boolean;
}
