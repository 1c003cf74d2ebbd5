/**
 * Image references: "[registry/]path[:tag][@digest]". Grammar and normalisation follow
 * github.com/distribution/reference (reference.go, normalize.go): no registry means docker.io, a single name on
 * docker.io lives in "library/", and no tag and no digest mean ":latest".
 */

/** A normalised reference. */
export interface ImageReference {
  /** "docker.io". */
  readonly registry: string;
  /** "library/nginx". */
  readonly path: string;
  /** "latest"; absent when only a digest was given. */
  readonly tag?: string;
  /** "sha256:…". */
  readonly digest?: string;
  /** The full text, "docker.io/library/nginx:latest". */
  readonly canonical: string;
}

/** What parsing yields. */
export type ReferenceResult = { readonly reference: ImageReference } | { readonly error: string };

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const DOMAIN = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*(?::[0-9]+)?$/;
const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const BARE_ID = /^[a-f0-9]{64}$/;
const INVALID = "invalid reference format";

/** Parses and normalises a reference as the kubelet and containerd do. The error is distribution/reference's own. */
export function parseReference(text: string): ReferenceResult {
  if (BARE_ID.test(text)) return { error: "invalid repository name (" + text + "), cannot specify 64-byte hexadecimal strings" };
  const at = text.indexOf("@");
  const named = at < 0 ? text : text.slice(0, at);
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !DIGEST.test(digest)) return { error: INVALID };
  const { registry, rest } = splitRegistry(named);
  const colon = rest.lastIndexOf(":");
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) return { error: INVALID };
  const problem = pathProblem(registry, path);
  if (problem !== undefined) return { error: problem };
  return { reference: build(registry, path, tag, digest) };
}

function splitRegistry(named: string): { registry: string; rest: string } {
  const slash = named.indexOf("/");
  const first = slash < 0 ? "" : named.slice(0, slash);
  const isRegistry = first !== "" && (first.includes(".") || first.includes(":") || first === "localhost" || first !== first.toLowerCase());
  if (!isRegistry) return { registry: "docker.io", rest: slash < 0 ? `library/${named}` : named };
  const rest = named.slice(slash + 1);
  if (first !== "docker.io" && first !== "index.docker.io") return { registry: first, rest };
  return { registry: "docker.io", rest: rest.includes("/") ? rest : `library/${rest}` };
}

function pathProblem(registry: string, path: string): string | undefined {
  if (path !== path.toLowerCase()) return `${INVALID}: repository name (${path}) must be lowercase`;
  if (!DOMAIN.test(registry)) return INVALID;
  if (!path.split("/").every((part) => COMPONENT.test(part))) return INVALID;
  return path.length > 255 ? "repository name must not be more than 255 characters" : undefined;
}

function build(registry: string, path: string, givenTag: string | undefined, digest: string | undefined): ImageReference {
  const tag = givenTag ?? (digest === undefined ? "latest" : undefined);
  const canonical = `${registry}/${path}${tag === undefined ? "" : `:${tag}`}${digest === undefined ? "" : `@${digest}`}`;
  return { registry, path, canonical, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/** True when the reference says ":latest", or nothing: the default pull policy is then Always. */
export function isLatest(reference: ImageReference): boolean {
  return reference.tag === "latest" && reference.digest === undefined;
}
