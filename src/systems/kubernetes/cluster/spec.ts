/** What a cluster is made of, as it stands in a session document: forgiving to write, strict to read. */
import { byteValue, milliValue, parseQuantity } from "../../../base/quantity/index.ts";
import { parseRfc3339 } from "../../../base/time/index.ts";

/** One machine of the cluster, worked out. CPU in millicores, memory and disk in bytes. */
export interface NodeSpec {
  readonly name: string;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  readonly pods: number;
  readonly zone: string;
  readonly region: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  /** Pod addresses of this node, e.g. "10.244.1.0/24". */
  readonly podCidr: string;
}

/** A whole cluster. */
export interface ClusterSpec {
  readonly title: string;
  /** Virtual time at the start, ms since the epoch. */
  readonly startAt: number;
  readonly nodes: readonly NodeSpec[];
  /** Simulated time that passes before a person sees the world, so that its nodes are ready, ms. */
  readonly warmupMs: number;
  /** KubeSchedulerConfiguration profiles, or undefined for the defaults. */
  readonly scheduler: unknown;
}

/** Default size of a node: 4 CPUs, 8 GiB, 110 pods (the kubelet's maxPods), 100 GiB of disk. */
const DEFAULTS = { cpu: "4", memory: "8Gi", disk: "100Gi", pods: 110 };
/** More nodes than Kubernetes supports in one cluster (https://kubernetes.io/docs/setup/best-practices/cluster-large/), with room for benchmarks. */
const MOST_NODES = 15_000;
const START = "2026-01-05T08:00:00Z";
const WARMUP_MS = 30_000;

/** Reads the `world` of a session document. Returns a sentence with the place when it can't be read. */
export function readClusterSpec(value: unknown): ClusterSpec | string {
  const world = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof world !== "object" || Array.isArray(world)) return "world: should be an object";
  const startAt = parseRfc3339(String(world["startAt"] ?? START));
  if (Number.isNaN(startAt)) return `world.startAt: "${String(world["startAt"])}" is not a time such as ${START}`;
  const entries = nodeEntries(world["nodes"] ?? 3, world["node"]);
  if (typeof entries === "string") return entries;
  const nodes: NodeSpec[] = [];
  for (const [index, entry] of entries.entries()) {
    const node = readNode(entry, index);
    if (typeof node === "string") return `world.nodes[${index}]: ${node}`;
    nodes.push(node);
  }
  const twice = firstDuplicate(nodes.map((node) => node.name));
  if (twice !== undefined) return `world.nodes: two nodes are named "${twice}"`;
  const warmupMs = Number(world["warmupMs"] ?? WARMUP_MS);
  return { title: String(world["title"] ?? "Cluster"), startAt, nodes, warmupMs: warmupMs >= 0 ? warmupMs : WARMUP_MS, scheduler: world["scheduler"] };
}

function nodeEntries(nodes: unknown, template: unknown): readonly unknown[] | string {
  if (Array.isArray(nodes)) return nodes.length <= MOST_NODES ? nodes : `world.nodes: at most ${MOST_NODES} nodes`;
  if (typeof nodes !== "number" || !Number.isInteger(nodes) || nodes < 0 || nodes > MOST_NODES) {
    return `world.nodes: should be a list of nodes or a whole number from 0 to ${MOST_NODES}`;
  }
  return Array.from({ length: nodes }, () => template ?? {});
}

function readNode(value: unknown, index: number): NodeSpec | string {
  const entry = (value ?? {}) as Readonly<Record<string, unknown>>;
  const texts = { cpu: String(entry["cpu"] ?? DEFAULTS.cpu), memory: String(entry["memory"] ?? DEFAULTS.memory), disk: String(entry["disk"] ?? DEFAULTS.disk) };
  for (const [field, text] of Object.entries(texts)) {
    if (parseQuantity(text) === undefined) return `${field}: "${text}" is not a quantity such as ${field === "cpu" ? "4 or 500m" : "8Gi"}`;
  }
  const labels = (entry["labels"] ?? {}) as Readonly<Record<string, string>>;
  return {
    name: String(entry["name"] ?? `node-${index + 1}`),
    cpuMillis: milliValue(texts.cpu), memoryBytes: byteValue(texts.memory), diskBytes: byteValue(texts.disk),
    pods: Number(entry["pods"] ?? DEFAULTS.pods),
    zone: String(entry["zone"] ?? ""), region: String(entry["region"] ?? (entry["zone"] === undefined ? "" : "region-1")),
    labels, taints: readTaints(entry["taints"]), podCidr: podCidr(index),
  };
}

/** "key=value:Effect" or "key:Effect", as kubectl taint writes them. */
function readTaints(value: unknown): NodeSpec["taints"] {
  if (!Array.isArray(value)) return [];
  return value.map((item) => {
    const [left = "", effect = "NoSchedule"] = String(item).split(":");
    const [key = "", taintValue = ""] = left.split("=");
    return { key, value: taintValue, effect };
  });
}

/** The n-th /24 of 10.244.0.0/16 (the usual cluster CIDR of kubeadm with Flannel); beyond 255 nodes it goes on in 10.245/16 and so on. */
function podCidr(index: number): string {
  return `10.${244 + Math.floor((index + 1) / 256) - (index + 1 >= 256 * 12 ? 244 : 0)}.${(index + 1) % 256}.0/24`;
}

function firstDuplicate(names: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return names.find((name) => seen.has(name) || !seen.add(name));
}
