/**
 * A pod's volumes as files (pkg/volume/{configmap,secret,projected,downwardapi,emptydir}). Simplified: storage is the
 * node's own; a claim's data stays on the node it was used on; service account tokens and the root certificate are made
 * here instead of fetched.
 */
import { base64UrlEncode } from "../../../base/encoding/index.ts";
import { rfc3339 } from "../../../base/time/index.ts";
import type { ConfigMap, Pod, Volume, VolumeProjection } from "../api/index.ts";
import { type DownwardPlace, fieldValue, resourceValue } from "./downward.ts";
import { secretData } from "./environment.ts";
import { claimOf, configMapOf, secretOf } from "./sources.ts";
import type { KubeletState, ResolvedVolume } from "./state.ts";

/** All volumes, or what the first one lacks (FailedMount). */
export type VolumesResult = { readonly volumes: ReadonlyMap<string, ResolvedVolume> } | { readonly volume: string; readonly error: string };

type Files = Record<string, string>;
type FilesResult = { readonly files: Files } | { readonly error: string };

interface Building {
  readonly state: KubeletState;
  readonly pod: Pod;
  readonly namespace: string;
  readonly place: DownwardPlace;
  readonly now: number;
}

/** Works out the files of every volume. */
export function resolveVolumes(state: KubeletState, pod: Pod, podIp: string, now: number): VolumesResult {
  const building: Building = { state, pod, namespace: pod.metadata?.namespace ?? "default", place: { config: state.config, podIp }, now };
  const volumes = new Map<string, ResolvedVolume>();
  for (const volume of pod.spec?.volumes ?? []) {
    const result = filesOf(building, volume);
    if ("error" in result) return { volume: volume.name, error: result.error };
    const single = volume.hostPath === undefined ? undefined : Object.keys(result.files)[0];
    volumes.set(volume.name, { volume: runtimeName(building, volume), readOnly: isReadOnly(volume), files: result.files, ...(single === undefined ? {} : { single }) });
  }
  return { volumes };
}

function runtimeName({ pod, namespace }: Building, volume: Volume): string {
  if (volume.hostPath !== undefined) return `host${volume.hostPath.path}`;
  if (volume.persistentVolumeClaim !== undefined) return `claim/${namespace}/${volume.persistentVolumeClaim.claimName}`;
  return `pod/${pod.metadata?.uid ?? ""}/${volume.name}`;
}

function isReadOnly(volume: Volume): boolean {
  return volume.configMap !== undefined || volume.secret !== undefined || volume.projected !== undefined || volume.downwardAPI !== undefined;
}

function filesOf(building: Building, volume: Volume): FilesResult {
  const { state, namespace } = building;
  if (volume.configMap !== undefined) {
    const { name = "", items, optional } = volume.configMap;
    return mapFiles(building, configMapOf(state, namespace, name), name, items, optional);
  }
  if (volume.secret !== undefined) {
    const { secretName = "", items, optional } = volume.secret;
    const data = secretData(secretOf(state, namespace, secretName));
    if (data === undefined && optional !== true) return { error: `secret ${JSON.stringify(secretName)} not found` };
    return pick(data ?? {}, items, optional, "secret");
  }
  if (volume.projected !== undefined) return projectedFiles(building, volume.projected.sources ?? []);
  if (volume.downwardAPI !== undefined) return downwardFiles(building, volume.downwardAPI.items ?? []);
  if (volume.hostPath !== undefined) return hostFiles(building, volume.hostPath.path, volume.hostPath.type ?? "");
  if (volume.persistentVolumeClaim !== undefined) return claimFiles(building, volume.persistentVolumeClaim.claimName);
  return unsupported(volume);
}

/** A host path is an empty directory that the node's pods share, or one file where its type or name says so. */
function hostFiles({ state }: Building, path: string, type: string): FilesResult {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const known: Files = { "/etc/machine-id": `${state.config.node.replace(/[^0-9a-f]/g, "").padEnd(32, "0").slice(0, 32)}\n`, "/etc/hostname": `${state.config.node}\n`, "/etc/localtime": "TZif", "/etc/timezone": "UTC\n" };
  const content = known[path] ?? (/^(File|FileOrCreate|Socket|CharDevice|BlockDevice)$/.test(type) || name.endsWith(".sock") ? "" : undefined);
  return { files: content === undefined ? {} : { [name]: content } };
}

