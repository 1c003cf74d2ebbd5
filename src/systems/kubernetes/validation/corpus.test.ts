import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import type { KubeObject } from "../api/index.ts";
import { applyDefaults, convert, decodeObject, emptyRegistry, findKind, lookupKind, splitApiVersion } from "../schema/index.ts";
import { joinFieldErrors, validateCreate, validateStatusUpdate, validateUpdate } from "./index.ts";

const corpus = join(resolve(process.env["ORRERY_SHARED"] ?? join(import.meta.dirname, "../../../../../shared")), "corpus");
const isThere = existsSync(join(corpus, "INDEX.tsv"));
const SAMPLES = "kubernetes-api/testdata/HEAD/";

type Loose = Record<string, unknown>;

interface Manifest {
  readonly path: string;
  readonly object: Loose;
}

function isObject(value: unknown): value is Loose {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function manifests(samples = false): readonly Manifest[] {
  const rows = readFileSync(join(corpus, "INDEX.tsv"), "utf8").trim().split("\n").slice(1).map((line) => line.split("\t"));
  const paths = rows.filter(([path = "", , system, , documents, , flags = ""]) => system === "kubernetes" && documents !== "0" && path.startsWith(SAMPLES) === samples && !/yaml-error|template|fragment|reference/.test(flags));
  return paths.flatMap(([path = ""]) => {
    const documents = parseAllDocuments(readFileSync(join(corpus, path), "utf8"), { version: "1.1", merge: true, uniqueKeys: false, logLevel: "silent" });
    const values = [...documents].map((document) => document.toJS({ maxAliasCount: 1000 }) as unknown).filter(isObject);
    return values.flatMap((value) => (value["kind"] === "List" && Array.isArray(value["items"]) ? value["items"].filter(isObject) : [value])).map((object) => ({ path, object }));
  });
}

/** What the API server fills in before it validates: names, selectors of jobs, addresses of services. */
function filledIn(object: KubeObject, namespaced: boolean): KubeObject {
  const meta = object.metadata ?? {};
  const name = meta.name ?? `${meta.generateName ?? "made-"}abcde`;
  const metadata = { ...meta, name, uid: "u-1", ...(namespaced ? { namespace: meta.namespace ?? "default" } : { namespace: "" }) };
  const spec = (object as unknown as { readonly spec?: Loose }).spec ?? {};
  if (object.kind === "Service") {
    const [family] = (spec["ipFamilies"] as readonly string[] | undefined) ?? [];
    const address = typeof spec["clusterIP"] === "string" ? spec["clusterIP"] : family === "IPv6" ? "fd00::10" : "10.96.0.10";
    const given = spec["type"] === "ExternalName" || spec["clusterIPs"] !== undefined ? {} : { clusterIP: address, clusterIPs: [address] };
    const health = spec["externalTrafficPolicy"] === "Local" && spec["type"] === "LoadBalancer" ? { healthCheckNodePort: 30000 } : {};
    return { ...object, metadata, spec: { ...spec, ...given, ...health } } as KubeObject;
  }
  if (object.kind !== "Job" || spec["manualSelector"] === true) return { ...object, metadata };
  const template = spec["template"] as { readonly metadata?: Loose; readonly spec?: Loose };
  const labels = { "batch.kubernetes.io/controller-uid": "u-1", "batch.kubernetes.io/job-name": name, "controller-uid": "u-1", "job-name": name };
  const own = { ...template, metadata: { ...template.metadata, labels: { ...(template.metadata?.["labels"] as Loose | undefined), ...labels } } };
  return { ...object, metadata, spec: { ...spec, selector: { matchLabels: { "batch.kubernetes.io/controller-uid": "u-1" } }, template: own } } as KubeObject;
}

interface Prepared {
  readonly stored: KubeObject;
  readonly info: { readonly group: string; readonly kind: string; readonly namespaced: boolean };
}

/** The object as it stands before validation, or undefined when it is no object of a known kind. */
function prepare(object: Loose, fieldValidation: "Strict" | "Ignore"): Prepared | undefined {
  const [apiVersion, kind] = [String(object["apiVersion"]), String(object["kind"])];
  const entry = lookupKind(emptyRegistry, apiVersion, kind);
  const found = findKind(apiVersion, kind);
  if (entry === undefined || found === undefined || kind.endsWith("List")) return undefined;
  const decoded = decodeObject(object, entry, { fieldValidation });
  if (!decoded.ok) return undefined;
  const filled = filledIn(applyDefaults(decoded.object, entry, { now: "2026-01-01T00:00:00Z" }), found.namespaced);
  return { stored: convert(filled, found.storageVersion), info: { group: splitApiVersion(found.storageVersion).group, kind, namespaced: found.namespaced } };
}

/** Every object that lacks one field of this one, or has it empty. */
function* damaged(value: unknown): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const replace = (part: unknown): unknown => {
      if (Array.isArray(value)) return value.map((item: unknown, index) => (String(index) === key ? part : item));
      const { [key]: _gone, ...rest } = value as Loose;
      return part === undefined ? rest : { ...rest, [key]: part };
    };
    if (!Array.isArray(value)) yield replace(undefined);
    if (typeof child === "object" && child !== null) yield replace(Array.isArray(child) ? [] : {});
    for (const part of damaged(child)) yield replace(part);
  }
}

