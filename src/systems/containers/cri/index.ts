/**
 * The Container Runtime Interface as messages between a kubelet and its node's runtime.
 * Names follow the gRPC service runtime.v1.RuntimeService/ImageService (kubernetes/cri-api, pkg/apis/runtime/v1/api.proto).
 * Every request gets one {@link CriResponse}. The runtime pushes {@link ContainerEvent}s on a stream (GetContainerEvents).
 */

/** Where and how a container's image process sees the outside. */
export interface ContainerConfig {
  readonly name: string;
  readonly attempt: number;
  readonly image: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  readonly env: readonly EnvironmentVariable[];
  /** Not CRI: variables that all containers of a namespace share (of its services); one list for all, whatever its length. `env` wins. */
  readonly serviceEnv?: readonly EnvironmentVariable[];
  /** Files that volumes put into the container. */
  readonly mounts: readonly ContainerMount[];
  readonly ports: readonly { readonly name?: string; readonly containerPort: number; readonly protocol: string }[];
  /** CPU request and limit in millicores, memory in bytes; absent = none. */
  readonly cpuRequestMillis?: number;
  readonly cpuLimitMillis?: number;
  readonly memoryLimitBytes?: number;
  readonly stopSignal?: string;
  readonly tty?: boolean;
  readonly stdin?: boolean;
  /** File whose content becomes the message of the container's end. */
  readonly terminationMessagePath?: string;
  /** Take the end of the log as that message if the file is empty and the exit code is not 0. */
  readonly terminationMessageFromLogs?: boolean;
}

/** A variable of a container's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** One mount: start content by relative file name, and the volume that keeps it (shared by all mounts of that name). */
export interface ContainerMount {
  readonly path: string;
  readonly readOnly: boolean;
  readonly files: Readonly<Record<string, string>>;
  /** Name of the volume on this node, e.g. "pod/<uid>/cache"; absent = a volume of this container alone. */
  readonly volume?: string;
  /** Only this file or directory of the volume. */
  readonly subPath?: string;
}

/** What the kubelet asks of the runtime. */
export type CriRequest =
  | { readonly type: "cri/RunPodSandbox"; readonly podUid: string; readonly namespace: string; readonly podName: string; readonly attempt: number; readonly hostNetwork: boolean; readonly hostname: string; readonly runtimeHandler: string; readonly hostPorts: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[] }
  | { readonly type: "cri/StopPodSandbox"; readonly sandboxId: string }
  | { readonly type: "cri/RemovePodSandbox"; readonly sandboxId: string }
  | { readonly type: "cri/ListPodSandbox" }
  | { readonly type: "cri/ImageStatus"; readonly image: string }
  | { readonly type: "cri/PullImage"; readonly image: string }
  | { readonly type: "cri/CreateContainer"; readonly sandboxId: string; readonly config: ContainerConfig }
  | { readonly type: "cri/StartContainer"; readonly containerId: string }
  | { readonly type: "cri/StopContainer"; readonly containerId: string; readonly timeoutSeconds: number }
  | { readonly type: "cri/RemoveContainer"; readonly containerId: string }
  | { readonly type: "cri/ListContainers" }
  | { readonly type: "cri/ListImages" }
  /** Not CRI: the kubelet writes files of a volume that containers have mounted (ConfigMaps and Secrets that changed). */
  | { readonly type: "cri/UpdateVolume"; readonly volume: string; readonly files: Readonly<Record<string, string>> }
  /** Not CRI: the kubelet reads log files on the node's disk. `tailLines` < 0 or absent = all; `sinceMs` = ms since the epoch. */
  | { readonly type: "cri/ReadLogs"; readonly containerId: string; readonly tailLines?: number; readonly sinceMs?: number; readonly limitBytes?: number }
  | { readonly type: "cri/ContainerStats" }
  | { readonly type: "cri/ExecSync"; readonly containerId: string; readonly command: readonly string[]; readonly timeoutSeconds: number }
  /** Not CRI but what the kubelet does over the node's network: an HTTP, TCP or gRPC probe to a container's port. */
  | { readonly type: "probe"; readonly containerId: string; readonly probe: ProbeAction; readonly timeoutSeconds: number; readonly hold?: ProbeHold };

/**
 * A probe that is known to succeed is held: the runtime answers at the first of its times at which it fails. What
 * would succeed costs no message; what can't change by itself costs nothing.
 */
