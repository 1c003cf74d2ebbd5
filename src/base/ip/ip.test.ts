import { describe, expect, it } from "vitest";
import { formatCidr, formatIp, networkOf, parseCidr, parseIp, rangeContains, type IpAddress, type IpRange } from "./index.ts";

function ip(text: string): IpAddress {
  const address = parseIp(text);
  if (address === undefined) throw new Error(text);
  return address;
}

function cidr(text: string): IpRange {
  const range = parseCidr(text);
  if (range === undefined) throw new Error(text);
  return range;
}

describe("addresses", () => {
  it.each([
    ["10.9.8.7", "10.9.8.7"], ["010.002.003.004", "10.2.3.4"], ["::", "::"], ["::1", "::1"], ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"], ["fe80::0abc", "fe80::abc"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"], ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"], ["::ffff:10.0.0.1", "10.0.0.1"], ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"], ["1::", "1::"],
  ])("%s is %s", (text, canonical) => {
    expect(formatIp(ip(text))).toBe(canonical);
  });

  it.each(["", "1.2.3", "256.1.1.1", "1.2.3.4.5", "a.b.c.d", ":::", "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1.2.3", "1.2.3.4::"])("refuses %s", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("notes lenient readings", () => {
    expect(parseIp("010.0.0.1")?.leadingZeros).toBe(true);
    expect(parseIp("::ffff:1.2.3.4")?.mapped).toBe(true);
    expect(parseIp("10.0.0.1")).toEqual({ family: 4, value: 0x0a000001n });
  });
});

describe("ranges", () => {
  it("reads, masks and formats", () => {
    expect(formatCidr(cidr("10.9.8.7/24"))).toBe("10.9.8.0/24");
    expect(formatIp(networkOf(cidr("2001:db8:1:2::5/48")))).toBe("2001:db8:1::");
    expect(cidr("10.0.0.0/08").leadingZeros).toBe(true);
    expect(formatCidr(cidr("::ffff:10.0.0.0/104"))).toBe("10.0.0.0/8");
  });

  it.each(["10.0.0.0", "10.0.0.0/33", "::/129", "10.0.0.0/x", "/8", "10.0.0.0/-1", "::ffff:10.0.0.0/8"])("refuses %s", (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it("tells what lies inside", () => {
    expect(rangeContains(cidr("10.96.0.0/12"), ip("10.100.1.2"))).toBe(true);
    expect(rangeContains(cidr("10.96.0.0/12"), ip("10.112.0.1"))).toBe(false);
    expect(rangeContains(cidr("10.0.0.0/8"), ip("::1"))).toBe(false);
    expect(rangeContains(cidr("0.0.0.0/0"), ip("8.8.8.8"))).toBe(true);
  });
});
