/** Requests to the node's runtime. */
import type { Context } from "../../../engine/bus/index.ts";
import type { ContainerConfig, CriRequest } from "../../containers/cri/index.ts";
import { byteValue, milliValue } from "../../../base/quantity/index.ts";
import type { Container, Pod } from "../api/index.ts";
import { hostnameOf } from "./environment.ts";
import { expandVariables } from "./expand.ts";
import type { KubeletState, PodWorker } from "./state.ts";
import type { KubeletTag } from "./tags.ts";

/** Asks the runtime; the answer comes with the tag. */
export function askRuntime(state: KubeletState, context: Context, message: CriRequest, tag: KubeletTag, timeoutMs?: number): void {
  context.request(state.runtime, message, tag, timeoutMs);
}

/** The sandbox of a pod. */
export function sandboxRequest(worker: PodWorker): CriRequest {
  const { pod } = worker;
  const hostPorts = (pod.spec?.containers ?? []).flatMap((container) => (container.ports ?? [])
    .filter((port) => port.hostPort !== undefined && port.hostPort > 0)
    .map((port) => ({ hostPort: port.hostPort as number, containerPort: port.containerPort, protocol: port.protocol ?? "TCP" })));
  return {
    type: "cri/RunPodSandbox", podUid: worker.uid, namespace: pod.metadata?.namespace ?? "default", podName: pod.metadata?.name ?? "", attempt: worker.sandboxAttempts,
    hostNetwork: pod.spec?.hostNetwork === true, hostname: hostnameOf(pod), runtimeHandler: pod.spec?.runtimeClassName ?? "", hostPorts,
  };
}

/** A container's configuration for the runtime. */
export function containerConfig(worker: PodWorker, spec: Container, attempt: number, { env, services }: { readonly env: ContainerConfig["env"]; readonly services: ContainerConfig["env"] }): ContainerConfig {
  const valueOf = (name: string): string | undefined => (env.find((variable) => variable.name === name) ?? services.find((variable) => variable.name === name))?.value;
  const expand = (words: readonly string[]): string[] => words.map((word) => expandVariables(word, valueOf));
  const limits = spec.resources?.limits;
  const stopSignal = spec.lifecycle?.stopSignal;
  return {
    name: spec.name, attempt, image: spec.image ?? "", env, serviceEnv: services, mounts: mountsOf(worker, spec),
    ports: (spec.ports ?? []).map((port) => ({ containerPort: port.containerPort, protocol: port.protocol ?? "TCP", ...(port.name === undefined ? {} : { name: port.name }) })),
    terminationMessagePath: spec.terminationMessagePath ?? "/dev/termination-log",
    ...(spec.terminationMessagePolicy === "FallbackToLogsOnError" ? { terminationMessageFromLogs: true } : {}),
    ...(spec.command === undefined || spec.command.length === 0 ? {} : { command: expand(spec.command) }),
    ...(spec.args === undefined || spec.args.length === 0 ? {} : { args: expand(spec.args) }),
    ...(spec.workingDir === undefined ? {} : { workingDir: spec.workingDir }),
    ...(limits?.["cpu"] === undefined ? {} : { cpuLimitMillis: milliValue(limits["cpu"]) }),
    ...(limits?.["memory"] === undefined ? {} : { memoryLimitBytes: byteValue(limits["memory"]) }),
    ...(spec.resources?.requests?.["cpu"] === undefined ? {} : { cpuRequestMillis: milliValue(spec.resources.requests["cpu"]) }),
    ...(stopSignal === undefined ? {} : { stopSignal }), ...(spec.tty === true ? { tty: true } : {}), ...(spec.stdin === true ? { stdin: true } : {}),
  };
}

function mountsOf(worker: PodWorker, spec: Container): ContainerConfig["mounts"] {
  const mounts: ContainerConfig["mounts"][number][] = [];
  for (const { name, mountPath, readOnly, subPath } of spec.volumeMounts ?? []) {
    const volume = worker.volumes?.get(name);
    if (volume === undefined) continue;
    const path = mountPath.length > 1 && mountPath.endsWith("/") ? mountPath.slice(0, -1) : mountPath;
    mounts.push({ path, readOnly: readOnly === true || volume.readOnly, files: volume.files, volume: volume.volume, ...subPathOf(subPath, volume.single) });
  }
  return mounts;
}

function subPathOf(subPath: string | undefined, single: string | undefined): { readonly subPath?: string } {
  if (single !== undefined) return { subPath: single };
  return subPath === undefined || subPath === "" ? {} : { subPath };
}

/** A port by number or by the name a container gives it; 0 = there is none of that name. */
export function portNumber(pod: Pod, spec: Container, port: number | string | undefined): number {
  if (typeof port === "number") return port;
  const number = Number(port);
  if (Number.isInteger(number) && number > 0) return number;
  const own = spec.ports?.find((other) => other.name === port);
  if (own !== undefined) return own.containerPort;
  return pod.spec?.containers.flatMap((container) => container.ports ?? []).find((other) => other.name === port)?.containerPort ?? 0;
}