export interface ProbeHold {
  readonly periodMs: number;
  /** Time of the next probe, ms since the epoch. */
  readonly firstAt: number;
}

/** What a probe tries. */
export type ProbeAction =
  | { readonly kind: "http"; readonly port: number; readonly path: string; readonly scheme: string; readonly headers: readonly { readonly name: string; readonly value: string }[] }
  | { readonly kind: "tcp"; readonly port: number }
  | { readonly kind: "grpc"; readonly port: number; readonly service: string }
  | { readonly kind: "exec"; readonly command: readonly string[] };

/** A container as the runtime reports it. Times are ms since the epoch. */
export interface ContainerStatus {
  readonly containerId: string;
  readonly sandboxId: string;
  readonly podUid: string;
  readonly name: string;
  readonly attempt: number;
  readonly state: "created" | "running" | "exited";
  readonly imageRef: string;
  /** "docker.io/library/nginx@sha256:…". */
  readonly imageId: string;
  /** True when the lab knows nothing of the image and lets a stand-in run. */
  readonly standIn: boolean;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly message?: string;
}

/** One line of a container's log. `at` is ms since the epoch. */
export interface LogLine {
  readonly at: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** A sandbox as the runtime reports it. */
export interface SandboxStatus {
  readonly sandboxId: string;
  readonly podUid: string;
  readonly namespace: string;
  readonly podName: string;
  readonly ready: boolean;
  readonly ip: string;
  readonly createdAt: number;
}

/** The runtime's answer. `error` carries a gRPC-like code and the runtime's message. */
export type CriResponse =
  | { readonly type: "cri/ok"; readonly sandboxId?: string; readonly ip?: string; readonly containerId?: string; readonly imageRef?: string; readonly sizeBytes?: number; readonly present?: boolean; readonly standIn?: boolean; readonly container?: ContainerStatus }
  | { readonly type: "cri/error"; readonly code: string; readonly message: string }
  | { readonly type: "cri/exec"; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly type: "cri/probe"; readonly success: boolean; readonly message: string }
  | { readonly type: "cri/containers"; readonly containers: readonly ContainerStatus[] }
  | { readonly type: "cri/sandboxes"; readonly sandboxes: readonly SandboxStatus[] }
  | { readonly type: "cri/images"; readonly images: readonly { readonly reference: string; readonly repoDigest: string; readonly sizeBytes: number }[] }
  | { readonly type: "cri/logs"; readonly lines: readonly LogLine[] }
  | { readonly type: "cri/stats"; readonly containers: readonly { readonly containerId: string; readonly cpuMillis: number; readonly memoryBytes: number }[] };

/** Opens the stream of container events. */
export interface GetContainerEvents {
  readonly type: "cri/GetContainerEvents";
}

/** Something happened to a container. */
export interface ContainerEvent {
  readonly type: "cri/ContainerEvent";
  readonly event: "started" | "stopped" | "deleted" | "sandbox-stopped";
  readonly podUid: string;
  readonly container?: ContainerStatus;
}

/**
 * A fault that a person puts into a node's runtime, as a one-way message. Every runtime may be told; each acts on what
 * it has. Pods are named "namespace/name" in `target`, images by their reference.
 */
export interface RuntimeFault {
  readonly type: "runtime/fault";
  readonly fault: ContainerFault | ImageFault | NodeFault;
}

/** Trouble in one container. */
export type ContainerFault = { readonly target: string; readonly container: string } & (
  | { readonly kind: "kill-container" }
  /** It ends with exit code 1 after so long, each time it runs; 0 = no more. */
  | { readonly kind: "crash-container"; readonly everyMs: number }
  | { readonly kind: "leak-memory"; readonly bytesPerSecond: number }
  /** Every answer has this HTTP status; 0 = as before. */
  | { readonly kind: "break-answers"; readonly status: number }
  | { readonly kind: "slow-answers"; readonly latencyMs: number }
);

/** Trouble with an image at its registry. */
export type ImageFault = { readonly target: string } & ({ readonly kind: "image-missing" | "image-back" } | { readonly kind: "image-slow"; readonly factor: number });

/** Trouble of the whole node. `share` of the disk, 0 to 1, is filled by something else. */
export type NodeFault = { readonly kind: "fill-disk" | "fill-memory"; readonly target: string; readonly share: number };
