/** The kubelet. */
export { kubelet } from "./behaviour.ts";
export type { KubeletAnswer, KubeletError, KubeletExec, KubeletExecAnswer, KubeletLogs, KubeletLogsAnswer, KubeletRequest } from "./serve.ts";
export type { ContainerRecord, ContainerRun, KubeletConfig, KubeletState, PodWorker } from "./state.ts";
