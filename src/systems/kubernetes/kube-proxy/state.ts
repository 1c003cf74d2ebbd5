/** A kube-proxy as plain data. */
import type { InformerSet } from "../client/index.ts";

/** What a kube-proxy is made from. */
export interface KubeProxyConfig {
  readonly node: string;
  /** Component of this node's network. */
  readonly network: string;
  /** Says nothing about its work: for clusters with so many nodes that nobody would read it. */
  readonly quiet?: boolean;
}

/** Component state. */
export interface KubeProxyState {
  readonly config: KubeProxyConfig;
  readonly informers: InformerSet;
  /** Services ("namespace/name") whose rules have to be worked out anew. */
  readonly dirty: Set<string>;
  /** All rules have been sent since the start, or since they were lost. */
  complete: boolean;
  /** Time of the last sync, ms; -Infinity before the first. */
  lastSyncAt: number;
  /** Addresses behind each service when they were last told of; empty for a quiet proxy. */
  readonly told: Map<string, string>;
}

/** Asks whether a node can take traffic: at the proxy's health port, or at a service's healthCheckNodePort. */
export interface HealthCheck {
  readonly type: "kube-proxy/HealthCheck";
  /** "namespace/name" of a service with externalTrafficPolicy: Local; absent = the proxy itself. */
  readonly service?: string;
}

/** The answer. */
export interface HealthChecked {
  readonly type: "kube-proxy/health";
  readonly healthy: boolean;
}
