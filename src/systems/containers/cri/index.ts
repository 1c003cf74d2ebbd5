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
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** Files that volumes put into the container: mount path and content by relative file name. */
  readonly mounts: readonly { readonly path: string; readonly readOnly: boolean; readonly files: Readonly<Record<string, string>> }[];
  readonly ports: readonly { readonly name?: string; readonly containerPort: number; readonly protocol: string }[];
  /** CPU request and limit in millicores, memory in bytes; absent = none. */
  readonly cpuRequestMillis?: number;
  readonly cpuLimitMillis?: number;
  readonly memoryLimitBytes?: number;
  readonly stopSignal?: string;
  readonly tty?: boolean;
  readonly stdin?: boolean;
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
  | { readonly type: "cri/ContainerStats" }
  | { readonly type: "cri/ExecSync"; readonly containerId: string; readonly command: readonly string[]; readonly timeoutSeconds: number }
  /** Not CRI but what the kubelet does over the node's network: an HTTP, TCP or gRPC probe to a container's port. */
  | { readonly type: "probe"; readonly containerId: string; readonly probe: ProbeAction; readonly timeoutSeconds: number };

/** What a probe tries. */
export type ProbeAction =
  | { readonly kind: "http"; readonly port: number; readonly path: string; readonly scheme: string; readonly headers: readonly { readonly name: string; readonly value: string }[] }
  | { readonly kind: "tcp"; readonly port: number }
  | { readonly kind: "grpc"; readonly port: number; readonly service: string };

/** A container as the runtime reports it. Times are ms since the epoch. */
export interface ContainerStatus {
  readonly containerId: string;
  readonly sandboxId: string;
  readonly podUid: string;
  readonly name: string;
  readonly attempt: number;
  readonly state: "created" | "running" | "exited";
  readonly imageRef: string;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly message?: string;
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
  | { readonly type: "cri/ok"; readonly sandboxId?: string; readonly ip?: string; readonly containerId?: string; readonly imageRef?: string; readonly sizeBytes?: number; readonly present?: boolean }
  | { readonly type: "cri/error"; readonly code: string; readonly message: string }
  | { readonly type: "cri/exec"; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly type: "cri/probe"; readonly success: boolean; readonly message: string }
  | { readonly type: "cri/containers"; readonly containers: readonly ContainerStatus[] }
  | { readonly type: "cri/sandboxes"; readonly sandboxes: readonly SandboxStatus[] }
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
