/**
 * Filters and scores written the slow and obvious way, from the product's documentation, over plain lists: what the fast
 * path is compared with. Shares no code with it. Covers what the random cases use: CPU, memory, pod count, cordons,
 * taints, node selectors and affinity, host ports, topology spreading, pod affinity, and the default scores.
 */
import type { LabelSelector, Node, Pod, PodAffinityTerm, Taint, Toleration, TopologySpreadConstraint } from "../../api/index.ts";

/** One node's result. */
export interface ReferenceRow {
  readonly node: string;
  readonly refusedBy: string;
  readonly total: number;
}

const CPU = (pod: Pod): number => (pod.spec?.containers ?? []).reduce((sum, one) => sum + Number.parseInt(String(one.resources?.requests?.["cpu"] ?? "0m"), 10), 0);
const MEMORY = (pod: Pod): number => (pod.spec?.containers ?? []).reduce((sum, one) => sum + Number.parseInt(String(one.resources?.requests?.["memory"] ?? "0"), 10) * 1024 * 1024, 0);
const orDefault = (pod: Pod, name: "cpu" | "memory"): number => (pod.spec?.containers ?? []).reduce((sum, one) => {
  const asked = one.resources?.requests?.[name];
  if (asked === undefined) return sum + (name === "cpu" ? 100 : 200 * 1024 * 1024);
  return sum + Number.parseInt(String(asked), 10) * (name === "cpu" ? 1 : 1024 * 1024);
}, 0);
const label = (node: Node, key: string): string | undefined => node.metadata?.labels?.[key];

function matches(selector: LabelSelector | undefined, labels: Readonly<Record<string, string>> | undefined): boolean {
  if (selector === undefined) return false;
  return Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels?.[key] === value);
}

function tolerates(tolerations: readonly Toleration[] | undefined, taint: Taint): boolean {
  return (tolerations ?? []).some((one) => (one.effect ?? taint.effect) === taint.effect && (one.key ?? taint.key) === taint.key && (one.operator === "Exists" || (one.value ?? "") === (taint.value ?? "")));
}

function nodeMatches(pod: Pod, node: Node): boolean {
  if (!Object.entries(pod.spec?.nodeSelector ?? {}).every(([key, value]) => label(node, key) === value)) return false;
  const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return terms === undefined || terms.some((term) => (term.matchExpressions ?? []).every((one) => one.values?.includes(label(node, one.key) ?? "") === true));
}

/** All that is known. */
export class Reference {
  constructor(private readonly nodes: readonly Node[], private readonly pods: readonly Pod[], private readonly hard = 1) {}

  private on(node: Node): Pod[] {
    return this.pods.filter((pod) => pod.spec?.nodeName === node.metadata?.name);
  }

  private fits(pod: Pod, node: Node): boolean {
    const there = this.on(node);
    const sum = (of: (pod: Pod) => number): number => there.reduce((total, one) => total + of(one), 0);
    const { cpu, memory, pods } = node.status?.allocatable ?? {};
    const enough = (asked: number, used: number, all: number): boolean => asked === 0 || asked + used <= all;
    return there.length + 1 <= Number(pods) && enough(CPU(pod), sum(CPU), Number(cpu) * 1000) && enough(MEMORY(pod), sum(MEMORY), Number.parseInt(String(memory), 10) * 1024 * 1024);
  }

  private portsFree(pod: Pod, node: Node): boolean {
    const ports = (one: Pod): number[] => (one.spec?.containers ?? []).flatMap((container) => (container.ports ?? []).flatMap((port) => port.hostPort ?? []));
    const taken = this.on(node).flatMap(ports);
    return !ports(pod).some((port) => taken.includes(port));
  }

  /** Pods in the domain of a node, counted over nodes that count. */
  private inDomain(key: string, value: string | undefined, countedNode: (node: Node) => boolean, counted: (pod: Pod) => boolean): number {
    return this.nodes.filter((node) => value !== undefined && label(node, key) === value && countedNode(node)).reduce((sum, node) => sum + this.on(node).filter(counted).length, 0);
  }

  private spreadOk(pod: Pod, node: Node): boolean {
    const constraints = (pod.spec?.topologySpreadConstraints ?? []).filter((one) => one.whenUnsatisfiable === "DoNotSchedule");
    const counts = (one: Node): boolean => nodeMatches(pod, one) && constraints.every((constraint) => label(one, constraint.topologyKey) !== undefined);
    return constraints.every((constraint) => this.constraintOk(pod, node, constraint, counts));
  }

