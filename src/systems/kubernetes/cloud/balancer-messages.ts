/** What the cloud-controller-manager asks of the cloud: its load balancers, by a name it gives them. */

/** One load balancer as wanted. */
export interface BalancerSpec {
  /** Made from the Service's uid, so that asking twice makes one. */
  readonly name: string;
  /** "namespace/name" of the Service. */
  readonly service: string;
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
  /** Names of the nodes that may take traffic. */
  readonly nodes: readonly string[];
  /** Address the user asked for; "" = any. */
  readonly wantedIp: string;
  /** Only nodes with an endpoint of the service are healthy (externalTrafficPolicy: Local). */
  readonly localOnly: boolean;
  /** A client stays with its node. */
  readonly sticky: boolean;
}

/** Makes a load balancer, or changes it. Answered when it is there. */
export interface EnsureBalancer {
  readonly type: "cloud/EnsureLoadBalancer";
  readonly spec: BalancerSpec;
}

/** Takes a load balancer away. Answered when it is gone, or was never there. */
export interface DeleteBalancer {
  readonly type: "cloud/DeleteLoadBalancer";
  readonly name: string;
}

/** The cloud's answer; `error` is its own words, else "". */
export interface BalancerAnswer {
  readonly type: "cloud/LoadBalancer";
  readonly ip: string;
  readonly error: string;
}
