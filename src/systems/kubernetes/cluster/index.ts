/** A whole cluster: its spec, its components, the person in front of it, and the worlds of the gallery. */
export { CLUSTER_BEHAVIOURS, clusterSession, createCluster } from "./assemble.ts";
export { type ClusterFault } from "./faults.ts";
export { type GalleryWorld, galleryWorlds, gallerySession } from "./gallery.ts";
export { applyInput, type ClusterInput, type TrafficInput } from "./inputs.ts";
export { type ClusterSpec, type NodeSpec, readClusterSpec } from "./spec.ts";
export { type UserAnswer, type UserApply, type UserApplyOptions, type UserJob, type UserRequest, type UserState } from "./user.ts";