  private constraintOk(pod: Pod, node: Node, constraint: TopologySpreadConstraint, counts: (node: Node) => boolean): boolean {
    const { topologyKey, labelSelector, maxSkew, minDomains } = constraint;
    const value = label(node, topologyKey);
    if (value === undefined) return false;
    const counted = (one: Pod): boolean => one.metadata?.namespace === pod.metadata?.namespace && one.metadata?.deletionTimestamp === undefined && matches(labelSelector, one.metadata?.labels);
    const domains = [...new Set(this.nodes.filter(counts).map((one) => label(one, topologyKey)))];
    const sizes = domains.map((domain) => this.inDomain(topologyKey, domain, counts, counted));
    const least = domains.length < (minDomains ?? 1) ? 0 : Math.min(...sizes);
    const self = matches(labelSelector, pod.metadata?.labels) ? 1 : 0;
    return this.inDomain(topologyKey, value, counts, counted) + self - least <= maxSkew;
  }

  private selects(owner: Pod, term: PodAffinityTerm, other: Pod): boolean {
    return (term.namespaces ?? [owner.metadata?.namespace]).includes(other.metadata?.namespace ?? "") && matches(term.labelSelector, other.metadata?.labels);
  }

  private affinityOk(pod: Pod, node: Node): boolean {
    const own = pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const all = (other: Pod): boolean => own.every((term) => this.selects(pod, term, other));
    if (own.some((term) => label(node, term.topologyKey) === undefined)) return false;
    const met = own.every((term) => this.inDomain(term.topologyKey, label(node, term.topologyKey), () => true, all) > 0);
    const anywhere = own.some((term) => this.nodes.some((one) => label(one, term.topologyKey) !== undefined && this.on(one).some(all)));
    if (own.length > 0 && !met && (anywhere || !all(pod))) return false;
    const anti = pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    if (anti.some((term) => this.inDomain(term.topologyKey, label(node, term.topologyKey), () => true, (other) => this.selects(pod, term, other)) > 0)) return false;
    return !this.nodes.some((one) => this.on(one).some((other) => (other.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
      .some((term) => this.selects(other, term, pod) && label(node, term.topologyKey) !== undefined && label(node, term.topologyKey) === label(one, term.topologyKey))));
  }

  /** The first plugin that refuses, "" for none. */
  refusedBy(pod: Pod, node: Node): string {
    if (node.spec?.unschedulable === true) return "NodeUnschedulable";
    if ((node.spec?.taints ?? []).some((taint) => taint.effect !== "PreferNoSchedule" && !tolerates(pod.spec?.tolerations, taint))) return "TaintToleration";
    if (!nodeMatches(pod, node)) return "NodeAffinity";
    if (!this.portsFree(pod, node)) return "NodePorts";
    if (!this.fits(pod, node)) return "NodeResourcesFit";
    if (!this.spreadOk(pod, node)) return "PodTopologySpread";
    return this.affinityOk(pod, node) ? "" : "InterPodAffinity";
  }

  private leastAllocated(pod: Pod, node: Node): number {
    const part = (name: "cpu" | "memory"): number => {
      const all = name === "cpu" ? Number(node.status?.allocatable?.["cpu"]) * 1000 : Number.parseInt(String(node.status?.allocatable?.["memory"]), 10) * 1024 * 1024;
      const used = this.on(node).reduce((sum, one) => sum + orDefault(one, name), orDefault(pod, name));
      return used > all ? 0 : Math.floor(((all - used) * 100) / all);
    };
    return Math.floor((part("cpu") + part("memory")) / 2);
  }

  private balanced(pod: Pod, node: Node): number {
    if (CPU(pod) === 0 && MEMORY(pod) === 0) return 0;
    const balance = (pods: readonly Pod[]): number => {
      const cpu = Math.min(1, pods.reduce((sum, one) => sum + CPU(one), 0) / (Number(node.status?.allocatable?.["cpu"]) * 1000));
      const memory = Math.min(1, pods.reduce((sum, one) => sum + MEMORY(one), 0) / (Number.parseInt(String(node.status?.allocatable?.["memory"]), 10) * 1024 * 1024));
      return Math.floor((1 - Math.abs((cpu - memory) / 2)) * 100);
    };
    return 50 + Math.floor((50 + balance([...this.on(node), pod]) - balance(this.on(node))) / 2);
  }

  private spreadScores(pod: Pod, feasible: readonly Node[]): number[] {
    const soft = (pod.spec?.topologySpreadConstraints ?? []).filter((one) => one.whenUnsatisfiable === "ScheduleAnyway");
    if (soft.length === 0) return feasible.map(() => 0);
    const hasAll = (node: Node): boolean => soft.every((one) => label(node, one.topologyKey) !== undefined);
    const good = feasible.filter(hasAll);
    const raw = feasible.map((node) => (hasAll(node) ? this.softScore(pod, node, soft, good, hasAll) : -1));
    const known = raw.filter((one) => one >= 0);
    const [least, most] = [Math.min(...known), Math.max(...known)];
    return raw.map((one) => (one < 0 ? 0 : most === 0 ? 100 : Math.floor((100 * (most + least - one)) / most)));
  }

  private softScore(pod: Pod, node: Node, soft: readonly TopologySpreadConstraint[], good: readonly Node[], hasAll: (node: Node) => boolean): number {
    return Math.round(soft.reduce((sum, { topologyKey, labelSelector, maxSkew }) => {
      const counted = (one: Pod): boolean => one.metadata?.namespace === pod.metadata?.namespace && one.metadata?.deletionTimestamp === undefined && matches(labelSelector, one.metadata?.labels);
      const isHost = topologyKey === "kubernetes.io/hostname";
      const size = isHost ? good.length : new Set(good.map((one) => label(one, topologyKey))).size;
      const pods = isHost ? this.on(node).filter(counted).length : this.inDomain(topologyKey, label(node, topologyKey), (one) => hasAll(one) && nodeMatches(pod, one), counted);
      return sum + pods * Math.log(size + 2) + maxSkew - 1;
    }, 0));
  }

  private affinityRaw(pod: Pod, node: Node): number {
    let sum = 0;
    const near = (other: Node, key: string): boolean => label(node, key) !== undefined && label(node, key) === label(other, key);
    for (const one of this.nodes) for (const other of this.on(one)) {
      for (const { podAffinityTerm: term, weight } of pod.spec?.affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) if (near(one, term.topologyKey) && this.selects(pod, term, other)) sum += weight;
      for (const { podAffinityTerm: term, weight } of pod.spec?.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) if (near(one, term.topologyKey) && this.selects(pod, term, other)) sum -= weight;
      for (const { podAffinityTerm: term, weight } of other.spec?.affinity?.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) if (near(one, term.topologyKey) && this.selects(other, term, pod)) sum += weight;
      for (const { podAffinityTerm: term, weight } of other.spec?.affinity?.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) if (near(one, term.topologyKey) && this.selects(other, term, pod)) sum -= weight;
      for (const term of other.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) if (near(one, term.topologyKey) && this.selects(other, term, pod)) sum += this.hard;
    }
    return sum;
  }

  /** Every node's row. */
  rows(pod: Pod): ReferenceRow[] {
    const feasible = this.nodes.filter((node) => this.refusedBy(pod, node) === "");
    const taints = feasible.map((node) => (node.spec?.taints ?? []).filter((taint) => taint.effect === "PreferNoSchedule" && !tolerates(pod.spec?.tolerations, taint)).length);
    const preferred = feasible.map((node) => (pod.spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
      .reduce((sum, term) => sum + ((term.preference.matchExpressions ?? []).every((one) => one.values?.includes(label(node, one.key) ?? "") === true) ? term.weight : 0), 0));
    const spread = this.spreadScores(pod, feasible);
    const affinity = feasible.map((node) => this.affinityRaw(pod, node));
    const [low, high] = [Math.min(...affinity), Math.max(...affinity)];
    const share = (score: number, most: number): number => (most === 0 ? 0 : Math.floor((100 * score) / most));
    return this.nodes.map((node) => {
      const at = feasible.indexOf(node);
      if (at < 0) return { node: node.metadata?.name ?? "", refusedBy: this.refusedBy(pod, node), total: 0 };
      const total = 3 * (100 - share(taints[at] as number, Math.max(...taints))) + 2 * share(preferred[at] as number, Math.max(...preferred))
        + this.leastAllocated(pod, node) + this.balanced(pod, node) + 2 * (spread[at] as number)
        + 2 * (high === low ? 0 : Math.floor(100 * (((affinity[at] as number) - low) / (high - low))));
      return { node: node.metadata?.name ?? "", refusedBy: "", total };
    });
  }
}
