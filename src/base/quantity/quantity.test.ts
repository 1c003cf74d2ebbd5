import { describe, expect, it } from "vitest";
import {
  addQuantities, byteValue, canonicalQuantity, compareQuantityTexts, formatQuantity, integerQuantity, integerValue,
  milliQuantity, milliValue, multiplyQuantity, parseQuantity, quantityError, subtractQuantities, sumQuantities, type Quantity,
} from "./index.ts";

function quantity(text: string): Quantity {
  const found = parseQuantity(text);
  if (found === undefined) throw new Error(`not a quantity: ${text}`);
  return found;
}

describe("canonical text", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["0", "0"], ["0Mi", "0"], ["00", "0"], ["0.5", "500m"], ["1.5", "1500m"], ["1.5Gi", "1536Mi"], ["1000m", "1"], ["1024Mi", "1Gi"],
    ["1000", "1k"], ["100Mi", "100Mi"], ["0.1Ki", "102400m"], ["1025Ki", "1025Ki"], ["1000Mi", "1000Mi"], ["2048", "2048"], ["2048Ki", "2Mi"],
    ["12e6", "12e6"], ["1e3", "1e3"], ["1000000e-3", "1e3"], ["1E", "1E"], ["1E3", "1E3"], ["0.001m", "1u"], ["0.0000000001", "1n"],
    ["-1", "-1"], ["-1.5", "-1500m"], ["+5", "+5"], ["500n", "500n"], [".5", "500m"], ["5.", "5."], ["9223372036854775808Ki", "9223372036854775807"],
    ["123456789012345678901234567890", "123456789012345678901234567890"], ["100k", "100k"], ["1000k", "1M"], ["1023", "1023"], ["0.5Mi", "512Ki"], ["m", "0"],
  ];
  it.each(cases)("%s is written %s", (text, canonical) => {
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it("reads numbers as their decimal text", () => {
    expect(canonicalQuantity(2)).toBe("2");
    expect(canonicalQuantity(0.25)).toBe("250m");
  });
});

describe("refusals: 16 `100mm`, `1e400`, empty and nonsense", () => {
  const format = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  it.each([
    ["", format], ["1.2.3", format], ["12 Mi", format], ["abc", format], ["1Z", format],
    ["100mm", "unable to parse quantity's suffix"], ["1mi", "unable to parse quantity's suffix"], ["1Gib", format],
    ["1e400", "unable to parse quantity's suffix"], ["1e999999999", "unable to parse quantity's suffix"],
  ])("%s", (text, error) => {
    expect(quantityError(text)).toBe(error);
    expect(parseQuantity(text)).toBeUndefined();
  });

  it("says nothing about a good one", () => {
    expect(quantityError("128Mi")).toBeUndefined();
  });
});

describe("arithmetic", () => {
  it("adds across styles and keeps the first one's", () => {
    expect(formatQuantity(addQuantities(quantity("1Gi"), quantity("512Mi")))).toBe("1536Mi");
    expect(formatQuantity(addQuantities(quantity("0"), quantity("512Mi")))).toBe("512Mi");
    expect(formatQuantity(addQuantities(quantity("1"), quantity("500m")))).toBe("1500m");
  });

  it("subtracts below zero", () => {
    expect(formatQuantity(subtractQuantities(quantity("250m"), quantity("1")))).toBe("-750m");
  });

  it("multiplies and sums", () => {
    expect(formatQuantity(multiplyQuantity(quantity("250m"), 4))).toBe("1");
    expect(sumQuantities(["100m", "250m", "junk", 2])).toBe("2350m");
  });

  it("compares values, not texts", () => {
    expect(compareQuantityTexts("1Gi", "1024Mi")).toBe(0);
    expect(compareQuantityTexts("1G", "1Gi")).toBe(-1);
    expect(compareQuantityTexts("0.1", "99m")).toBe(1);
  });
});

describe("values", () => {
  it("gives millis and units, rounding up", () => {
    expect(milliValue("1")).toBe(1000);
    expect(milliValue("0.0001")).toBe(1);
    expect(milliValue("250m")).toBe(250);
    expect(milliValue(2)).toBe(2000);
    expect(milliValue(0.5)).toBe(500);
    expect(byteValue("1.5Gi")).toBe(1610612736);
    expect(byteValue("100m")).toBe(1);
    expect(byteValue(undefined)).toBe(0);
    expect(byteValue("8Ei")).toBe(Number.MAX_SAFE_INTEGER);
    expect(byteValue("junk")).toBe(0);
  });

  it("answers the same the second time", () => {
    expect(milliValue("333m")).toBe(milliValue("333m"));
  });

  it("makes quantities from numbers", () => {
    expect(formatQuantity(milliQuantity(1500, "DecimalSI"))).toBe("1500m");
    expect(formatQuantity(integerQuantity(2 ** 31, "BinarySI"))).toBe("2Gi");
    expect(integerValue(quantity("1500m"))).toBe(2n);
  });
});
