/** KubeSchedulerConfiguration (kubescheduler.config.k8s.io/v1) as far as it is obeyed; plain data. Source: kube-scheduler config/v1 types.go. */

/** Plugins to switch on or off at one extension point; "*" in `disabled` means all the defaults. */
export interface PluginSet {
  readonly enabled?: readonly { readonly name: string; readonly weight?: number }[];
  readonly disabled?: readonly { readonly name: string }[];
}

/** One profile. */
export interface KubeSchedulerProfile {
  readonly schedulerName?: string;
  readonly percentageOfNodesToScore?: number;
  readonly plugins?: {
    readonly multiPoint?: PluginSet;
    readonly filter?: PluginSet;
    readonly score?: PluginSet;
    readonly postFilter?: PluginSet;
  };
  readonly pluginConfig?: readonly { readonly name: string; readonly args?: unknown }[];
}

/** Config of the scheduler component. */
export interface SchedulerConfig {
  readonly profiles?: readonly KubeSchedulerProfile[];
  /** 0 or absent = adaptive. */
  readonly percentageOfNodesToScore?: number;
  readonly podInitialBackoffSeconds?: number;
  readonly podMaxBackoffSeconds?: number;
  /** How long one scheduling cycle takes, ms of virtual time; default 1. */
  readonly cycleMs?: number;
}
