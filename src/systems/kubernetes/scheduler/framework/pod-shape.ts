import { controllerOf, type Container, type Pod, type PodSpec } from "../../api/index.ts";
import { type Amounts, podRequests } from "./requests.ts";
import { signatureOf } from "./signature.ts";
import { type PodTerm, termsOf } from "./terms.ts";

/** A port a pod takes on its host. */
export interface HostPort {
  readonly ip: string;
  readonly protocol: string;
  readonly port: number;
}

/** Everything about a kind of pod that plugins ask for, worked out once for all pods of one signature. Plain data. */
export interface PodShape {
  readonly id: number;
  readonly signature: string;
  /** How many known pods have this shape; at none the shape is forgotten. */
  pods: number;
  /** The first pod seen with this signature: plugins read its spec, never its name. */
  readonly sample: Pod;
  readonly spec: PodSpec;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly ownerKind: string;
  readonly ownerName: string;
  readonly requests: Amounts;
  /** Requests with the scoring defaults for containers that ask for nothing. */
  readonly nonZero: Amounts;
  readonly hostPorts: readonly HostPort[];
  /** Images of all containers, with a tag. */
  readonly images: readonly string[];
  readonly containerCount: number;
  /** True when a volume could keep the pod from a node. */
  readonly hasVolumes: boolean;
  readonly claims: readonly string[];
  readonly terms: readonly PodTerm[];
  /** Tallies this shape counts in: tally id, weight, tally id, weight… of the tallies up to `talliesSeen`. */
  readonly tallies: number[];
  talliesSeen: number;
}

const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});
const NO_SPEC: PodSpec = Object.freeze({ containers: [] });

function hostPortsOf(containers: readonly Container[] | undefined, into: HostPort[]): void {
  for (const container of containers ?? []) {
    for (const port of container.ports ?? []) {
      if (port.hostPort === undefined || port.hostPort <= 0) continue;
      into.push({ ip: port.hostIP === undefined || port.hostIP === "" ? "0.0.0.0" : port.hostIP, protocol: port.protocol ?? "TCP", port: port.hostPort });
    }
  }
}

/** Image names without a tag mean "latest" (plugins/imagelocality/image_locality.go, normalizedImageName). */
function taggedImage(image: string): string {
  return image.lastIndexOf(":") <= image.lastIndexOf("/") ? `${image}:latest` : image;
}

/** Claims a pod uses, as "namespace/name": those it names and those made for its ephemeral volumes. */
export function claimsOf(pod: Pod): string[] {
  const claims: string[] = [];
  for (const volume of pod.spec?.volumes ?? []) {
    if (volume.persistentVolumeClaim !== undefined) claims.push(`${pod.metadata?.namespace ?? ""}/${volume.persistentVolumeClaim.claimName}`);
    else if (volume.ephemeral !== undefined) claims.push(`${pod.metadata?.namespace ?? ""}/${pod.metadata?.name ?? ""}-${volume.name}`);
  }
  return claims;
}

/** A spec as it was before the pod had a node: pods alike before and after share a shape. */
function withoutNode(spec: PodSpec): PodSpec {
  if (spec.nodeName === undefined) return spec;
  const { nodeName: _node, ...rest } = spec;
  return rest;
}

/** Works a pod's shape out. */
export function makeShape(pod: Pod, id: number, signature = signatureOf(pod)): PodShape {
  const spec = withoutNode(pod.spec ?? NO_SPEC);
  const hostPorts: HostPort[] = [];
  hostPortsOf(spec.containers, hostPorts);
  hostPortsOf(spec.initContainers?.filter((container) => container.restartPolicy === "Always"), hostPorts);
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const owner = controllerOf(pod);
  const claims = claimsOf(pod);
  return {
    id, signature, pods: 0, sample: pod, spec,
    namespace: pod.metadata?.namespace ?? "", labels: pod.metadata?.labels ?? NO_LABELS,
    ownerKind: owner?.kind ?? "", ownerName: owner?.name ?? "",
    requests: podRequests(pod, false), nonZero: podRequests(pod, true), hostPorts,
    images: containers.map((container) => taggedImage(container.image ?? "")), containerCount: containers.length,
    hasVolumes: claims.length > 0 || hasLegacyDisk(spec), claims, terms: termsOf(pod), tallies: [], talliesSeen: 0,
  };
}

function hasLegacyDisk(spec: PodSpec): boolean {
  for (const volume of spec.volumes ?? []) {
    if (volume.gcePersistentDisk !== undefined || volume.awsElasticBlockStore !== undefined || volume.rbd !== undefined
      || volume.iscsi !== undefined || volume.csi !== undefined) return true;
  }
  return false;
}
