/**
 * Which nodes a load balancer sends to: those whose kube-proxy answers, or, for externalTrafficPolicy: Local, those
 * with a ready endpoint. Simplified: nodes are only checked while there is traffic.
 * Numbers: kubernetes staging/src/k8s.io/legacy-cloud-providers/gce/gce_healthchecks.go.
 */
import type { Context } from "../../../engine/bus/index.ts";
import { kubeProxyId } from "../api/index.ts";
import type { HealthCheck } from "../kube-proxy/index.ts";
import type { Balancer } from "./balancer-state.ts";

const CHECK_EVERY_MS = 8000;
const CHECK_TIMEOUT_MS = 1000;
const UNHEALTHY_AFTER = 3;
/** Without traffic for so long, checks stop. */
const IDLE_AFTER_MS = 2 * CHECK_EVERY_MS;
/** Prefix of the timers of checks. */
export const CHECK_TIMER = "check/";

/** Tag of a check. */
export interface CheckTag {
  readonly check: string;
  readonly node: string;
}

/** A packet came: checks begin if none are under way. */
export function keepChecking(balancer: Balancer, context: Context): void {
  balancer.trafficAt = context.now;
  if (!context.hasTimer(CHECK_TIMER + balancer.spec.name)) checkNodes(balancer, context);
}

/** The time of the next check has come. */
export function checkDue(balancer: Balancer, context: Context): void {
  if (context.now - balancer.trafficAt < IDLE_AFTER_MS) checkNodes(balancer, context);
}

function checkNodes(balancer: Balancer, context: Context): void {
  const { name, localOnly, service, nodes } = balancer.spec;
  const question: HealthCheck = localOnly ? { type: "kube-proxy/HealthCheck", service } : { type: "kube-proxy/HealthCheck" };
  for (const node of nodes) {
    const tag: CheckTag = { check: name, node };
    context.request(kubeProxyId(node), question, tag, CHECK_TIMEOUT_MS, true);
  }
  context.setTimer(CHECK_TIMER + name, CHECK_EVERY_MS, name);
}

/** A node has answered a check, or has not. */
export function checked(balancer: Balancer, node: string, healthy: boolean): void {
  const failures = healthy ? 0 : (balancer.failures.get(node) ?? 0) + 1;
  balancer.failures.set(node, failures);
  const before = balancer.healthy.length;
  const unhealthy = (name: string): boolean => (balancer.failures.get(name) ?? 0) >= UNHEALTHY_AFTER;
  const good = balancer.spec.nodes.filter((name) => !unhealthy(name));
  // A balancer without healthy nodes sends to all of them, as a last resort.
  if (good.length !== before || healthy) balancer.healthy = good.length > 0 ? good : balancer.spec.nodes;
}
