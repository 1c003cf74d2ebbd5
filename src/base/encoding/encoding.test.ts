import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  base64Decode, base64DecodeText, base64Encode, base64EncodeText, base64UrlDecode, base64UrlEncode, fnv1a32, fnv1a64, hash64Hex, hexDecode, hexEncode,
  safeCharacter, safeEncodeString, sha256Hex, utf8Bytes, utf8Length, utf8Text,
} from "./index.ts";

const TEXTS = ["", "a", "ab", "abc", "Grüße, Welt", "日本語", "🙂 ok", "\u0000\u007f\u0080\u07ff\u0800\uffff", "x".repeat(5000) + "é"];

describe("UTF-8", () => {
  it("agrees with the platform", () => {
    for (const text of TEXTS) {
      expect(Buffer.from(utf8Bytes(text)).equals(Buffer.from(text))).toBe(true);
      expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      expect(utf8Text(utf8Bytes(text))).toBe(text);
    }
  });
  it("writes a lone surrogate as U+FFFD", () => {
    expect(hexEncode(utf8Bytes("\ud800x"))).toBe("efbfbd78");
    expect(utf8Length("\ud800x")).toBe(4);
  });
  it("refuses bytes that aren't UTF-8", () => {
    for (const bad of ["ff", "c0af", "e080af", "eda080", "f4908080", "e282", "80"]) expect(utf8Text(hexDecode(bad) ?? new Uint8Array())).toBeUndefined();
  });
});

describe("base64", () => {
  it("agrees with the platform and reads back", () => {
    for (const text of TEXTS) {
      expect(base64EncodeText(text)).toBe(Buffer.from(text).toString("base64"));
      expect(base64DecodeText(base64EncodeText(text))).toBe(text);
    }
    for (let size = 0; size < 40; size++) {
      const bytes = new Uint8Array(randomBytes(size));
      expect(base64Decode(base64Encode(bytes))).toEqual({ ok: true, bytes });
      expect(base64UrlEncode(bytes)).toBe(Buffer.from(bytes).toString("base64url"));
      expect(base64UrlDecode(base64UrlEncode(bytes))).toEqual({ ok: true, bytes });
    }
  });
  it("skips line breaks and says where it breaks", () => {
    expect(base64DecodeText("YWJj\r\nZA==\n")).toBe("abcd");
    expect(base64Decode("a!bc")).toEqual({ ok: false, offset: 1 });
    expect(base64Decode("YWJ")).toMatchObject({ ok: false });
    expect(base64Decode("YQ=")).toMatchObject({ ok: false });
    expect(base64Decode("YQ==YQ==")).toEqual({ ok: false, offset: 4 });
    expect(base64Decode("=")).toEqual({ ok: false, offset: 0 });
    expect(base64DecodeText("/w==")).toBeUndefined();
  });
});

describe("hexadecimal", () => {
  it("goes both ways and refuses the rest", () => {
    expect(hexEncode(new Uint8Array([0, 15, 255]))).toBe("000fff");
    expect(hexDecode("000FfF")).toEqual(new Uint8Array([0, 15, 255]));
    expect(hexDecode("0")).toBeUndefined();
    expect(hexDecode("0g")).toBeUndefined();
  });
});

describe("FNV-1a", () => {
  it("gives the published test vectors", () => {
    expect(fnv1a32("")).toBe(0x811c9dc5);
    expect(fnv1a32("a")).toBe(0xe40c292c);
    expect(fnv1a32("foobar")).toBe(0xbf9cf968);
    expect(hash64Hex(fnv1a64(""))).toBe("cbf29ce484222325");
    expect(hash64Hex(fnv1a64("a"))).toBe("af63dc4c8601ec8c");
    expect(hash64Hex(fnv1a64("foobar"))).toBe("85944171f73967e8");
  });
  it("agrees with a plain bigint computation and can be continued", () => {
    for (const text of TEXTS) {
      let hash = 0xcbf29ce484222325n;
      for (const byte of utf8Bytes(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
      expect(hash64Hex(fnv1a64(text))).toBe(hash.toString(16).padStart(16, "0"));
    }
    expect(fnv1a32("bar", fnv1a32("foo"))).toBe(fnv1a32("foobar"));
    expect(fnv1a32("é!")).toBe(fnv1a32("!", fnv1a32("é")));
  });
});

describe("SHA-256", () => {
  it("agrees with the platform at every block boundary", () => {
    for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const bytes = new Uint8Array(randomBytes(size));
      expect(sha256Hex(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
    expect(sha256Hex("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

describe("the safe alphabet", () => {
  it("encodes digits as SafeEncodeString does", () => {
    expect(safeEncodeString("0123456789")).toBe("456789bcdf");
    expect(safeEncodeString("é🙂")).toHaveLength(2);
    expect(safeEncodeString("0")).toBe("4");
    expect(safeCharacter(27)).toBe("b");
  });
});
