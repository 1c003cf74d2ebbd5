import { describe, expect, it } from "vitest";
import { yamlTokens } from "./yaml-tokens.ts";

const kinds = (line: string): string => yamlTokens(line).map((token) => `${token.kind}:${token.text.trim()}`).join(" ");

describe("colours of a line of YAML", () => {
  it("tells keys, texts, numbers and words", () => {
    expect(kinds("replicas: 3")).toBe("key:replicas sign:: number:3");
    expect(kinds("  image: shop/web:1")).toBe("sign: key:image sign:: text:shop/web:1");
    expect(kinds("- name: web")).toBe("sign:- key:name sign:: text:web");
    expect(kinds("paused: true")).toBe("key:paused sign:: word:true");
    expect(kinds("  - \"a b\"")).toBe("sign:- text:\"a b\"");
    expect(kinds("# note")).toBe("comment:# note");
  });

  it("doesn't take the colon of a value for a key", () => {
    expect(kinds("- http://node-1:30080/")).toBe("sign:- text:http://node-1:30080/");
  });

  it("loses no character", () => {
    for (const line of ["", "a:", "  - - x: y", "\"k:1\": v", "text: |-", "    free: text # with more", "f:metadata: {}", "  'q r': 1", "x".repeat(5000)]) {
      expect(yamlTokens(line).map((token) => token.text).join("")).toBe(line);
    }
  });
});
