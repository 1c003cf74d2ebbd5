import { describe, expect, it } from "vitest";
import { splitStrong } from "./StrongText.tsx";

const strong = (sentence: string, parts: string[]): string => splitStrong(sentence, parts).map((part) => (part.strong ? `[${part.text}]` : part.text)).join("");

describe("splitStrong", () => {
  it("prints parts strong and loses nothing", () => {
    expect(strong("scheduler placed web-1 on node-2.", ["scheduler", "web-1", "node-2"])).toBe("[scheduler] placed [web-1] on [node-2].");
    expect(strong("web-1 and web-11", ["web-1", "web-11"])).toBe("[web-1] and [web-11]");
    expect(strong("nothing here", ["absent", ""])).toBe("nothing here");
    expect(strong("", ["a"])).toBe("");
  });
});
