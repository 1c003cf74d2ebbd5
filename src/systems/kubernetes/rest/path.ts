/**
 * API paths. Source: k8s.io/apiserver v1.36 pkg/endpoints/request/requestinfo.go (NewRequestInfo) and
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris.
 */

/** What a path asks about. */
export type ApiPath =
  | { readonly kind: "resource"; readonly group: string; readonly version: string; readonly namespace: string; readonly resource: string; readonly name: string; readonly subresource: string; readonly rest: string; readonly watch: boolean }
  | { readonly kind: "discovery"; readonly level: "legacy" | "groups" | "group" | "resources"; readonly group: string; readonly version: string }
  | { readonly kind: "other"; readonly path: string };

/** Sub-resources of namespaces themselves; any other word after a namespace's name is a resource in it. */
const namespaceSubresources: ReadonlySet<string> = new Set(["status", "finalize"]);

/** Takes a path (without query) apart. Segments are percent-decoded. Undefined = not decodable. */
export function parsePath(path: string): ApiPath | undefined {
  const segments = decoded(path.split("/").filter((segment) => segment !== ""));
  if (segments === undefined) return undefined;
  const [first] = segments;
  if (first === "api") return legacy(segments, path);
  return first === "apis" ? grouped(segments, path) : { kind: "other", path };
}

function decoded(segments: readonly string[]): readonly string[] | undefined {
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function legacy(segments: readonly string[], path: string): ApiPath {
  const version = segments[1] ?? "";
  if (segments.length === 1) return { kind: "discovery", level: "legacy", group: "", version: "" };
  if (segments.length === 2) return { kind: "discovery", level: "resources", group: "", version };
  return resourcePath("", version, segments.slice(2), path);
}

function grouped(segments: readonly string[], path: string): ApiPath {
  const [, group = "", version = ""] = segments;
  if (segments.length === 1) return { kind: "discovery", level: "groups", group: "", version: "" };
  if (segments.length === 2) return { kind: "discovery", level: "group", group, version: "" };
  if (segments.length === 3) return { kind: "discovery", level: "resources", group, version };
  return resourcePath(group, version, segments.slice(3), path);
}

function resourcePath(group: string, version: string, all: readonly string[], path: string): ApiPath {
  const watch = all[0] === "watch" && all.length > 1;
  let parts = watch ? all.slice(1) : all;
  let namespace = "";
  if (parts[0] === "namespaces" && parts.length > 2 && !namespaceSubresources.has(parts[2] ?? "")) {
    namespace = parts[1] ?? "";
    parts = parts.slice(2);
  } else if (parts[0] === "namespaces" && parts.length > 1) namespace = parts[1] ?? "";
  const [resource = "", name = "", subresource = "", ...rest] = parts;
  if (rest.length > 0 && subresource !== "proxy") return { kind: "other", path };
  return { kind: "resource", group, version, namespace, resource, name, subresource, rest: rest.join("/"), watch };
}
