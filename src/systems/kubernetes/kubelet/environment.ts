/** The environment of a container (pkg/kubelet/kubelet_pods.go makeEnvironmentVariables, envvars/envvars.go). */
import { base64DecodeText } from "../../../base/encoding/index.ts";
import type { EnvironmentVariable } from "../../containers/cri/index.ts";
import type { Container, EnvVar, Pod, Service } from "../api/index.ts";
import { cacheOf } from "../client/index.ts";
import { fieldValue, resourceValue } from "./downward.ts";
import { expandVariables } from "./expand.ts";
import { configMapOf, secretOf } from "./sources.ts";
import type { KubeletState } from "./state.ts";

/** A container's own variables and those of services (own ones win), or why they can't be worked out (CreateContainerConfigError). */
export type EnvironmentResult = { readonly env: readonly EnvironmentVariable[]; readonly services: readonly EnvironmentVariable[] } | { readonly error: string };

interface Building {
  readonly state: KubeletState;
  readonly pod: Pod;
  readonly container: Container;
  readonly podIp: string;
  readonly values: Map<string, string>;
}

/** Works out a container's variables: services, then envFrom, then env; later ones win. */
export function environmentOf(state: KubeletState, pod: Pod, container: Container, podIp: string): EnvironmentResult {
  const services = serviceVariables(state, pod);
  const building: Building = { state, pod, container, podIp, values: new Map() };
  const problem = addFrom(building) ?? addOwn(building, services);
  if (problem !== undefined) return { error: problem };
  const env: EnvironmentVariable[] = [];
  for (const [name, value] of building.values) env.push({ name, value });
  if (!building.values.has("HOSTNAME")) env.push({ name: "HOSTNAME", value: hostnameOf(pod) });
  return { env, services };
}

/** A pod's host name: its own, or its name cut to 63 characters. */
export function hostnameOf(pod: Pod): string {
  const name = pod.spec?.hostname ?? pod.metadata?.name ?? "";
  return name.length > 63 ? name.slice(0, 63).replace(/[-.]+$/, "") : name;
}

function addFrom({ state, pod, container, values }: Building): string | undefined {
  const namespace = pod.metadata?.namespace ?? "default";
  for (const from of container.envFrom ?? []) {
    const reference = from.configMapRef ?? from.secretRef;
    if (reference === undefined) continue;
    const isMap = from.configMapRef !== undefined;
    const name = reference.name ?? "";
    const data = isMap ? configMapOf(state, namespace, name)?.data : secretData(secretOf(state, namespace, name));
    const exists = isMap ? configMapOf(state, namespace, name) !== undefined : data !== undefined;
    if (!exists && reference.optional !== true) return `${isMap ? "configmap" : "secret"} ${JSON.stringify(name)} not found`;
    for (const key of Object.keys(data ?? {}).sort()) values.set(`${from.prefix ?? ""}${key}`, data?.[key] ?? "");
  }
  return undefined;
}

/** A Secret's values as text. */
export function secretData(secret: { readonly data?: Readonly<Record<string, unknown>>; readonly stringData?: Readonly<Record<string, string>> } | undefined): Record<string, string> | undefined {
  if (secret === undefined) return undefined;
  const values: Record<string, string> = {};
  for (const key of Object.keys(secret.data ?? {})) {
    const decoded = base64DecodeText(String(secret.data?.[key] ?? ""));
    values[key] = typeof decoded === "string" ? decoded : "";
  }
  return values;
}

function addOwn(building: Building, services: readonly EnvironmentVariable[]): string | undefined {
  const { container, values } = building;
  const lookUp = (name: string): string | undefined => values.get(name) ?? services.find((variable) => variable.name === name)?.value;
  for (const variable of container.env ?? []) {
    const result = variable.valueFrom === undefined ? { value: expandVariables(variable.value ?? "", lookUp) } : valueFrom(building, variable);
    if ("error" in result) return result.error;
    if (result.value !== undefined) values.set(variable.name, result.value);
  }
  return undefined;
}

