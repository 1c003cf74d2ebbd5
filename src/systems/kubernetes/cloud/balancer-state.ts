import type { BalancerSpec } from "./balancer-messages.ts";

/** A load balancer that works. */
export interface Balancer {
  spec: BalancerSpec;
  readonly ip: string;
  /** Failed checks in a row, by node. */
  readonly failures: Map<string, number>;
  /** Nodes to send to. */
  healthy: readonly string[];
  /** When the last packet came, ms. */
  trafficAt: number;
}

/** Component state of the cloud's load balancers. */
export interface LoadBalancersState {
  readonly balancers: Map<string, Balancer>;
  readonly byIp: Map<string, string>;
  /** Changes under way, by balancer: what is to be, and who waits for it. */
  readonly jobs: Map<string, { spec: BalancerSpec | undefined; readonly waiting: number[] }>;
}
