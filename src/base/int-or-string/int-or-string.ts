/**
 * Values that are a number or a percentage: maxUnavailable, maxSurge, minAvailable, target ports.
 * Source: k8s.io/apimachinery v1.36 pkg/util/intstr/intstr.go.
 */
import { quote } from "../go-format/index.ts";

/** A number, or a text such as "25%" or a port's name. */
export type IntOrString = number | string;

/** The scaled number, or upstream's words for why there is none. */
export type ScaledResult = { readonly value: number } | { readonly error: string };

/** The number before "%", or undefined when the value is not a whole percentage. */
export function percentOf(value: IntOrString): number | undefined {
  if (typeof value === "number" || !/^[-+]?[0-9]+%$/.test(value)) return undefined;
  return Number(value.slice(0, -1));
}

/** A number as it is; a percentage as its share of `total`, rounded up or down. */
export function readScaled(value: IntOrString, total: number, rounding: "up" | "down"): ScaledResult {
  if (typeof value === "number") return { value };
  if (!value.endsWith("%")) return { error: "invalid value for IntOrString: invalid type: string is not a percentage" };
  const percent = percentOf(value);
  if (percent === undefined) {
    const number = quote(value.slice(0, -1));
    return { error: `invalid value for IntOrString: invalid value ${quote(value)}: strconv.Atoi: parsing ${number}: invalid syntax` };
  }
  const share = (percent * total) / 100;
  return { value: rounding === "up" ? Math.ceil(share) : Math.floor(share) };
}

/** As {@link readScaled}; absent, or no number and no percentage, gives `otherwise`. */
export function scaledValue(value: IntOrString | undefined, total: number, rounding: "up" | "down", otherwise = 0): number {
  if (value === undefined) return otherwise;
  const result = readScaled(value, total, rounding);
  return "value" in result ? result.value : otherwise;
}
