import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { type FileResult, runUnit } from "./run-unit.ts";
import { corpusUnits } from "./units.ts";

/** Real manifests lie beside the checkout or where ORRERY_SHARED says; without them those tests are skipped. */
const shared = process.env["ORRERY_SHARED"] ?? fileURLToPath(new URL("../../../shared", import.meta.url));
const corpus = join(shared, "corpus");
const hasCorpus = existsSync(corpus);
const CATEGORIES = ["old API version", "newer than v1.36", "needs a CRD", "not a manifest", "sample data", "clashes within the unit", "refers outside the unit", "needs IPv6", "invalid", "invalid on purpose"];

function knownRejections(): readonly (readonly [path: string, category: string, why: string])[] {
  const lines = readFileSync(new URL("rejections.tsv", import.meta.url), "utf8").trimEnd().split("\n").slice(1);
  return lines.map((line) => line.split("\t") as unknown as readonly [string, string, string]);
}

describe("rejections.tsv", () => {
  it("names each file once, in order, with a known category and a reason", () => {
    const rows = knownRejections();
    expect(rows.map(([path]) => path)).toEqual([...new Set(rows.map(([path]) => path))].sort());
    for (const [path, category, why] of rows) {
      expect(CATEGORIES, path).toContain(category);
      expect(why, path).toMatch(/^\S.*[^.\s]$/);
    }
  });
});

