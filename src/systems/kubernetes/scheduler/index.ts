/** kube-scheduler: which node each pod goes to. */
export { scheduler } from "./scheduler.ts";
export type { AttemptRecord, SchedulerState } from "./state.ts";
export type { KubeSchedulerProfile, PluginSet, SchedulerConfig } from "./profile/config.ts";
export type { AttemptRow, AttemptTable, FilterCell, ScoreCell } from "./explain/attempt-table.ts";
export type { ClusterLists } from "./explain/cluster-lists.ts";
export { explainAttempt } from "./explain/explain-attempt.ts";
export { listsOf } from "./explain/lists-of-state.ts";
