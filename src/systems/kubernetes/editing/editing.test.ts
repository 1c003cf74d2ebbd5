import { describe, expect, it } from "vitest";
import { emptyRegistry } from "../schema/index.ts";
import { checkManifest, completeManifest, hoverManifest, type ManifestCompletion } from "./index.ts";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: nginx
          image: nginx:1.29
          resources:
            requests:
              memory: 64Mi
`;

/** Problems as "line:column message". */
const problems = (text: string): string[] => checkManifest(emptyRegistry, text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe("checkManifest", () => {
  it("has nothing to say about what the server would take", () => {
    expect(problems(DEPLOYMENT)).toEqual([]);
    expect(problems("")).toEqual([]);
    expect(problems("# only words\n---\n")).toEqual([]);
  });

  it.each<[name: string, text: string, problem: RegExp]>([
    ["a list for a document", "- a\n", /^1:1 An object is expected here/],
    ["no version", "kind: Pod\nmetadata: {name: a}\n", /^1:1 apiVersion not set$/],
    ["no kind", "apiVersion: v1\nmetadata: {name: a}\n", /^1:1 kind not set$/],
    ["a kind that nobody serves", DEPLOYMENT.replace("kind: Deployment", "kind: Deploymnt"), /^2:\d+ no matches for kind "Deploymnt" in version "apps\/v1"\. Did you mean kind Deployment in version apps\/v1\?$/],
    ["a kind in another version", DEPLOYMENT.replace("apps/v1", "extensions/v1beta1"), /^2:\d+ no matches for kind "Deployment" in version "extensions\/v1beta1"\. Did you mean kind Deployment in version apps\/v1\?$/],
    ["a field that doesn't exist", DEPLOYMENT.replace("replicas: 3", "replica: 3"), /^6:\d+ .*unknown field "spec\.replica"/],
    ["a field that doesn't exist, deep inside", DEPLOYMENT.replace("image: nginx:1.29", "imag: nginx:1.29"), /^15:\d+ .*unknown field "spec\.template\.spec\.containers\[0\]\.imag"/],
    ["a text for a number", DEPLOYMENT.replace("replicas: 3", "replicas: three"), /^6:\d+ .*cannot unmarshal string into Go struct field DeploymentSpec\.spec\.replicas of type int32/],
    ["a bad quantity", DEPLOYMENT.replace("64Mi", "64 megs"), /^18:\d+ (quantities must match|unable to parse quantity)/],
    ["a number below its least", DEPLOYMENT.replace("replicas: 3", "replicas: -1"), /^6:\d+ spec\.replicas: Invalid value: -1: must be greater than or equal to 0/],
    ["a required field that is missing", DEPLOYMENT.replace("          image: nginx:1.29\n", ""), /^14:\d+ spec\.template\.spec\.containers\[0\]\.image: Required value/],
    ["a name that isn't one", DEPLOYMENT.replace("name: web", "name: Web"), /^4:\d+ metadata\.name: Invalid value: "Web"/],
    ["labels that don't match", DEPLOYMENT.replace("labels: {app: web}", "labels: {app: wep}"), /^11:\d+ spec\.template\.metadata\.labels: Invalid value: .*does not match template `labels`/],
    ["text that is no YAML", DEPLOYMENT.replace("replicas: 3", "replicas: [3"), /^\d+:\d+ /],
  ])("finds %s, at its place", (_name, text, problem) => {
    expect(problems(text)[0]).toMatch(problem);
  });

  it("checks each document by itself, and knows what each describes", () => {
    const { problems: found, places } = checkManifest(emptyRegistry, `${DEPLOYMENT}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: Pod\nmetadata: {namespace: shop}\nspec: {containers: [{name: a, image: b}]}\n`);
    expect(places.map(({ kind, namespace, name, known }) => [kind, namespace, name, known])).toEqual([["Deployment", "default", "web", true], ["Namespace", "", "shop", true], ["Pod", "shop", "", false]]);
    expect(places[1]?.line).toBeGreaterThan(places[0]?.line ?? 0);
    expect(found.every(({ line }) => line >= (places[2]?.line ?? 0))).toBe(true);
    expect(found.map(({ message }) => message).join()).toMatch(/metadata\.name: Required value/);
  });

  it("lets the server make a name where it was asked to", () => {
    expect(problems("apiVersion: v1\nkind: Pod\nmetadata: {generateName: web-}\nspec: {containers: [{name: a, image: b}]}\n")).toEqual([]);
  });

  it("says where a problem ends and which path it is about", () => {
    const [problem] = checkManifest(emptyRegistry, DEPLOYMENT.replace("replicas: 3", "replicas: -1")).problems;
    expect(problem).toMatchObject({ severity: "error", source: "schema", line: 6, endLine: 6, path: ["spec", "replicas"] });
    expect((problem?.endColumn ?? 0) - (problem?.column ?? 0)).toBe(2);
  });
});

/** Completes where "|" stands. */
function complete(text: string): { readonly labels: string[]; readonly items: readonly ManifestCompletion[]; readonly from: number } {
  const before = text.slice(0, text.indexOf("|")).split("\n");
  const { items, replaceFrom } = completeManifest(emptyRegistry, text.replace("|", ""), before.length, (before.at(-1)?.length ?? 0) + 1);
  return { labels: items.map(({ label }) => label), items, from: replaceFrom };
}

describe("completeManifest", () => {
  it("begins a document with what every object has", () => {
    expect(complete("|").labels).toEqual(["apiVersion", "kind", "metadata"]);
    expect(complete("apiVersion: v1\n|").labels).toEqual(["kind", "metadata"]);
  });

  it("offers the kinds of a version, and the versions of a kind", () => {
    const kinds = complete("apiVersion: apps/v1\nkind: |\n").labels;
    expect(kinds).toEqual(expect.arrayContaining(["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"]));
    expect(kinds).not.toContain("Pod");
    expect(complete("apiVersion: |\nkind: Deployment\n").labels).toEqual(["apps/v1"]);
  });

  it("offers the fields that are not there yet, the required ones first, and none that the server writes", () => {
    const { labels, items } = complete(DEPLOYMENT.replace("  replicas: 3\n", "  |\n"));
    expect(labels).toEqual(expect.arrayContaining(["replicas", "strategy", "paused", "minReadySeconds"]));
    for (const present of ["selector", "template", "status"]) expect(labels).not.toContain(present);
    const required = items.map((item) => item.required);
    expect(required).toEqual([...required].sort((a, b) => Number(b) - Number(a)));
    expect(complete("apiVersion: v1\nkind: Pod\nmetadata:\n  |\n").labels).not.toContain("uid");
  });

  it("replaces what was typed", () => {
    const { labels, from } = complete(DEPLOYMENT.replace("  replicas: 3\n", "  repl|\n"));
    expect(labels).toContain("replicas");
    expect(from).toBe(3);
  });

  it("opens what comes after a field by its type", () => {
    const insert = (label: string): string | undefined => complete(DEPLOYMENT.replace("          image: nginx:1.29\n", "          |\n")).items.find((item) => item.label === label)?.insert;
    expect(insert("image")).toBe("image: ");
    expect(insert("env")).toBe("env:\n  - ");
    expect(insert("securityContext")).toBe("securityContext:\n  ");
  });

  it("offers values where there is a choice, the default marked", () => {
    expect(complete(DEPLOYMENT.replace("replicas: 3", "paused: |")).labels).toEqual(["true", "false"]);
    const policy = complete(DEPLOYMENT.replace("    spec:\n", "    spec:\n      restartPolicy: |\n"));
    expect(policy.labels).toEqual(expect.arrayContaining(["Always", "OnFailure", "Never"]));
    expect(complete(DEPLOYMENT.replace("replicas: 3", "replicas: |")).labels.length).toBeLessThanOrEqual(1);
  });

  it("has nothing to offer where nothing can be told", () => {
    expect(complete("apiVersion: v1\nkind: Nonsense\nspec:\n  |\n").labels).toEqual([]);
    expect(complete("a: [\n|").labels).toEqual([]);
    expect(complete("# a word |").labels).toEqual([]);
  });

  it("never throws, wherever the caret stands", () => {
    for (const text of [DEPLOYMENT, "a: [\n", "- x\n- y\n", "\t\n", "key: |\n  text\n"]) {
      for (const [index, line] of text.split("\n").entries()) for (let column = 1; column <= line.length + 2; column++) expect(() => completeManifest(emptyRegistry, text, index + 1, column)).not.toThrow();
    }
    expect(() => completeManifest(emptyRegistry, DEPLOYMENT, 999, 999)).not.toThrow();
  });
});

/** Hovers over the first place of a word. */
function hover(word: string, text = DEPLOYMENT): ReturnType<typeof hoverManifest> {
  const before = text.slice(0, text.indexOf(word)).split("\n");
  return hoverManifest(emptyRegistry, text, before.length, (before.at(-1)?.length ?? 0) + 2);
}

describe("hoverManifest", () => {
  it("explains a field: path, type, and what it means", () => {
    expect(hover("replicas")).toMatchObject({ title: "spec.replicas", text: expect.stringMatching(/^whole number.*\n\nHow many pods there should be\./s) as string, line: 6, column: 3 });
    expect(hover("memory")?.text).toMatch(/^quantity, e\.g\. 500m or 64Mi.*\n\nMemory set aside/s);
    expect(hover("containers")?.text).toMatch(/^list of .*required/);
    expect(hover("kind")?.text).toMatch(/What kind of object it is/);
  });

  it("leaves list positions out of the title and marks the key alone", () => {
    const found = hover("image:");
    expect(found?.title).toBe("spec.template.spec.containers.image");
    expect((found?.endColumn ?? 0) - (found?.column ?? 0)).toBe("image".length);
  });

  it("says nothing about fields that don't exist, unknown kinds and empty places", () => {
    expect(hover("replica:", DEPLOYMENT.replace("replicas: 3", "replica: 3"))).toBeUndefined();
    expect(hover("spec", "apiVersion: v1\nkind: Nonsense\nspec: {}\n")).toBeUndefined();
    expect(hoverManifest(emptyRegistry, DEPLOYMENT, 400, 1)).toBeUndefined();
    expect(hoverManifest(emptyRegistry, "", 1, 1)).toBeUndefined();
  });
});
