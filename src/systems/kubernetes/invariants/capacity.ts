/** Rules of placement: requests fit, host ports don't clash, a pod is bound once, taints and selectors hold at bind (8–11). */
import { byteValue, milliValue } from "../../../base/quantity/index.ts";
import type { Container, Node, Pod, Stored } from "../api/index.ts";
import type { Report, Write } from "./write.ts";

interface Share {
  readonly node: string;
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  readonly hostPorts: readonly string[];
}

interface Account {
  cpuMillis: number;
  memoryBytes: number;
  pods: number;
  readonly hostPorts: Map<string, string>;
}

/** Running totals per node. */
export interface Ledger {
  readonly nodes: Map<string, Node & Stored>;
  readonly shares: Map<string, Share>;
  readonly accounts: Map<string, Account>;
}

/** An empty ledger. */
export function createLedger(): Ledger {
  return { nodes: new Map(), shares: new Map(), accounts: new Map() };
}

/** Checks one write. */
export function capacityRules(ledger: Ledger, write: Write, report: Report): void {
  const object = write.after ?? write.before;
  if (object?.kind === "Node") {
    if (write.after === undefined) ledger.nodes.delete(object.metadata.name);
    else ledger.nodes.set(object.metadata.name, write.after as Node & Stored);
  }
  if (object?.kind === "Pod") podWrite(ledger, write.before as (Pod & Stored) | undefined, write.after as (Pod & Stored) | undefined, report);
}

function podWrite(ledger: Ledger, before: (Pod & Stored) | undefined, after: (Pod & Stored) | undefined, report: Report): void {
  const was = before?.spec?.nodeName ?? "";
  const is = after?.spec?.nodeName ?? "";
  if (after !== undefined && was !== "" && was !== is) report(9, `pod ${after.metadata.name} moved from ${was} to ${is}`);
  const uid = (after ?? before)?.metadata.uid ?? "";
  if (after === undefined || isOver(after)) release(ledger, uid);
  else if (is !== "" && !ledger.shares.has(uid)) bind(ledger, after, report);
}

function isOver(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

function release(ledger: Ledger, uid: string): void {
  const share = ledger.shares.get(uid);
  if (share === undefined) return;
  ledger.shares.delete(uid);
  const account = ledger.accounts.get(share.node);
  if (account === undefined) return;
  account.cpuMillis -= share.cpuMillis;
  account.memoryBytes -= share.memoryBytes;
  account.pods--;
  for (const port of share.hostPorts) if (account.hostPorts.get(port) === uid) account.hostPorts.delete(port);
}

function bind(ledger: Ledger, pod: Pod & Stored, report: Report): void {
  const node = pod.spec?.nodeName ?? "";
  const { uid, name } = pod.metadata;
  const share: Share = { node, cpuMillis: request(pod, "cpu"), memoryBytes: request(pod, "memory"), hostPorts: hostPorts(pod) };
  const account = ledger.accounts.get(node) ?? { cpuMillis: 0, memoryBytes: 0, pods: 0, hostPorts: new Map<string, string>() };
  ledger.accounts.set(node, account);
  ledger.shares.set(uid, share);
  account.cpuMillis += share.cpuMillis;
  account.memoryBytes += share.memoryBytes;
  account.pods++;
  for (const port of share.hostPorts) {
    if (account.hostPorts.has(port)) report(10, `pod ${name}: host port ${port} is taken on ${node}`);
    account.hostPorts.set(port, uid);
  }
  const target = ledger.nodes.get(node);
  // Static and daemon pods name their node themselves; the scheduler's promises are about pods that it placed.
  if (target === undefined || pod.metadata.annotations?.["kubernetes.io/config.source"] !== undefined || placedByHand(pod)) return;
  fits(account, target, name, report);
  placementHolds(pod, target, report);
}

/** Pods created with spec.nodeName were never scheduled. */
function placedByHand(pod: Pod): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === "PodScheduled" && condition.status === "True") !== true;
}

function fits(account: Account, node: Node & Stored, pod: string, report: Report): void {
  const allocatable = node.status?.allocatable ?? {};
  const { name } = node.metadata;
  if (account.cpuMillis > milliValue(allocatable["cpu"] ?? 0)) report(8, `pod ${pod}: CPU requests on ${name} are ${account.cpuMillis}m of ${String(allocatable["cpu"])}`);
  if (account.memoryBytes > byteValue(allocatable["memory"] ?? 0)) report(8, `pod ${pod}: memory requests on ${name} are ${account.memoryBytes} of ${String(allocatable["memory"])}`);
  if (account.pods > Number(allocatable["pods"] ?? 0)) report(8, `pod ${pod}: ${account.pods} pods on ${name} of ${String(allocatable["pods"])}`);
}

function placementHolds(pod: Pod & Stored, node: Node & Stored, report: Report): void {
  for (const taint of node.spec?.taints ?? []) {
    if (taint.effect === "PreferNoSchedule" || (taint.effect === "NoExecute" && taint.key.startsWith("node.kubernetes.io/"))) continue;
    // The node may have been tainted between decision and bind: the scheduler's cache lags. Only old taints count.
    if (taint.key.startsWith("node.kubernetes.io/")) continue;
    const tolerated = (pod.spec?.tolerations ?? []).some((toleration) =>
      (toleration.key === undefined || toleration.key === "" || toleration.key === taint.key) && (toleration.effect === undefined || toleration.effect === "" || toleration.effect === taint.effect) &&
      (toleration.operator === "Exists" || (toleration.value ?? "") === (taint.value ?? "")));
    if (!tolerated) report(11, `pod ${pod.metadata.name} is on ${node.metadata.name} in spite of taint ${taint.key}`);
  }
  for (const [key, value] of Object.entries(pod.spec?.nodeSelector ?? {})) {
    if (node.metadata.labels?.[key] !== value) report(11, `pod ${pod.metadata.name} is on ${node.metadata.name}, which lacks ${key}=${value}`);
  }
}

function request(pod: Pod, resource: "cpu" | "memory"): number {
  const value = (container: Container): number => {
    const quantity = container.resources?.requests?.[resource];
    return quantity === undefined ? 0 : resource === "cpu" ? milliValue(quantity) : byteValue(quantity);
  };
  const sum = (pod.spec?.containers ?? []).reduce((total, container) => total + value(container), 0);
  const sidecars = (pod.spec?.initContainers ?? []).filter((container) => container.restartPolicy === "Always").reduce((total, container) => total + value(container), 0);
  return sum + sidecars;
}

function hostPorts(pod: Pod): string[] {
  const ports: string[] = [];
  for (const container of pod.spec?.containers ?? []) {
    for (const port of container.ports ?? []) if (port.hostPort !== undefined && port.hostPort > 0) ports.push(`${port.hostIP ?? ""}:${port.hostPort}/${port.protocol ?? "TCP"}`);
  }
  return ports;
}
