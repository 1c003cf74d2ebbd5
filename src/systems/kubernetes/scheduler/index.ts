/** kube-scheduler: which node each pod goes to. */
export { scheduler, createSchedulerState } from "./scheduler.ts";
export type { AttemptRecord, SchedulerState } from "./state.ts";
export type { KubeSchedulerProfile, PluginSet, SchedulerConfig } from "./profile/config.ts";
