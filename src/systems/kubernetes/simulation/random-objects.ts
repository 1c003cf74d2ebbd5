/** Draws the objects that people of a simulated cluster apply. */
import type { Dice } from "../../../engine/testing/index.ts";
import type { Container, KubeObject, PodSpec } from "../api/index.ts";

/** Images that run; the shop's `grumpy` ignores its stop signal and `slow` takes 45 s to listen. */
export const GOOD_IMAGES = ["shop/web:1", "shop/web:2", "shop/web:3", "shop/cart:1", "nginx:1.27", "shop/web:grumpy"] as const;
/** Images that never get a pod ready: a program that dies, one that is never ready, a tag and a repository that aren't there. */
export const BAD_IMAGES = ["shop/web:broken", "shop/web:unready", "shop/web:no-such-tag", "nobody/nothing:1"] as const;

/** Workloads with a pod template and `replicas`, or without them. */
export interface Workload extends KubeObject {
  readonly spec: { readonly selector?: unknown; readonly replicas?: number; readonly paused?: boolean; readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> }; readonly spec: PodSpec } };
}

/** A container that fits small machines many times over. */
export function randomContainer(dice: Dice, image: string): Container {
  return {
    name: "main", image, ports: [{ containerPort: 80 }],
    ...(dice.chance(0.8) ? { resources: { requests: { cpu: `${dice.between(1, 8) * 25}m`, memory: `${dice.between(1, 6) * 32}Mi` }, ...(dice.chance(0.3) ? { limits: { memory: "256Mi" } } : {}) } } : {}),
    ...(dice.chance(0.6) ? { readinessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: dice.between(1, 5) } } : {}),
    ...(dice.chance(0.15) ? { livenessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 5, failureThreshold: 3 } } : {}),
    ...(dice.chance(0.2) ? { lifecycle: { preStop: { sleep: { seconds: dice.between(1, 8) } } } } : {}),
  };
}

/** What a pod asks for; now and then with rules about where. */
export function randomPodSpec(dice: Dice, image: string, labels: Readonly<Record<string, string>>): PodSpec {
  const labelSelector = { matchLabels: labels };
  return {
    containers: [randomContainer(dice, image)],
    ...(dice.chance(0.3) ? { terminationGracePeriodSeconds: dice.pick([0, 1, 5, 30]) } : {}),
    ...(dice.chance(0.1) ? { nodeSelector: { disk: dice.pick(["ssd", "hdd"]) } } : {}),
    ...(dice.chance(0.15) ? { tolerations: [{ key: "dedicated", operator: "Exists" as const }] } : {}),
    ...(dice.chance(0.1) ? { tolerations: [{ key: "node.kubernetes.io/unreachable", operator: "Exists" as const, effect: "NoExecute" as const, tolerationSeconds: 20 }] } : {}),
    ...(dice.chance(0.1) ? { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey: "kubernetes.io/hostname" }] } } } : {}),
    ...(dice.chance(0.1) ? { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "DoNotSchedule", labelSelector }] } : {}),
  };
}

/** How a Deployment replaces its pods. */
function randomStrategy(dice: Dice): object {
  if (dice.chance(0.15)) return { strategy: { type: "Recreate" } };
  if (dice.chance(0.4)) return {};
  const maxSurge = dice.pick([0, 1, 2, "50%", "100%"]);
  const maxUnavailable = maxSurge === 0 ? dice.pick([1, "50%"]) : dice.pick([0, 1, "34%", "100%"]);
  return { strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge, maxUnavailable } } };
}

const API_VERSIONS = { Deployment: "apps/v1", ReplicaSet: "apps/v1", StatefulSet: "apps/v1", DaemonSet: "apps/v1", Job: "batch/v1" } as const;
/** Kinds of workloads that are drawn. */
export type WorkloadKind = keyof typeof API_VERSIONS;

/** A workload of a kind; its pods are labelled app=name. */
export function randomWorkload(dice: Dice, kind: WorkloadKind, namespace: string, name: string): Workload {
  const labels = { app: name };
  const image = dice.chance(0.9) ? dice.pick(GOOD_IMAGES) : dice.pick(BAD_IMAGES);
  const spec = randomPodSpec(dice, image, labels);
  const template = { metadata: { labels }, spec };
  const base = { apiVersion: API_VERSIONS[kind], kind, metadata: { name, namespace } };
  const selector = { matchLabels: labels };
  if (kind === "Job") {
    const worker: PodSpec = { ...spec, restartPolicy: "Never", containers: [{ name: "main", image: "busybox:1.36", command: ["sh", "-c", dice.chance(0.85) ? `sleep ${dice.between(1, 30)}` : "sleep 2; exit 1"] }] };
    return { ...base, spec: { completions: dice.between(1, 5), parallelism: dice.between(1, 3), backoffLimit: dice.between(0, 3), template: { metadata: { labels }, spec: worker } } } as Workload;
  }
  if (kind === "DaemonSet") return { ...base, spec: { selector, template } } as Workload;
  const replicas = dice.between(0, 6);
  if (kind === "StatefulSet") return { ...base, spec: { replicas: Math.min(replicas, 4), serviceName: name, selector, ...(dice.chance(0.3) ? { podManagementPolicy: "Parallel" } : {}), template } } as Workload;
  if (kind === "ReplicaSet") return { ...base, spec: { replicas, selector, template } };
  return { ...base, spec: { replicas, selector, template, ...randomStrategy(dice), ...(dice.chance(0.2) ? { minReadySeconds: dice.between(1, 10) } : {}), ...(dice.chance(0.2) ? { revisionHistoryLimit: dice.between(0, 2) } : {}), ...(dice.chance(0.2) ? { progressDeadlineSeconds: dice.between(20, 90) } : {}) } } as Workload;
}

/** A Service for the pods of a workload. */
export function randomService(dice: Dice, namespace: string, name: string, app: string): KubeObject {
  const type = dice.pick(["ClusterIP", "ClusterIP", "ClusterIP", "NodePort", "LoadBalancer"]);
  const headless = type === "ClusterIP" && dice.chance(0.15);
  return {
    apiVersion: "v1", kind: "Service", metadata: { name, namespace },
    spec: { type, selector: { app }, ports: [{ port: 80, targetPort: 80 }], ...(headless ? { clusterIP: "None" } : {}), ...(dice.chance(0.1) ? { publishNotReadyAddresses: true } : {}) },
  } as KubeObject;
}
