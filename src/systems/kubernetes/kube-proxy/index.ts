/** The kube-proxy of a node: services become rules of the node's network. */
export { hasRules, serviceRules } from "./build-rules.ts";
export { kubeProxy } from "./kube-proxy.ts";
export type { HealthCheck, HealthChecked, KubeProxyConfig, KubeProxyState } from "./state.ts";
