import { describe, expect, it } from "vitest";
import { defaultPullPolicy } from "./image.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("the default pull policy", () => {
  it.each([
    "nginx", "nginx:latest", "library/nginx", "registry.example.com:5000/team/app", "localhost/app", "localhost:5000/app:latest", "Registry.Example.com/app",
  ])("of %s is Always", (image) => {
    expect(defaultPullPolicy(image)).toBe("Always");
  });

  it.each([
    "nginx:1.27", `nginx@${digest}`, `nginx:1.27@${digest}`, "registry.k8s.io/pause:3.10", "registry:5000/app:v1",
  ])("of %s is IfNotPresent", (image) => {
    expect(defaultPullPolicy(image)).toBe("IfNotPresent");
  });

  it.each(["", "Nginx", "a b", "nginx:", ":latest", "https://nginx"])("of %j, which is no reference, is IfNotPresent", (image) => {
    expect(defaultPullPolicy(image)).toBe("IfNotPresent");
  });

  it("of `latest` with a digest is Always, as upstream looks at the tag first", () => {
    expect(defaultPullPolicy(`nginx:latest@${digest}`)).toBe("Always");
  });
});