function valueFrom({ state, pod, container, podIp }: Building, variable: EnvVar): { readonly value: string | undefined } | { readonly error: string } {
  const namespace = pod.metadata?.namespace ?? "default";
  const from = variable.valueFrom;
  if (from?.fieldRef !== undefined) return { value: fieldValue(pod, from.fieldRef.fieldPath, { config: state.config, podIp }) };
  if (from?.resourceFieldRef !== undefined) return { value: resourceValue(pod, container, from.resourceFieldRef, state.config) };
  if (from?.configMapKeyRef !== undefined) {
    const { name = "", key, optional } = from.configMapKeyRef;
    return keyOf("ConfigMap", namespace, name, key, optional, configMapOf(state, namespace, name)?.data, configMapOf(state, namespace, name) !== undefined);
  }
  if (from?.secretKeyRef !== undefined) {
    const { name = "", key, optional } = from.secretKeyRef;
    const data = secretData(secretOf(state, namespace, name));
    return keyOf("Secret", namespace, name, key, optional, data, data !== undefined);
  }
  return { value: undefined };
}

function keyOf(kind: string, namespace: string, name: string, key: string, optional: boolean | undefined, data: Readonly<Record<string, string>> | undefined, exists: boolean): { readonly value: string | undefined } | { readonly error: string } {
  const value = data?.[key];
  if (value !== undefined || optional === true) return { value };
  return { error: exists ? `couldn't find key ${key} in ${kind} ${namespace}/${name}` : `${kind.toLowerCase()} ${JSON.stringify(name)} not found` };
}

const NO_VARIABLES: readonly EnvironmentVariable[] = Object.freeze([]);

/**
 * NAME_SERVICE_HOST and friends: of the pod's namespace with enableServiceLinks, and always of kubernetes in default.
 * Worked out once for all containers that start between two changes of services, and shared by them.
 */
function serviceVariables(state: KubeletState, pod: Pod): readonly EnvironmentVariable[] {
  if (!state.servicesStarted) return NO_VARIABLES;
  const { serviceEnv } = state;
  const revision = state.services.informers.get("services")?.revision ?? 0;
  if (serviceEnv.revision !== revision) {
    serviceEnv.revision = revision;
    serviceEnv.byNamespace.clear();
  }
  const namespace = pod.spec?.enableServiceLinks === false ? "" : (pod.metadata?.namespace ?? "");
  const known = serviceEnv.byNamespace.get(namespace);
  if (known !== undefined) return known;
  const made = Object.freeze(variablesOfNamespace(state, namespace));
  serviceEnv.byNamespace.set(namespace, made);
  return made;
}

/** "" = no namespace's links, only the API's own. */
function variablesOfNamespace(state: KubeletState, namespace: string): EnvironmentVariable[] {
  const variables: EnvironmentVariable[] = [];
  for (const service of cacheOf<Service>(state.services, "services").items.values()) {
    const isMaster = service.metadata?.namespace === "default" && service.metadata.name === "kubernetes";
    if (!isMaster && (namespace === "" || service.metadata?.namespace !== namespace)) continue;
    for (const variable of variablesOf(service)) variables.push(variable);
  }
  return variables;
}

/** Services are immutable: every node's kubelet shares what was worked out for one. */
const memo = new WeakMap<Service, readonly EnvironmentVariable[]>();

function variablesOf(service: Service): readonly EnvironmentVariable[] {
  const known = memo.get(service);
  if (known !== undefined) return known;
  const values = new Map<string, string>();
  addService(values, service);
  const made = Array.from(values, ([name, value]) => Object.freeze({ name, value }));
  memo.set(service, made);
  return made;
}

function addService(values: Map<string, string>, service: Service): void {
  const ip = service.spec?.clusterIP ?? "";
  const ports = service.spec?.ports ?? [];
  if (ip === "" || ip === "None" || ports.length === 0) return;
  const prefix = (service.metadata?.name ?? "").toUpperCase().replaceAll("-", "_");
  values.set(`${prefix}_SERVICE_HOST`, ip);
  values.set(`${prefix}_SERVICE_PORT`, String(ports[0]?.port ?? 0));
  for (const { name, port } of ports) if (name !== undefined && name !== "") values.set(`${prefix}_SERVICE_PORT_${name.toUpperCase().replaceAll("-", "_")}`, String(port));
  const first = ports[0];
  values.set(`${prefix}_PORT`, `${(first?.protocol ?? "TCP").toLowerCase()}://${ip}:${first?.port ?? 0}`);
  for (const { port, protocol = "TCP" } of ports) {
    const base = `${prefix}_PORT_${port}_${protocol}`;
    values.set(base, `${protocol.toLowerCase()}://${ip}:${port}`);
    values.set(`${base}_PROTO`, protocol.toLowerCase());
    values.set(`${base}_PORT`, String(port));
    values.set(`${base}_ADDR`, ip);
  }
}
