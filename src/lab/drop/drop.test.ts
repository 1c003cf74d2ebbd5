import { describe, expect, it } from "vitest";
import type { WorkspaceState } from "../stores/index.ts";
import { withOpened } from "./open-found.ts";
import { isManifestName, isWanted, MOST_BYTES, readFound, sessionIn, walkEntries, type FoundFile } from "./read-dropped.ts";
import { asSession } from "./session-file.ts";

const found = (path: string, ...parts: BlobPart[]): FoundFile => ({ path, file: new File(parts, path.split("/").at(-1) ?? path) });
const session = { format: "orrery/session", version: 1, seed: 1, world: {}, inputs: [] };

const fileEntry = (name: string) => ({ isFile: true, isDirectory: false, name, file: (done: (file: File) => void) => { done(new File(["a: 1"], name)); } }) as unknown as FileSystemEntry;
function folder(name: string, children: () => FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    let portions = [children(), []];
    return { readEntries: (done: (some: FileSystemEntry[]) => void) => { const [first = [], ...rest] = portions; portions = rest; done(first); } };
  };
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemEntry;
}

describe("walking a drop", () => {
  it("sorts by path and leaves hidden folders alone", async () => {
    const tree = folder("app", () => [fileEntry("z.yaml"), folder(".git", () => [fileEntry("x.yaml")]), folder("a", () => [fileEntry("m.yml")])]);
    const { files, truncated } = await walkEntries([tree, fileEntry("b.yaml")]);
    expect(files.map((one) => one.path)).toEqual(["app/a/m.yml", "app/z.yaml", "b.yaml"]);
    expect(truncated).toBe(false);
  });

  it("stops in folders without end, deep or wide", async () => {
    const deep = (): FileSystemEntry => folder("d", () => [deep()]);
    expect((await walkEntries([deep()])).truncated).toBe(true);
    const wide = folder("w", () => Array.from({ length: 3000 }, (_, i) => fileEntry(`${i}.yaml`)));
    const { files, truncated } = await walkEntries([wide]);
    expect([files.length < 3000, truncated]).toEqual([true, true]);
  });
});

describe("what a file is", () => {
  it("is told by name and content", async () => {
    expect(await readFound(found("web.yaml", "kind: Pod\n"))).toEqual({ kind: "text", name: "web.yaml", text: "kind: Pod\n" });
    expect(await readFound(found("list.json", "{\"kind\":\"List\"}"))).toMatchObject({ kind: "text" });
    expect(await readFound(found("s.json", JSON.stringify(session)))).toMatchObject({ kind: "session" });
    expect(await readFound(found("bin.yaml", new Uint8Array([65, 0, 66])))).toMatchObject({ kind: "refused", why: "binary" });
    expect(await readFound(found("latin.yaml", new Uint8Array([0x61, 0xe9, 0x62])))).toMatchObject({ kind: "refused", why: "binary" });
    expect(await readFound(found("readme.md", "# hello"))).toMatchObject({ kind: "refused", why: "kind" });
    expect(await readFound({ path: "huge.yaml", file: { size: MOST_BYTES + 1 } as File })).toMatchObject({ kind: "refused", why: "big" });
  });

  it("a byte order mark is not part of the text", async () => {
    expect(await readFound(found("b.yaml", "\ufeffkind: Pod"))).toMatchObject({ kind: "text", text: "kind: Pod" });
  });

  it("in folders only manifests are looked at", () => {
    expect([isWanted("notes.txt"), isWanted("app/notes.txt"), isWanted("app/x.yml")]).toEqual([true, false, true]);
    expect([isManifestName("a/.hidden/x.yaml"), isManifestName("X.YAML")]).toEqual([false, true]);
  });

  it("a broken session is only a text", () => {
    expect(sessionIn("{\"format\":\"orrery/session\",")).toBeUndefined();
  });
});

describe("a session file", () => {
  it("is read, or told to be newer or damaged", () => {
    expect(asSession(session)).toBe(session);
    expect(asSession({ ...session, version: 99 })).toBe("newer");
    expect(asSession({ ...session, inputs: undefined })).toBe("damaged");
    expect(asSession("x")).toBe("damaged");
  });
});

describe("opened files", () => {
  const state: WorkspaceState = { files: [{ name: "web.yaml", text: "old" }], current: "web.yaml", worldTitle: "", revealLine: 0, applied: false, appliedTexts: {} };

  it("never take the place of what is there", () => {
    const next = withOpened(state, [{ name: "web.yaml", text: "new" }, { name: "b.yaml", text: "b" }]);
    expect(next.files.map((file) => file.name)).toEqual(["web.yaml", "web-2.yaml", "b.yaml"]);
    expect(next.current).toBe("web-2.yaml");
  });

  it("aren't doubled when the same text is dropped again", () => {
    const next = withOpened(state, [{ name: "web.yaml", text: "old" }]);
    expect(next.files).toHaveLength(1);
    expect(next.current).toBe("web.yaml");
  });
});
