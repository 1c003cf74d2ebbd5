/**
 * The signature of a pod: all of it that decides where it can and should go. Pods of one ReplicaSet share a signature,
 * and everything worked out for one of them serves the others. Idea: KEP-5598 (opportunistic batching), pkg/scheduler
 * framework SignPlugin; ours also covers what upstream leaves unsigned (spreading and affinity), because what depends
 * on other pods is counted apart.
 */
import { type Container, controllerOf, type Pod, type Toleration, type Volume } from "../../api/index.ts";

const texts = new WeakMap<object, string>();

/** JSON of an immutable part, made once per object. */
function textOf(part: object): string {
  const known = texts.get(part);
  if (known !== undefined) return known;
  const text = JSON.stringify(part);
  texts.set(part, text);
  return text;
}

function recordText(record: Readonly<Record<string, string | number>> | undefined): string {
  if (record === undefined) return "";
  let text = "";
  for (const key in record) text += `${key}=${record[key] ?? ""},`;
  return text;
}

function tolerationsText(tolerations: readonly Toleration[] | undefined): string {
  if (tolerations === undefined) return "";
  let text = "";
  for (const one of tolerations) text += `${one.key ?? ""}~${one.operator ?? ""}~${one.value ?? ""}~${one.effect ?? ""},`;
  return text;
}

function containersText(containers: readonly Container[] | undefined): string {
  if (containers === undefined) return "";
  let text = "";
  for (const one of containers) {
    text += `${one.image ?? ""};${recordText(one.resources?.requests)};${one.restartPolicy ?? ""};`;
    if (one.ports !== undefined) for (const port of one.ports) if (port.hostPort !== undefined) text += `${port.hostIP ?? ""}:${port.hostPort}/${port.protocol ?? ""};`;
    text += "|";
  }
  return text;
}

/** Sources that never keep a pod from a node. */
function isPlainVolume(volume: Volume): boolean {
  return volume.emptyDir !== undefined || volume.configMap !== undefined || volume.secret !== undefined
    || volume.projected !== undefined || volume.downwardAPI !== undefined || volume.hostPath !== undefined;
}

function volumesText(pod: Pod): string {
  const volumes = pod.spec?.volumes;
  if (volumes === undefined) return "";
  let text = "";
  for (const volume of volumes) {
    if (isPlainVolume(volume)) continue;
    // A generic ephemeral volume's claim is named after the pod.
    text += textOf(volume) + (volume.ephemeral === undefined ? "" : (pod.metadata?.name ?? ""));
  }
  return text;
}

/** See the module's comment. Two pods with equal signatures are alike to every plugin. */
export function signatureOf(pod: Pod): string {
  const { metadata, spec } = pod;
  if (spec === undefined) return "";
  const owner = controllerOf(pod);
  let text = `${metadata?.namespace ?? ""}\n${recordText(metadata?.labels)}\n${containersText(spec.containers)}\n${tolerationsText(spec.tolerations)}\n`;
  if (owner !== undefined) text += `o:${owner.kind}/${owner.name}\n`;
  if (spec.nodeSelector !== undefined) text += `s:${recordText(spec.nodeSelector)}\n`;
  if (spec.affinity !== undefined) text += `a:${textOf(spec.affinity)}\n`;
  if (spec.topologySpreadConstraints !== undefined) text += `t:${textOf(spec.topologySpreadConstraints)}\n`;
  if (spec.initContainers !== undefined) text += `i:${containersText(spec.initContainers)}\n`;
  if (spec.overhead !== undefined) text += `h:${recordText(spec.overhead)}\n`;
  if (spec.resources !== undefined) text += `r:${textOf(spec.resources)}\n`;
  if (spec.volumes !== undefined) text += `v:${volumesText(pod)}\n`;
  if (spec.hostNetwork === true) text += "n\n";
  return text;
}
