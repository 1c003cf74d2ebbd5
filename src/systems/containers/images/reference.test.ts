import { describe, expect, it } from "vitest";
import { isLatest, parseReference } from "./reference.ts";

function canonical(text: string): string {
  const parsed = parseReference(text);
  return "reference" in parsed ? parsed.reference.canonical : `error: ${parsed.error}`;
}

describe("image references", () => {
  it.each([
    ["nginx", "docker.io/library/nginx:latest"],
    ["nginx:1.27", "docker.io/library/nginx:1.27"],
    ["docker.io/nginx", "docker.io/library/nginx:latest"],
    ["index.docker.io/library/nginx:1", "docker.io/library/nginx:1"],
    ["hashicorp/http-echo:0.2.3", "docker.io/hashicorp/http-echo:0.2.3"],
    ["registry.k8s.io/pause:3.10", "registry.k8s.io/pause:3.10"],
    ["localhost:5000/my/app", "localhost:5000/my/app:latest"],
    ["localhost/app", "localhost/app:latest"],
    [`busybox@sha256:${"a".repeat(64)}`, `docker.io/library/busybox@sha256:${"a".repeat(64)}`],
    [`busybox:1.38.0@sha256:${"a".repeat(64)}`, `docker.io/library/busybox:1.38.0@sha256:${"a".repeat(64)}`],
  ])("%s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it.each([
    ["Nginx", "error: invalid reference format: repository name (library/Nginx) must be lowercase"],
    ["nginx:", "error: invalid reference format"],
    ["nginx latest", "error: invalid reference format"],
    ["<image_url>", "error: invalid reference format"],
    ["a//b", "error: invalid reference format"],
    ["nginx:bad tag", "error: invalid reference format"],
    ["nginx@sha256:short", "error: invalid reference format"],
    ["gcr.io/<project>/job-wq-1", "error: invalid reference format"],
  ])("refuses %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
  });

  it("refuses a bare image id", () => {
    expect(canonical("0".repeat(64))).toContain("cannot specify 64-byte hexadecimal strings");
  });

  it("knows when the tag is latest", () => {
    const latest = (text: string): boolean => {
      const parsed = parseReference(text);
      return "reference" in parsed && isLatest(parsed.reference);
    };
    expect([latest("nginx"), latest("nginx:latest"), latest("nginx:1"), latest(`nginx@sha256:${"b".repeat(64)}`)]).toEqual([true, true, false, false]);
  });
});
