/** What a list or watch selects: namespace, labels, fields. */
import { type ApiRequest, type ApiResponse, namespacedKey, type Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import { type FieldRequirement, matchesFields, matchesSelector, parseFieldSelector, parseSelector, requiredFieldValue, type Selector, type SelectorResult } from "../../selectors/index.ts";
import { badRequest } from "../answers/status.ts";
import { cached, type ResourceCache } from "../cache/resource-cache.ts";
import type { Server } from "../state.ts";
import { fieldReader, supportsFieldLabel } from "./field-labels.ts";
import { storageName } from "./storage.ts";

/** A selection made ready. */
export interface Selection {
  readonly namespace: string;
  readonly name: string | undefined;
  readonly node: string | undefined;
  readonly labels: Selector | undefined;
  readonly fields: readonly FieldRequirement[] | undefined;
  /** True when nothing but the namespace selects. */
  readonly everything: boolean;
  matches(object: Stored): boolean;
}

/** Reads a request's selectors, in upstream's words when they are wrong. */
export function selectionOf(_server: Server, call: ApiRequest, info: ResourceInfo): Selection | { readonly refused: ApiResponse } {
  const labels = readLabels(call.options?.labelSelector ?? "");
  if ("refused" in labels) return labels;
  const fields = readFields(call, info);
  if ("refused" in fields) return fields;
  return makeSelection(call, info, labels.labels, fields.fields);
}

function readLabels(text: string): { readonly labels: Selector | undefined } | { readonly refused: ApiResponse } {
  if (text === "") return { labels: undefined };
  const result = parsed.get(text) ?? parseSelector(text);
  if ("error" in result) return { refused: badRequest(result.error) };
  remember(text, result);
  return { labels: result.selector.requirements.length === 0 ? undefined : result.selector };
}

/** Selectors that clients send again and again (each node's proxy the same one), by their text. */
const parsed = new Map<string, SelectorResult>();
const MOST_PARSED = 200;

function remember(text: string, result: SelectorResult): void {
  if (parsed.has(text)) return;
  if (parsed.size >= MOST_PARSED) parsed.clear();
  parsed.set(text, result);
}

function readFields(call: ApiRequest, info: ResourceInfo): { readonly fields: readonly FieldRequirement[] | undefined } | { readonly refused: ApiResponse } {
  const text = call.options?.fieldSelector ?? "";
  if (text === "") return { fields: undefined };
  const result = parseFieldSelector(text);
  if ("error" in result) return { refused: badRequest(result.error) };
  const storage = storageName(info);
  for (const { field } of result.requirements) {
    if (!supportsFieldLabel(storage, field, [])) return { refused: badRequest(unsupported(call, info, field)) };
  }
  return { fields: result.requirements.length === 0 ? undefined : result.requirements };
}

/** apiserver pkg/endpoints/handlers/get.go: the field label is converted for the resource's kind. */
function unsupported(call: ApiRequest, info: ResourceInfo, field: string): string {
  const what = `${info.apiVersion.includes("/") ? info.apiVersion : `/${info.apiVersion}`}, Resource=${info.resource}`;
  const { labelSelector = "", fieldSelector = "" } = call.options ?? {};
  return `Unable to find "${what}" that match label selector "${labelSelector}", field selector "${fieldSelector}": ${labelError(info, field)}`;
}

function labelError(info: ResourceInfo, field: string): string {
  return info.group === "" && info.resource === "pods" ? `field label not supported: ${field}` : `field label not supported: ${field}`;
}

function makeSelection(call: ApiRequest, info: ResourceInfo, labels: Selector | undefined, fields: readonly FieldRequirement[] | undefined): Selection {
  const storage = storageName(info);
  const single = fields === undefined ? call.name : (requiredFieldValue(fields, "metadata.name") ?? call.name);
  const node = storage === "pods" && fields !== undefined ? requiredFieldValue(fields, "spec.nodeName") : undefined;
  return {
    namespace: info.namespaced ? (call.namespace ?? "") : "",
    name: single, node: node === "" ? undefined : node, labels, fields,
    everything: labels === undefined && fields === undefined,
    matches(object) {
      if (info.namespaced && (call.namespace ?? "") !== "" && object.metadata.namespace !== call.namespace) return false;
      if (call.name !== undefined && object.metadata.name !== call.name) return false;
      if (labels !== undefined && !matchesSelector(labels, object.metadata.labels)) return false;
      return fields === undefined || matchesFields(fields, fieldReader(storage, object));
    },
  };
}

/** The cached objects in a selection, in the order of their keys. Meets only one namespace's or one node's objects where it can. */
export function pickItems(cache: ResourceCache, selection: Selection): readonly EtcdValue[] {
  const found: { readonly key: string; readonly value: EtcdValue }[] = [];
  if (selection.name !== undefined && (selection.namespace !== "" || !cache.namespaced)) return pickByName(cache, selection, selection.name);
  if (selection.node !== undefined && cache.byNode !== undefined) pickByNode(cache, selection, found);
  else if (selection.namespace !== "") pickFrom(cache.items.get(selection.namespace), selection, found);
  else for (const group of cache.items.values()) pickFrom(group, selection, found);
  found.sort((a, b) => (a.key < b.key ? -1 : 1));
  return found.map((item) => item.value);
}

function pickByName(cache: ResourceCache, selection: Selection, name: string): readonly EtcdValue[] {
  const value = cached(cache, selection.namespace, namespacedKey(selection.namespace, name));
  return value !== undefined && selection.matches(value.object) ? [value] : [];
}

function pickFrom(group: ReadonlyMap<string, EtcdValue> | undefined, selection: Selection, found: { key: string; value: EtcdValue }[]): void {
  if (group === undefined) return;
  const all = selection.everything && selection.name === undefined;
  for (const [key, value] of group) if (all || selection.matches(value.object)) found.push({ key, value });
}

function pickByNode(cache: ResourceCache, selection: Selection, found: { key: string; value: EtcdValue }[]): void {
  for (const key of cache.byNode?.get(selection.node ?? "") ?? []) {
    const value = cache.items.get(key.slice(0, key.indexOf("/")))?.get(key);
    if (value !== undefined && selection.matches(value.object)) found.push({ key, value });
  }
}
