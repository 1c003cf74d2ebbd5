/** LimitRanger: defaults and bounds of a namespace's containers, pods and claims. Source: kubernetes v1.36 plugin/pkg/admission/limitranger/admission.go. */
import { byteValue, compareQuantityTexts, milliValue, parseQuantity } from "../../../../base/quantity/index.ts";
import type { ApiResponse, Container, LimitRange, LimitRangeItem, PersistentVolumeClaim, Pod, PodSpec, Quantity, Stored } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import type { Server } from "../state.ts";
import type { AdmissionAttributes, AdmissionPlugin } from "./admission.ts";

type Amounts = Readonly<Record<string, Quantity>>;

function itemsOf(server: Server, namespace: string, type: string): readonly LimitRangeItem[] {
  const ranges = server.state.caches.get("limitranges")?.items.get(namespace);
  if (ranges === undefined) return [];
  const items: LimitRangeItem[] = [];
  for (const { object } of ranges.values()) items.push(...((object as Stored<LimitRange>).spec?.limits.filter((item) => item.type === type) ?? []));
  return items;
}

/** See the module's comment. */
export const limitRanger: AdmissionPlugin = {
  name: "LimitRanger",
  resources: ["pods", "persistentvolumeclaims"],
  verbs: ["create", "update"],
  admit(server, { object = {}, storage, verb, namespace }) {
    if (storage !== "pods" || verb !== "create") return { object };
    const items = itemsOf(server, namespace, "Container");
    return { object: items.length === 0 ? object : withDefaults(object as Pod & { readonly spec: PodSpec }, items) };
  },
  validate(server, attributes) {
    if (attributes.subresource !== "" || (attributes.storage === "pods" && attributes.verb === "update")) return undefined;
    const complaints = attributes.storage === "pods" ? podComplaints(server, attributes) : claimComplaints(server, attributes);
    return refusal(attributes, complaints);
  },
};

function refusal(attributes: AdmissionAttributes, complaints: readonly string[]): ApiResponse | undefined {
  if (complaints.length === 0) return undefined;
  return forbidden(attributes.info, attributes.name, complaints.length === 1 ? (complaints[0] ?? "") : `[${complaints.join(", ")}]`);
}

function withDefaults(pod: Pod & { readonly spec: PodSpec }, items: readonly LimitRangeItem[]): Pod {
  const fill = (container: Container): Container => {
    let next = container;
    for (const item of items) next = filled(next, item);
    return next;
  };
  const { initContainers } = pod.spec;
  return { ...pod, spec: { ...pod.spec, containers: pod.spec.containers.map(fill), ...(initContainers === undefined ? {} : { initContainers: initContainers.map(fill) }) } };
}

function filled(container: Container, item: LimitRangeItem): Container {
  const limits = { ...item.default, ...container.resources?.limits };
  const requests = { ...item.defaultRequest, ...container.resources?.requests };
  const resources = { ...container.resources, ...(Object.keys(limits).length === 0 ? {} : { limits }), ...(Object.keys(requests).length === 0 ? {} : { requests }) };
  return { ...container, resources };
}

function podComplaints(server: Server, { namespace, object }: AdmissionAttributes): readonly string[] {
  const complaints: string[] = [];
  const { containers, initContainers = [] } = (object as Pod & { readonly spec: PodSpec }).spec;
  for (const item of itemsOf(server, namespace, "Container")) {
    for (const container of [...containers, ...initContainers]) check(complaints, item, container.resources?.requests ?? {}, container.resources?.limits ?? {});
  }
  for (const item of itemsOf(server, namespace, "Pod")) {
    check(complaints, item, sumOf(containers, "requests"), sumOf(containers, "limits"));
  }
  return complaints;
}

function claimComplaints(server: Server, { namespace, object }: AdmissionAttributes): readonly string[] {
  const complaints: string[] = [];
  const requests = (object as PersistentVolumeClaim).spec?.resources?.requests ?? {};
  for (const item of itemsOf(server, namespace, "PersistentVolumeClaim")) check(complaints, item, requests, {});
  return complaints;
}

function sumOf(containers: readonly Container[], which: "requests" | "limits"): Amounts {
  const sum: Record<string, Quantity> = {};
  for (const container of containers) {
    for (const [name, amount] of Object.entries(container.resources?.[which] ?? {})) {
      const before = sum[name];
      if (name === "cpu") sum[name] = `${milliValue(before) + milliValue(amount)}m`;
      else sum[name] = String(byteValue(before) + byteValue(amount));
    }
  }
  return sum;
}

function check(complaints: string[], item: LimitRangeItem, requests: Amounts, limits: Amounts): void {
  for (const [name, bound] of Object.entries(item.min ?? {})) complaints.push(...atLeast(item.type, name, bound, requests[name], limits[name]));
  for (const [name, bound] of Object.entries(item.max ?? {})) complaints.push(...atMost(item.type, name, bound, requests[name], limits[name]));
  for (const [name, bound] of Object.entries(item.maxLimitRequestRatio ?? {})) complaints.push(...ratio(item.type, name, bound, requests[name], limits[name]));
}

function less(a: Quantity, b: Quantity): boolean {
  return compareQuantityTexts(String(a), String(b)) < 0;
}

function atLeast(type: string, name: string, bound: Quantity, request: Quantity | undefined, limit: Quantity | undefined): string[] {
  if (request === undefined) return [`minimum ${name} usage per ${type} is ${bound}.  No request is specified`];
  if (less(request, bound)) return [`minimum ${name} usage per ${type} is ${bound}, but request is ${request}`];
  return limit !== undefined && less(limit, bound) ? [`minimum ${name} usage per ${type} is ${bound}, but limit is ${limit}`] : [];
}

function atMost(type: string, name: string, bound: Quantity, request: Quantity | undefined, limit: Quantity | undefined): string[] {
  if (limit === undefined) {
    if (type !== "PersistentVolumeClaim") return [`maximum ${name} usage per ${type} is ${bound}.  No limit is specified`];
    return request !== undefined && less(bound, request) ? [`maximum ${name} usage per ${type} is ${bound}, but request is ${request}`] : [];
  }
  if (less(bound, limit)) return [`maximum ${name} usage per ${type} is ${bound}, but limit is ${limit}`];
  return request !== undefined && less(bound, request) ? [`maximum ${name} usage per ${type} is ${bound}, but request is ${request}`] : [];
}

function ratio(type: string, name: string, bound: Quantity, request: Quantity | undefined, limit: Quantity | undefined): string[] {
  if (request === undefined || milliValue(request) === 0) return [`${name} max limit to request ratio per ${type} is ${bound}, but no request is specified or request is 0`];
  if (limit === undefined || milliValue(limit) === 0) return [`${name} max limit to request ratio per ${type} is ${bound}, but no limit is specified or limit is 0`];
  const observed = milliValue(limit) / milliValue(request);
  return parseQuantity(String(bound)) !== undefined && observed > milliValue(bound) / 1000 ? [`${name} max limit to request ratio per ${type} is ${bound}, but provided ratio is ${observed.toFixed(6)}`] : [];
}
