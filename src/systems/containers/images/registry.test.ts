import { describe, expect, it } from "vitest";
import { catalogueImages, hasTag, parseReference, resolveImage } from "./index.ts";

function message(text: string): string {
  const answer = resolveImage(text);
  return "refusal" in answer ? `${answer.refusal.code}: ${answer.refusal.message}` : `${answer.image.repoDigest.split("@")[0] ?? ""} ${answer.image.standIn ? "stand-in" : "known"}`;
}

describe("registries", () => {
  it.each([
    ["nginx", "docker.io/library/nginx known"], ["nginx:1.14.2", "docker.io/library/nginx known"], ["nginx:1.27-alpine", "docker.io/library/nginx known"], ["nginx:1", "docker.io/library/nginx known"],
    ["redis:alpine", "docker.io/library/redis known"], ["mysql:5.7", "docker.io/library/mysql known"], ["mysql:9", "docker.io/library/mysql known"], ["perl:5.34.0", "docker.io/library/perl known"], ["postgres:16.4-bookworm", "docker.io/library/postgres known"],
    ["registry.k8s.io/pause:3.10", "registry.k8s.io/pause known"], ["gcr.io/google-samples/hello-app:2.0", "gcr.io/google-samples/hello-app known"], ["shop/web:broken", "docker.io/shop/web known"],
    ["weaveworksdemos/user:0.4.7", "docker.io/weaveworksdemos/user stand-in"], ["quay.io/me/app", "quay.io/me/app stand-in"], ["localhost:5000/app:v1", "localhost:5000/app stand-in"],
  ])("%s is %s", (text, expected) => {
    expect(message(text)).toBe(expected);
  });

  it.each(["nginx:1.161", "nginx:1.27.99", "nginx:doesnotexist", "redis:nope", "busybox:9"])("%s is not found", (text) => {
    expect(message(text)).toMatch(/^NotFound: failed to pull and unpack image ".*": failed to resolve reference ".*": docker\.io\/library\/.*: not found$/);
  });

  it.each(["ngnix", "myapp", "shop/nothing"])("%s is denied", (text) => {
    expect(message(text)).toMatch(/^Unknown: .*pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed$/);
  });

  it("images on one base share its layer, and versions of one line another", () => {
    const layers = (text: string): string[] => {
      const answer = resolveImage(text);
      return "image" in answer ? answer.image.layers.map((layer) => layer.id) : [];
    };
    expect(layers("nginx:1.27.1")[0]).toBe(layers("redis:7.2")[0]);
    expect(layers("nginx:1.27.1")[1]).toBe(layers("nginx:1.27.2")[1]);
    expect(layers("nginx:1.27.1")[2]).not.toBe(layers("nginx:1.27.2")[2]);
  });

  it("every entry of the catalogue is named as it is found, and has the tag that is the default or says so", () => {
    for (const image of catalogueImages()) {
      const parsed = parseReference(image.repository);
      expect("reference" in parsed && `${parsed.reference.registry}/${parsed.reference.path}`, image.repository).toBe(image.repository);
      expect(typeof hasTag(image, "latest")).toBe("boolean");
    }
  });
});