describe.skipIf(!hasCorpus)(`the corpus${hasCorpus ? "" : " (skipped: ../shared/corpus is not there)"}`, () => {
  it("is taken or refused as a real cluster would, and breaks nothing", { timeout: 300_000 }, () => {
    const results: FileResult[] = [];
    for (const unit of corpusUnits(corpus)) results.push(...runUnit(unit.files.map((path) => ({ path, text: readFileSync(join(corpus, path), "utf8") })), { crds: false }));
    expect(results.length).toBeGreaterThan(600);
    expect(results.filter(({ outcome }) => outcome === "failed").map(({ path, reason }) => `${path}: ${reason}`)).toEqual([]);
    const rejected = results.filter(({ outcome }) => outcome === "rejected");
    const known = new Set(knownRejections().map(([path]) => path));
    expect(rejected.filter(({ path }) => !known.has(path)).map(({ path, reason }) => `${path}: ${reason}`)).toEqual([]);
    const still = new Set(rejected.map(({ path }) => path));
    expect([...known].filter((path) => !still.has(path))).toEqual([]);
  });
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "orrery-corpus-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: nginx}]}\n";
const HEAD = "path\trepo\tsystem\tkinds\tdocuments\tbytes\tflags\tunit\n";
const row = (path: string, { system = "kubernetes", documents = 1, flags = "", unit = "" } = {}): string => `${path}\trepo\t${system}\tv1/Pod\t${documents}\t10\t${flags}\t${unit}\n`;

describe("corpusUnits", () => {
  it("takes every file that looks like a manifest alone when there is no index", () => {
    const folder = folderWith({ "b/pod.yaml": POD, "a.json": "{\n  \"apiVersion\": \"v1\"\n}", "values.yaml": "replicas: 3\n", "notes.md": "apiVersion: v1\n" });
    expect(corpusUnits(folder)).toEqual([{ name: "a.json", files: ["a.json"] }, { name: "b/pod.yaml", files: ["b/pod.yaml"] }]);
  });

  it("puts files together as the index says: by name, by the first parts of the path, or not at all", () => {
    const paths = ["shop/b.yaml", "shop/a.yaml", "guide/one/x.yaml", "guide/one/y.yaml", "guide/two/x.yaml", "lone.yaml"];
    const units = ["core", "core", "2", "2", "2", ""];
    const folder = folderWith({ "INDEX.tsv": HEAD + paths.map((path, index) => row(path, { unit: units[index] ?? "" })).join(""), ...Object.fromEntries(paths.map((path) => [path, POD])) });
    expect(corpusUnits(folder)).toEqual([
      { name: "shop:core", files: ["shop/a.yaml", "shop/b.yaml"] }, { name: "guide/one", files: ["guide/one/x.yaml", "guide/one/y.yaml"] },
      { name: "guide/two", files: ["guide/two/x.yaml"] }, { name: "lone.yaml", files: ["lone.yaml"] },
    ]);
  });

  it("leaves out other systems, empty files, templates and what is not there", () => {
    const index = row("compose.yaml", { system: "compose" }) + row("empty.yaml", { documents: 0 }) + row("t.yaml", { flags: "template" }) + row("k.yaml", { flags: "x, kustomize" }) + row("gone.yaml") + row("readme.md") + row("pod.yaml", { flags: "old" });
    const folder = folderWith({ "INDEX.tsv": HEAD + index, "compose.yaml": POD, "empty.yaml": "", "t.yaml": POD, "k.yaml": POD, "readme.md": POD, "pod.yaml": POD });
    expect(corpusUnits(folder)).toEqual([{ name: "pod.yaml", files: ["pod.yaml"] }]);
  });

  it("finds the index of a folder above, and names files from the folder that was asked for", () => {
    const folder = folderWith({ "INDEX.tsv": HEAD + row("shop/pod.yaml") + row("other/pod.yaml"), "shop/pod.yaml": POD, "other/pod.yaml": POD });
    expect(corpusUnits(join(folder, "shop"))).toEqual([{ name: "shop/pod.yaml", files: ["pod.yaml"] }]);
  });
});

describe("runUnit", () => {
  const play = (...texts: string[]): readonly FileResult[] => runUnit(texts.map((text, index) => ({ path: `${index}.yaml`, text })), { crds: false });

  it("takes what a cluster takes, in a namespace that it makes when it has to", () => {
    expect(play(POD, POD.replace("name: web}", "name: web, namespace: shop}"))).toEqual([
      { path: "0.yaml", outcome: "ok", reason: "", category: "" }, { path: "1.yaml", outcome: "ok", reason: "", category: "" },
    ]);
  });

  it("says which file was refused, and lets the others be", () => {
    const [good, bad] = play(POD, "apiVersion: v1\nkind: Pod\nmetadata: {name: Web}\nspec: {containers: [{name: web, image: nginx}]}\n");
    expect(good?.outcome).toBe("ok");
    expect(bad).toMatchObject({ outcome: "rejected", category: "422 Invalid" });
    expect(bad?.reason).toMatch(/^Pod "Web" is invalid: metadata.name: Invalid value: "Web"/);
  });

  it("applies the same object twice as kubectl apply does: what changed is patched", () => {
    const service = (targetPort: number): string => `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {type: NodePort, ports: [{port: 80, targetPort: ${targetPort}, nodePort: 30001}]}\n`;
    expect(play(service(80), service(80), service(81)).map(({ outcome, reason }) => `${outcome}${reason}`)).toEqual(["ok", "ok", "ok"]);
  });

  it("forgets a manifest that was refused when it works out what to take away", () => {
    const refused = POD.replace("spec:", "nonsense: true\nspec:");
    expect(play(POD, refused, POD).map(({ outcome }) => outcome)).toEqual(["ok", "rejected", "ok"]);
  });

  it("reports what the client itself refuses: text that is no YAML, kinds that nobody serves", () => {
    expect(play("a: [1\n")[0]).toMatchObject({ outcome: "rejected", category: "unreadable" });
    expect(play("apiVersion: example.com/v1\nkind: Shirt\nmetadata: {name: blue}\n")[0]).toMatchObject({ outcome: "rejected", category: "no such kind" });
    expect(play("replicas: 3\n")[0]).toMatchObject({ outcome: "rejected", reason: "error validating data: apiVersion not set" });
  });

  it("unfolds lists and skips empty documents", () => {
    const list = `---\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: B}}\n`;
    expect(play(list)[0]).toMatchObject({ outcome: "rejected", reason: expect.stringContaining("ConfigMap \"B\" is invalid") as string });
  });
});
