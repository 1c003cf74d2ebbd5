/** The downward API: fields of the pod and resources of its containers as text (pkg/fieldpath, pkg/api/v1/resource/helpers.go). */
import { byteValue, milliValue } from "../../../base/quantity/index.ts";
import { quote } from "../../../base/go-format/index.ts";
import type { Container, Pod, ResourceFieldSelector } from "../api/index.ts";
import type { KubeletConfig } from "./state.ts";

/** What the downward API can tell about where the pod runs. */
export interface DownwardPlace {
  readonly config: KubeletConfig;
  readonly podIp: string;
}

/** A field's value; undefined = no such field. */
export function fieldValue(pod: Pod, path: string, place: DownwardPlace): string | undefined {
  const subscript = /^metadata\.(annotations|labels)\['(.*)'\]$/.exec(path);
  if (subscript !== null) return pod.metadata?.[subscript[1] as "labels"]?.[subscript[2] ?? ""] ?? "";
  switch (path) {
    case "metadata.name": return pod.metadata?.name ?? "";
    case "metadata.namespace": return pod.metadata?.namespace ?? "";
    case "metadata.uid": return pod.metadata?.uid ?? "";
    case "metadata.labels": return mapText(pod.metadata?.labels);
    case "metadata.annotations": return mapText(pod.metadata?.annotations);
    case "spec.nodeName": return place.config.node;
    case "spec.serviceAccountName": return pod.spec?.serviceAccountName ?? "default";
    case "status.hostIP": case "status.hostIPs": return place.config.nodeIp;
    case "status.podIP": case "status.podIPs": return place.podIp;
    default: return undefined;
  }
}

/** Labels or annotations as a downward file has them: key="value", sorted. */
function mapText(map: Readonly<Record<string, string>> | undefined): string {
  return Object.keys(map ?? {}).sort().map((key) => `${key}=${quote(map?.[key] ?? "")}`).join("\n");
}

/** A resource of a container, divided and rounded up; limits that are not set are the node's allocatable. */
export function resourceValue(pod: Pod, own: Container, selector: ResourceFieldSelector, config: KubeletConfig): string {
  const container = selector.containerName === undefined || selector.containerName === "" ? own : findContainer(pod, selector.containerName) ?? own;
  const [kind = "", ...rest] = selector.resource.split(".");
  const name = rest.join(".");
  const set = container.resources?.[kind as "limits"]?.[name] ?? (kind === "requests" ? container.resources?.limits?.[name] : undefined);
  const divisor = selector.divisor;
  if (name === "cpu") {
    const millis = set !== undefined ? milliValue(set) : kind === "limits" ? config.machine.cpuMillis : 0;
    return String(Math.ceil(millis / (divisorIsZero(divisor) ? 1000 : milliValue(divisor))));
  }
  const bytes = set !== undefined ? byteValue(set) : kind === "limits" ? fallbackBytes(name, config) : 0;
  return String(Math.ceil(bytes / (divisorIsZero(divisor) ? 1 : byteValue(divisor))));
}

function fallbackBytes(name: string, config: KubeletConfig): number {
  return name === "memory" ? config.machine.memoryBytes : name === "ephemeral-storage" ? config.machine.diskBytes : 0;
}

function divisorIsZero(divisor: string | number | undefined): boolean {
  return divisor === undefined || divisor === "0" || divisor === 0;
}

function findContainer(pod: Pod, name: string): Container | undefined {
  return [...(pod.spec?.containers ?? []), ...(pod.spec?.initContainers ?? [])].find((container) => container.name === name);
}
