/** Defaulting of resource lists. Source: pkg/apis/core/v1/defaults.go. */
import { canonicalQuantity, compareQuantityTexts, milliValue, sumQuantities } from "../../../../base/quantity/index.ts";
import { getOwn, setOwn } from "../../../../base/json/index.ts";
import type { Quantity } from "../../api/index.ts";

/** Resource name → quantity. */
export type ResourceList = Readonly<Record<string, Quantity>>;

/** SetDefaults_ResourceList: anything finer than a thousandth is rounded up to one. */
export function roundedUp(list: ResourceList): ResourceList {
  let copy: Record<string, Quantity> | undefined;
  for (const name in list) {
    const value = list[name];
    if (value === undefined || !isFinerThanMilli(value)) continue;
    const rounded = canonicalQuantity(`${String(milliValue(value))}m`);
    if (rounded !== undefined && rounded !== value) setOwn(copy ??= { ...list }, name, rounded);
  }
  return copy ?? list;
}

function isFinerThanMilli(value: Quantity): boolean {
  if (typeof value === "number") return !Number.isInteger(value * 1000);
  const last = value.charCodeAt(value.length - 1);
  return last === 110 || last === 117 || value.includes(".") || value.includes("e-") || value.includes("E-");
}

/** `list` with the entries of `more` that it lacks; the same list when it lacks none, `more` itself when there is no list. */
export function withEntries(list: ResourceList | undefined, more: ResourceList): ResourceList | undefined {
  if (list === undefined) return Object.keys(more).length === 0 ? undefined : more;
  let copy: Record<string, Quantity> | undefined;
  for (const name in more) {
    const value = more[name];
    if (value !== undefined && !Object.hasOwn(list, name)) setOwn(copy ??= { ...list }, name, value);
  }
  return copy ?? list;
}

/** Entry-wise sum. */
export function summed(a: ResourceList, b: ResourceList): ResourceList {
  const total: Record<string, Quantity> = { ...a };
  for (const name of Object.keys(b)) {
    const [left, right] = [getOwn(total, name), getOwn(b, name)];
    if (right !== undefined) setOwn(total, name, left === undefined ? right : sumQuantities([left, right]));
  }
  return total;
}

/** Entry-wise maximum. */
export function largest(a: ResourceList, b: ResourceList): ResourceList {
  const top: Record<string, Quantity> = { ...a };
  for (const name of Object.keys(b)) {
    const [left, right] = [getOwn(top, name), getOwn(b, name)];
    if (right !== undefined && (left === undefined || compareQuantityTexts(right, left) > 0)) setOwn(top, name, right);
  }
  return top;
}
