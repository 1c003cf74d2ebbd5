/** The container runtime of a node. */
export { containerRuntime, type RuntimeRequest } from "./behaviour.ts";
export { canonicalReference } from "./image-store.ts";
export type { ImageFault, Pull, RuntimeConfig, RuntimeContainer, RuntimeState, Sandbox } from "./state.ts";
