/**
 * Views: what the lab knows of each thing it can draw. Small, flat, and sent anew only when they change.
 * Times are virtual, ms since the epoch. Ids are stable for the life of a thing.
 */

/** How a pod is doing, as the stage shows it (shape, colour and word). */
export type PodState = "pending" | "starting" | "running" | "ready" | "crash-loop" | "failed" | "succeeded" | "leaving" | "unknown";

/** A container inside a pod. */
export interface ContainerView {
  readonly name: string;
  readonly image: string;
  readonly kind: "init" | "sidecar" | "main";
  readonly state: "waiting" | "running" | "terminated";
  /** Reason of waiting or terminated, e.g. "CrashLoopBackOff". */
  readonly reason: string;
  readonly ready: boolean;
  readonly restarts: number;
  /** True when the image is simulated by a stand-in. */
  readonly standIn: boolean;
}

/** A pod. `id` is its uid. */
export interface PodView {
  readonly type: "pod";
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  /** Node it is bound to, or "". */
  readonly node: string;
  readonly state: PodState;
  /** The product's word for it, as `kubectl get pods` prints it in STATUS, e.g. "ContainerCreating". */
  readonly word: string;
  readonly ready: number;
  readonly containers: readonly ContainerView[];
  readonly restarts: number;
  /** uid of its controller, or "". */
  readonly owner: string;
  /** pod-template-hash or controller-revision-hash, or "": pods of one revision share hue and pattern. */
  readonly revision: string;
  readonly ip: string;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly createdAt: number;
  /** End of the grace period or of the back-off that is running, with its length; 0 = none. */
  readonly until: number;
  readonly untilLengthMs: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** A node and the parts that run on it. `id` is "node/NAME". */
export interface NodeView {
  readonly type: "node";
  readonly id: string;
  readonly name: string;
  readonly ready: "Ready" | "NotReady" | "Unknown";
  /** When `ready` last changed. */
  readonly since: number;
  readonly cordoned: boolean;
  readonly zone: string;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly podLimit: number;
  /** Whether the machine has power. */
  readonly powered: boolean;
  readonly kubelet: PartStatus;
  readonly kubeProxy: PartStatus;
  readonly runtime: PartStatus;
  readonly taints: readonly string[];
  readonly pressure: readonly string[];
  /** True while the link to the control plane is cut. */
  readonly cutOff: boolean;
}

/** Whether a component runs. */
export type PartStatus = "up" | "down" | "paused";

/** A component of the control plane. `id` is its name on the bus. */
export interface ComponentView {
  readonly type: "component";
  readonly id: string;
  /** Plain name, e.g. "controller manager". */
  readonly title: string;
  readonly status: PartStatus;
  /** One short line: "revision 1284", "queue 1", "Deployment · ReplicaSet". */
  readonly line: string;
}

/** Anything that owns pods or other owners. `id` is its uid. */
export interface WorkloadView {
  readonly type: "workload";
  readonly id: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly owner: string;
  readonly desired: number;
  readonly current: number;
  readonly ready: number;
  readonly updated: number;
  readonly revision: string;
  readonly images: readonly string[];
  readonly paused: boolean;
  /** What the product says is wrong, e.g. "ProgressDeadlineExceeded", or "". */
  readonly problem: string;
  readonly leaving: boolean;
}

/** A Service with the pods behind it. `id` is its uid. */
export interface ServiceView {
  readonly type: "service";
  readonly id: string;
  readonly namespace: string;
  readonly name: string;
  readonly kind: string;
  readonly clusterIp: string;
  readonly external: string;
  readonly ports: readonly string[];
  readonly selector: Readonly<Record<string, string>>;
  /** Pod uids that get traffic, and those that don't (not ready). */
  readonly ready: readonly string[];
  readonly notReady: readonly string[];
}

/** A program that sends requests and counts answers. `id` is "client/NAME". */
export interface ClientView {
  readonly type: "client";
  readonly id: string;
  readonly name: string;
  /** What it calls, e.g. "web.default:80". */
  readonly target: string;
  readonly perSecond: number;
  readonly sent: number;
  readonly answered: number;
  readonly failed: number;
  /** Answers in the last ten simulated seconds by pod uid. */
  readonly byPod: Readonly<Record<string, number>>;
  readonly failedRecently: number;
  readonly latencyMs: number;
  readonly lastError: string;
}

/** Any other object: enough for lists. `id` is its uid. */
export interface ObjectView {
  readonly type: "object";
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly leaving: boolean;
}

/** One thing of the world. */
export type EntityView = PodView | NodeView | ComponentView | WorkloadView | ServiceView | ClientView | ObjectView;

/** Names one API object. */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}
