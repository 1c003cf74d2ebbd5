/** ReplicaSet and ReplicationController. */
export { replicaSetController, replicationController } from "./set-controller.ts";
export type { PodSum, SetMemory } from "./pod-sums.ts";
