import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { applyDefaults, decodeObject, emptyRegistry, lookupKind, type KindEntry } from "./index.ts";

const corpus = join(resolve(process.env["ORRERY_SHARED"] ?? join(import.meta.dirname, "../../../../../shared")), "corpus");
const isThere = existsSync(join(corpus, "INDEX.tsv"));

interface Manifest { readonly path: string; readonly entry: KindEntry; readonly object: Readonly<Record<string, unknown>> }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Paths of the index's files of one system that are whole, readable YAML. */
function manifestPaths(): readonly string[] {
  const rows = readFileSync(join(corpus, "INDEX.tsv"), "utf8").trim().split("\n").slice(1).map((line) => line.split("\t"));
  return rows.filter(([, , system, , documents, , flags = ""]) => system === "kubernetes" && documents !== "0" && !/yaml-error|template|fragment|reference/.test(flags))
    .map(([path = ""]) => path);
}

function objectsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!isObject(value)) return [];
  return value["kind"] === "List" && Array.isArray(value["items"]) ? value["items"].filter(isObject) : [value];
}

function readManifests(paths: readonly string[]): readonly Manifest[] {
  return paths.flatMap((path) => {
    const documents = parseAllDocuments(readFileSync(join(corpus, path), "utf8"), { version: "1.1", merge: true, uniqueKeys: false, logLevel: "silent" });
    const values = [...documents].flatMap((document) => objectsOf(document.toJS({ maxAliasCount: 1000 }) as unknown));
    return values.flatMap((object) => {
      const entry = lookupKind(emptyRegistry, String(object["apiVersion"]), String(object["kind"]));
      return entry === undefined ? [] : [{ path, entry, object }];
    });
  });
}

/** Files that a v1.36 server refuses too, and what it says. */
const refused: Readonly<Record<string, string>> = {
  // A bare `true` where the API wants a string.
  "ingress-nginx/docs/examples/auth/oauth-external-auth/vouch-proxy.yaml": "json: cannot unmarshal bool into Go struct field EnvVar.spec.template.spec.containers.env.value of type string",
  // A placeholder instead of data.
  "ingress-nginx/docs/examples/customization/ssl-dh-param/ssl-dh-param.yaml": "illegal base64 data at input byte 0",
  // Archived examples with fields that never were, or are gone.
  "kubernetes-examples/_archived/volumes/rbd/rbd.yaml": 'strict decoding error: unknown field "spec.volumes[0].rbd.imageformat", unknown field "spec.volumes[0].rbd.imagefeatures"',
  "kubernetes-examples/_archived/volumes/storageos/storageos-pod.yaml": 'strict decoding error: unknown field "spec.volumes[0].storageos.pool"',
  "kubernetes-examples/_archived/volumes/storageos/storageos-pv.yaml": 'strict decoding error: unknown field "spec.storageos.secretName"',
  "kubernetes-website/content/en/examples/service/networking/dual-stack-ipv6-svc.yaml": 'strict decoding error: unknown field "spec.ipFamily"',
  // The documentation's slip: the field is exitCodes.
  "kubernetes-website/content/en/examples/pods/restart-policy/restart-all-containers.yaml": 'strict decoding error: unknown field "spec.initContainers[1].restartPolicyRules[0].onExit"',
  // A kustomize patch, not an object.
  "microservices-demo/kustomize/components/without-loadgenerator/delete-loadgenerator.patch.yaml": 'strict decoding error: unknown field "$patch"',
};

/** Upstream's round-trip samples are from July 2026, after 1.36: these fields came later. */
const newerFields: ReadonlySet<string> = new Set([
  "protocol", "mode", "bindMountOptions", "evictionResponders", "defaultUser", "user", "podPreemptionPolicy", "healthStatus", "mapping", "overhead", "volumeHealth",
  "nodeAllocatableResources", "partitionTypeAttribute", "skipNodeOperations",
]);
const SAMPLES = "kubernetes-api/testdata/HEAD/";

describe.skipIf(!isThere)("the corpus of manifests (skipped without the shared corpus)", () => {
  const manifests = isThere ? readManifests(manifestPaths()) : [];
  const samples = manifests.filter(({ path }) => path.startsWith(SAMPLES));
  const written = manifests.filter(({ path }) => !path.startsWith(SAMPLES));

  it("decodes every manifest of a stable kind strictly, apart from the listed ones", () => {
    const failures: Record<string, string> = {};
    for (const { path, entry, object } of written) {
      const result = decodeObject(object, entry, { fieldValidation: "Strict" });
      if (!result.ok) failures[path] = result.error;
    }
    expect(written.length).toBeGreaterThan(700);
    expect(failures).toEqual(refused);
  });

  it("knows every field of upstream's fully populated samples that release 1.36 has", () => {
    const unknown = samples.flatMap(({ entry, object }) => {
      const result = decodeObject(object, entry);
      return result.ok ? result.warnings.map((warning) => /(\w+)"$/.exec(warning)?.[1] ?? warning) : [result.error];
    });
    expect(samples.length).toBeGreaterThan(30);
    expect([...new Set(unknown)].filter((field) => !newerFields.has(field))).toEqual([]);
  });

  it("leaves what the server itself has encoded as it is: samples without newer fields come back as the same object", () => {
    const changed = samples.filter(({ entry, object }) => {
      const result = decodeObject(object, entry);
      return result.ok && result.warnings.length === 0 && result.object !== object;
    });
    expect(changed.map(({ path }) => path)).toEqual([]);
  });

  it("completes every decoded manifest once: a second pass changes nothing", () => {
    const context = { now: "2026-01-01T00:00:00Z" };
    const unstable = manifests.filter(({ entry, object }) => {
      const result = decodeObject(object, entry, { fieldValidation: "Ignore" });
      if (!result.ok) return false;
      const once = applyDefaults(result.object, entry, context);
      return applyDefaults(once, entry, context) !== once;
    });
    expect(unstable.map(({ path }) => path)).toEqual([]);
  });

  it("returns what it has decoded before as the same object", () => {
    const changed = manifests.filter(({ entry, object }) => {
      const first = decodeObject(object, entry);
      if (!first.ok) return false;
      const second = decodeObject(first.object, entry, { fieldValidation: "Strict" });
      return !second.ok || second.object !== first.object;
    });
    expect(changed.map(({ path }) => path)).toEqual([]);
  });
});
