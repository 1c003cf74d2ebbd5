/** The network of a node: pod addresses (CNI) and forwarding. */
export { nodeNetwork, type NetworkRequest } from "./behaviour.ts";
export type { NetworkConfig, NetworkState, ResolveRoutes, Route, RoutesResolved } from "./state.ts";
export { type Translation, translate } from "./translate.ts";
