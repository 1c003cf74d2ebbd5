/** kube-apiserver. */
export { apiServer } from "./apiserver.ts";
export type { ApiServerConfig, ApiServerState } from "./state.ts";
