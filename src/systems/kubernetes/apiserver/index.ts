/** kube-apiserver. */
export { apiServer } from "./apiserver.ts";
export type { ApiServerConfig } from "./config.ts";
export type { ApiServerState } from "./state.ts";