function complaintsOf({ object }: Manifest): { readonly checked: boolean; readonly errors: string } {
  const prepared = prepare(object, "Strict");
  if (prepared === undefined) return { checked: false, errors: "" };
  const { stored, info } = prepared;
  const errors = validateCreate(stored, info);
  if (errors.length > 0) return { checked: true, errors: joinFieldErrors(errors) };
  const next = { ...stored, metadata: { ...stored.metadata, resourceVersion: "1" } };
  const again = validateUpdate(next, next, info);
  return { checked: true, errors: again.length === 0 ? "" : `on update: ${joinFieldErrors(again)}` };
}

const PATCH = "spec.selector: Required value";
const PLACEHOLDER = "a lowercase RFC 1123 subdomain must consist of";

/** Manifests that a real server refuses too, and part of its words: patches that are no objects, placeholders, old slips. */
const refused: Readonly<Record<string, string>> = {
  "docker-compose/pkg/e2e/fixtures/bridge/expected-kubernetes/overlays/desktop/serviceA-service.yaml Service": "spec.ports: Required value",
  "docker-compose/pkg/e2e/fixtures/bridge/expected-kubernetes/overlays/desktop/serviceB-service.yaml Service": "spec.ports: Required value",
  "ingress-nginx/deploy/grafana/deployment.yaml Deployment": PATCH,
  "ingress-nginx/docs/examples/auth/oauth-external-auth/oauth2-proxy.yaml Ingress": PLACEHOLDER,
  "ingress-nginx/docs/examples/auth/oauth-external-auth/vouch-proxy.yaml Ingress": PLACEHOLDER,
  "kubernetes-examples/_archived/sysdig-cloud/sysdig-rc.yaml ReplicationController": PATCH,
  "kubernetes-examples/_archived/volumes/cinder/cinder-web.yaml Pod": 'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"',
  "kubernetes-website/content/en/examples/application/job/job-tmpl.yaml Job": PLACEHOLDER,
  "kustomize/examples/ldap/overlays/production/deployment.yaml Deployment": PATCH,
  "kustomize/examples/ldap/overlays/staging/deployment.yaml Deployment": PATCH,
  "kustomize/examples/springboot/overlays/production/healthcheck_patch.yaml Deployment": PATCH,
  "kustomize/examples/springboot/overlays/production/memorylimit_patch.yaml Deployment": PATCH,
  "kustomize/examples/wordpress/patch.yaml Deployment": PATCH,
  "sock-shop/deploy/kubernetes/manifests-monitoring/23-grafana-import-dash-batch.yaml Job": "spec.template.spec.restartPolicy: Required value",
};

/** The line that threw, if any did. */
function breakingPlace(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.message} ${error.stack?.split("\n")[1]?.trim() ?? ""}` : String(error);
  }
}

describe.skipIf(!isThere)("the corpus of manifests (skipped without the shared corpus)", () => {
  it("accepts what a real server accepts, on create and on an update that changes nothing", () => {
    const found: Record<string, string> = {};
    let checked = 0;
    for (const manifest of manifests()) {
      const { errors, checked: was } = complaintsOf(manifest);
      if (was) checked++;
      if (errors !== "") found[`${manifest.path} ${String(manifest.object["kind"])}`] = errors;
    }
    expect(checked).toBeGreaterThan(700);
    expect(found).toEqual(Object.fromEntries(Object.entries(refused).map(([path, words]) => [path, expect.stringContaining(words)])));
  });

  it("never breaks on objects with parts missing: it complains or accepts", () => {
    const kinds = new Set<string>();
    const places = new Set<string>();
    let tried = 0;
    for (const { object } of manifests(true)) {
      const prepared = prepare(object, "Ignore");
      if (prepared === undefined) continue;
      const { stored, info } = prepared;
      kinds.add(info.kind);
      for (const variant of damaged(stored)) {
        tried++;
        const broken = variant as KubeObject;
        const at = breakingPlace(() => {
          validateCreate(broken, info);
          validateUpdate(broken, stored, info);
          validateUpdate(stored, broken, info);
          validateStatusUpdate(broken, stored, info);
          validateStatusUpdate(stored, broken, info);
        });
        if (at !== undefined) places.add(at);
      }
    }
    expect([...places]).toEqual([]);
    expect(kinds.size).toBeGreaterThan(30);
    expect(tried).toBeGreaterThan(3000);
  });
});
