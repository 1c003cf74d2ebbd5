/** Schemas of the built-in kinds, linked out of the generated tables as they are asked for. */
import { tables } from "./generated/tables.ts";
import type { SchemaNode } from "./node.ts";
import { nodeOfCode, readRow } from "./table.ts";

/** Links made so far. Pure derived data: the same for every world, so it may outlive them. */
const linked = new Map<string, SchemaNode>();
const kinds = new Map<string, SchemaNode>();

/** "apps/v1" → "apps.v1", "v1" → "core.v1", "rbac.authorization.k8s.io/v1" → "rbac.v1". */
function tableKey(apiVersion: string): string {
  const slash = apiVersion.indexOf("/");
  if (slash < 0) return `core.${apiVersion}`;
  const group = apiVersion.slice(0, slash);
  return `${group.split(".")[0] ?? group}.${apiVersion.slice(slash + 1)}`;
}

function definitionNode(file: string, name: string): SchemaNode {
  const key = `${file}/${name}`;
  const known = linked.get(key);
  if (known !== undefined) return known;
  const row = tables[file]?.[name];
  if (row === undefined) throw new Error(`no definition ${key}`);
  const node = lazyNode(file, name, row);
  linked.set(key, node);
  return node;
}

const link = (file: string) => (reference: string): SchemaNode => {
  const slash = reference.indexOf("/");
  return slash < 0 ? definitionNode(file, reference) : definitionNode(reference.slice(0, slash), reference.slice(slash + 1));
};

/** A node whose fields are read at the first look, so that recursive definitions end and start-up stays short. */
function lazyNode(file: string, name: string, row: string): SchemaNode {
  const version = file === "meta" ? "v1" : file.slice(file.indexOf(".") + 1);
  const { atomic, fields } = readRow(row);
  const required = fields.filter(([, isRequired]) => isRequired).map(([field]) => field);
  let properties: Readonly<Record<string, SchemaNode>> | undefined;
  return {
    type: "object",
    definition: name,
    goType: `${version}.${name}`,
    ...(atomic ? { mapType: "atomic" as const } : {}),
    ...(required.length > 0 ? { required } : {}),
    get properties(): Readonly<Record<string, SchemaNode>> {
      properties ??= Object.fromEntries(fields.map(([field, , code]) => [field, nodeOfCode(code, `${file}/${name}.${field}`, link(file))]));
      return properties;
    },
  };
}

/**
 * The schema of a built-in kind, or undefined when release 1.36 has no stable kind of that name.
 * List kinds ("PodList") and request kinds ("Scale", "Eviction", "DeleteOptions") are found too.
 */
export function schemaFor(apiVersion: string, kind: string): SchemaNode | undefined {
  const key = `${apiVersion}/${kind}`;
  const known = kinds.get(key);
  if (known !== undefined) return known;
  const node = findSchema(apiVersion, kind);
  // Only what exists is remembered: names come from outside and have no end.
  if (node !== undefined) kinds.set(key, node);
  return node;
}

function findSchema(apiVersion: string, kind: string): SchemaNode | undefined {
  const file = tableKey(apiVersion);
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  if (groupOfFile(file) === group && isKind(file, kind)) return definitionNode(file, kind);
  // Status, DeleteOptions, WatchEvent belong to every group version (meta/v1 AddToGroupVersion).
  return isKind("meta", kind) ? definitionNode("meta", kind) : undefined;
}

function isKind(file: string, name: string): boolean {
  const table = Object.hasOwn(tables, file) ? tables[file] : undefined;
  return table !== undefined && Object.hasOwn(table, name) && (table[name] ?? "").startsWith("#");
}

const longNames: Readonly<Record<string, string>> = {
  core: "", admissionregistration: "admissionregistration.k8s.io", apiextensions: "apiextensions.k8s.io", apiregistration: "apiregistration.k8s.io",
  authentication: "authentication.k8s.io", authorization: "authorization.k8s.io", certificates: "certificates.k8s.io", coordination: "coordination.k8s.io",
  discovery: "discovery.k8s.io", events: "events.k8s.io", flowcontrol: "flowcontrol.apiserver.k8s.io", networking: "networking.k8s.io",
  node: "node.k8s.io", rbac: "rbac.authorization.k8s.io", resource: "resource.k8s.io", scheduling: "scheduling.k8s.io", storage: "storage.k8s.io",
};

function groupOfFile(file: string): string {
  const short = file.slice(0, file.indexOf("."));
  return Object.hasOwn(longNames, short) ? (longNames[short] ?? "") : short;
}

/** The schema of a definition that is no kind of its own, e.g. ("core.v1", "PodSpec") or ("meta", "ObjectMeta"). */
export function definitionSchema(file: string, name: string): SchemaNode | undefined {
  const table = Object.hasOwn(tables, file) ? tables[file] : undefined;
  return table !== undefined && Object.hasOwn(table, name) ? definitionNode(file, name) : undefined;
}
