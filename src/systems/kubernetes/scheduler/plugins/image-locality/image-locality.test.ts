import { describe, expect, it } from "vitest";
import { scoreBy } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";
import { imageLocality } from "./image-locality.ts";

const MB = 1024 * 1024;
const has = (name: string, image: string, mb: number): ReturnType<typeof makeNode> => makeNode(name, { images: [{ names: [image], sizeBytes: mb * MB }] });
const runs = (image: string): ReturnType<typeof makePod> => makePod("p", { spec: { containers: [{ name: "c", image }] } });

describe("ImageLocality", () => {
  it("gives points by the size of the images that are there", () => {
    expect(scoreBy(imageLocality, runs("big:1"), has("a", "big:1", 1000))).toBe(100);
    expect(scoreBy(imageLocality, runs("big:1"), has("a", "big:1", 20))).toBe(0);
    expect(scoreBy(imageLocality, runs("big:1"), has("a", "other:1", 1000))).toBe(0);
    expect(scoreBy(imageLocality, runs("big"), has("a", "big:latest", 512))).toBe(Math.trunc((100 * (512 - 23)) / (1000 - 23)));
  });
  it("gives fewer where few nodes have the image", () => {
    const node = has("a", "big:1", 1000);
    expect(scoreBy(imageLocality, runs("big:1"), node, { nodes: [node, makeNode("b")] })).toBe(Math.trunc((100 * (500 - 23)) / (1000 - 23)));
  });
});
