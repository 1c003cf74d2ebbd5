/** The cloud around a cluster: its load balancers, and the controller that asks for them. */
export type { BalancerAnswer, BalancerSpec, DeleteBalancer, EnsureBalancer } from "./balancer-messages.ts";
export type { Balancer, LoadBalancersState } from "./balancer-state.ts";
export { loadBalancers } from "./load-balancers.ts";
export { cloudControllerManager } from "./cloud-controller-manager.ts";
export type { CloudControllerState } from "./state.ts";
