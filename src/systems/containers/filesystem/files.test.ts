import { describe, expect, it } from "vitest";
import { type Files, isDirectory, listDirectory, makeDirectory, type Mount, pathExists, readFile, removePath, resolvePath, writeFile } from "./index.ts";

function make(mounts: readonly Mount[] = [], image: Record<string, string> = {}): Files {
  return { image, written: new Map(), mounts };
}

describe("paths", () => {
  it.each([
    ["/a", "b", "/a/b"], ["/a", "../c", "/c"], ["/", "./x//y", "/x/y"], ["/a", "/etc/", "/etc"], ["/a", "../../..", "/"],
  ])("%s + %s = %s", (directory, path, expected) => {
    expect(resolvePath(directory, path)).toBe(expected);
  });
});

describe("files", () => {
  it("reads the image, hides what was removed, and prefers what was written", () => {
    const files = make([], { "/etc/app.conf": "a", "/etc/b.conf": "b" });
    expect(readFile(files, "/etc/app.conf")).toBe("a");
    writeFile(files, "/etc/app.conf", "c", false);
    expect(readFile(files, "/etc/app.conf")).toBe("c");
    removePath(files, "/etc/b.conf");
    expect(readFile(files, "/etc/b.conf")).toBeUndefined();
    expect(listDirectory(files, "/etc")).toEqual(["app.conf"]);
  });

  it("appends, and lets the oldest part of a huge file go", () => {
    const files = make();
    writeFile(files, "/tmp/log", "x".repeat(262_144), false);
    writeFile(files, "/tmp/log", "end", true);
    const text = readFile(files, "/tmp/log")!;
    expect(text.length).toBe(131_072);
    expect(text.endsWith("end")).toBe(true);
  });

  it("shares a volume between two containers", () => {
    const volume = new Map<string, string>();
    const one = make([{ path: "/data", readOnly: false, files: volume }]);
    const two = make([{ path: "/web", readOnly: true, files: volume }]);
    expect(writeFile(one, "/data/index.html", "hi", false)).toBeUndefined();
    expect(readFile(two, "/web/index.html")).toBe("hi");
    expect(writeFile(two, "/web/x", "no", false)).toBe("Read-only file system");
    expect(removePath(two, "/web/index.html")).toBe("Read-only file system");
    removePath(one, "/data/index.html");
    expect(pathExists(two, "/web/index.html")).toBe(false);
  });

  it("mounts one file or one directory of a volume by subPath", () => {
    const volume = new Map([["app.conf", "x=1"], ["sub/a", "A"]]);
    const files = make([{ path: "/etc/app.conf", readOnly: true, files: volume, subPath: "app.conf" }, { path: "/s", readOnly: true, files: volume, subPath: "sub" }]);
    expect(readFile(files, "/etc/app.conf")).toBe("x=1");
    expect(isDirectory(files, "/etc/app.conf")).toBe(false);
    expect(readFile(files, "/s/a")).toBe("A");
    expect(listDirectory(files, "/s")).toEqual(["a"]);
  });

  it("the deepest mount wins", () => {
    const files = make([{ path: "/a", readOnly: false, files: new Map([["b/c", "outer"]]) }, { path: "/a/b", readOnly: false, files: new Map([["c", "inner"]]) }]);
    expect(readFile(files, "/a/b/c")).toBe("inner");
  });

  it("knows directories that were made, are mounted, or hold something", () => {
    const files = make([{ path: "/mnt/x", readOnly: false, files: new Map() }], { "/usr/share/nginx/html/index.html": "" });
    makeDirectory(files, "/work");
    expect(["/", "/work", "/mnt/x", "/mnt", "/usr/share/nginx", "/tmp"].map((path) => isDirectory(files, path))).toEqual([true, true, true, true, true, true]);
    expect(isDirectory(files, "/nope")).toBe(false);
    expect(writeFile(files, "/work", "x", false)).toBe("Is a directory");
  });
});
