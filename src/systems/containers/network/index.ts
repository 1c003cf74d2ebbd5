/** The network of a node: pod addresses (CNI), names, rules of services, and forwarding. */
export { type NetworkRequest, nodeNetwork, type RulesLost } from "./behaviour.ts";
export type { NameResolved, ResolveName } from "./names.ts";
export { type EndpointSet, type RuleEndpoint, type RuleEntry, ruleKey, type ServiceRules, type SetServiceRules } from "./service-rules.ts";
export type { NetworkConfig, NetworkDisk, NetworkState } from "./state.ts";
export { usableEndpoints } from "./translate.ts";