/** Network storage of old plug-ins can't be mounted here, as on a node without their tools. */
function unsupported(volume: Volume): FilesResult {
  if (volume.emptyDir !== undefined || volume.hostPath !== undefined || volume.ephemeral !== undefined || volume.csi !== undefined || volume.image !== undefined || volume.gitRepo !== undefined) return { files: {} };
  const kind = Object.keys(volume).find((key) => key !== "name");
  if (kind === undefined) return { files: {} };
  if (kind === "nfs") return { files: {} };
  return { error: `mount failed: exit status 32: the lab has no ${kind} storage` };
}

function mapFiles(_building: Building, map: ConfigMap | undefined, name: string, items: readonly { readonly key: string; readonly path: string }[] | undefined, optional: boolean | undefined): FilesResult {
  if (map === undefined && optional !== true) return { error: `configmap ${JSON.stringify(name)} not found` };
  return pick({ ...map?.data, ...map?.binaryData as Files | undefined }, items, optional, "configmap");
}

function pick(data: Readonly<Files>, items: readonly { readonly key: string; readonly path: string }[] | undefined, optional: boolean | undefined, kind: string): FilesResult {
  if (items === undefined || items.length === 0) return { files: { ...data } };
  const files: Files = {};
  for (const { key, path } of items) {
    const value = data[key];
    if (value === undefined && optional !== true) return { error: `${kind} references non-existent ${kind === "secret" ? "secret" : "config"} key: ${key}` };
    if (value !== undefined) files[path] = value;
  }
  return { files };
}

function projectedFiles(building: Building, sources: readonly VolumeProjection[]): FilesResult {
  const files: Files = {};
  for (const source of sources) {
    const result = projection(building, source);
    if ("error" in result) return result;
    Object.assign(files, result.files);
  }
  return { files };
}

function projection(building: Building, source: VolumeProjection): FilesResult {
  const { state, namespace } = building;
  if (source.configMap !== undefined) {
    const { name = "", items, optional } = source.configMap;
    return mapFiles(building, configMapOf(state, namespace, name), name, items, optional);
  }
  if (source.secret !== undefined) {
    const data = secretData(secretOf(state, namespace, source.secret.name ?? ""));
    if (data === undefined && source.secret.optional !== true) return { error: `secret ${JSON.stringify(source.secret.name ?? "")} not found` };
    return pick(data ?? {}, source.secret.items, source.secret.optional, "secret");
  }
  if (source.downwardAPI !== undefined) return downwardFiles(building, source.downwardAPI.items ?? []);
  if (source.serviceAccountToken !== undefined) return { files: { [source.serviceAccountToken.path]: serviceAccountToken(building) } };
  return { files: {} };
}

/** A token in the shape of a JWT, unsigned: {"alg":"none"} and the claims of a bound token. */
function serviceAccountToken({ pod, namespace, now }: Building): string {
  const claims = { sub: `system:serviceaccount:${namespace}:${pod.spec?.serviceAccountName ?? "default"}`, iat: Math.floor(now / 1000), issued: rfc3339(now), pod: pod.metadata?.name };
  return `${TOKEN_HEADER}.${base64UrlEncode(textBytes(JSON.stringify(claims)))}.`;
}

function textBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

const TOKEN_HEADER = base64UrlEncode(textBytes('{"alg":"none"}'));

function downwardFiles(building: Building, items: NonNullable<NonNullable<Volume["downwardAPI"]>["items"]>): FilesResult {
  const { pod, place, state } = building;
  const files: Files = {};
  for (const { path, fieldRef, resourceFieldRef } of items) {
    if (fieldRef !== undefined) files[path] = fieldValue(pod, fieldRef.fieldPath, place) ?? "";
    const first = pod.spec?.containers[0];
    if (resourceFieldRef !== undefined && first !== undefined) files[path] = resourceValue(pod, first, resourceFieldRef, state.config);
  }
  return { files };
}

/** A claim must be bound; until then the volume can't be mounted. */
function claimFiles({ state, namespace }: Building, name: string): FilesResult {
  const claim = claimOf(state, namespace, name);
  if (claim === undefined) return { error: `persistentvolumeclaim ${JSON.stringify(name)} not found` };
  return claim.status?.phase === "Bound" ? { files: {} } : { error: "PVC is not bound" };
}
