/** LimitRanges. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateLimitRange. */
import { byteValue, compareQuantityTexts, milliValue } from "../../../base/quantity/index.ts";
import { qualifiedNameErrors } from "../../../base/names/index.ts";
import type { LimitRange, LimitRangeItem, Quantity } from "../api/index.ts";
import { duplicate, forbidden, invalid, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, type FieldPath } from "./field-path.ts";
import { complain } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { quantityText } from "./resources.ts";
import { isOvercommitAllowed, validateContainerResourceName, validateResourceName } from "./resource-names.ts";

const TYPES: ReadonlySet<string> = new Set(["Pod", "Container", "PersistentVolumeClaim"]);
const LISTS = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;

function validateType(type: string, path: FieldPath, errors: FieldErrors): void {
  const complaints = qualifiedNameErrors(type);
  complain(errors, path, "type", type, complaints);
  if (complaints.length === 0 && !type.includes("/") && !TYPES.has(type)) {
    invalid(errors, path.child("type"), type, "must be a standard limit type or fully qualified");
  }
}

function validateNames(item: LimitRangeItem, path: FieldPath, errors: FieldErrors): ReadonlySet<string> {
  const names = new Set<string>();
  const isPod = item.type === "Pod";
  const rule = isPod || item.type === "Container" ? validateContainerResourceName : validateResourceName;
  for (const list of LISTS) {
    if (isPod && (list === "default" || list === "defaultRequest")) {
      if (Object.keys(item[list] ?? {}).length > 0) forbidden(errors, path.child(list), "may not be specified when `type` is 'Pod'");
      continue;
    }
    for (const name in item[list]) {
      rule(name, path.child(list).key(name), errors);
      names.add(name);
    }
  }
  return names;
}

/** One rule between two values: complains about `field` when `low` exceeds `high`. */
interface Order {
  readonly low: Quantity | undefined;
  readonly high: Quantity | undefined;
  readonly field: "min" | "defaultRequest" | "default";
  readonly shown: Quantity | undefined;
  readonly words: readonly [string, string];
}

function validateOrder(order: Order, name: string, path: FieldPath, errors: FieldErrors): void {
  const { low, high, field, shown, words } = order;
  if (low === undefined || high === undefined || shown === undefined || compareQuantityTexts(low, high) <= 0) return;
  const detail = `${words[0]} value ${quantityText(low)} is greater than ${words[1]} value ${quantityText(high)}`;
  invalid(errors, path.child(field).key(name), quantityText(shown), detail);
}

function validateRatio(item: LimitRangeItem, name: string, path: FieldPath, errors: FieldErrors): void {
  const ratio = item.maxLimitRequestRatio?.[name];
  if (ratio === undefined) return;
  const at = path.child("maxLimitRequestRatio").key(name);
  if (compareQuantityTexts(ratio, 1) < 0) invalid(errors, at, quantityText(ratio), `ratio ${quantityText(ratio)} is less than 1`);
  const min = item.min?.[name];
  const max = item.max?.[name];
  if (min === undefined || max === undefined) return;
  const large = byteValue(max) > Number.MAX_SAFE_INTEGER / 1000;
  const most = large ? byteValue(max) / byteValue(min) : milliValue(max) / milliValue(min);
  if (milliValue(ratio) / 1000 <= most) return;
  invalid(errors, at, quantityText(ratio), `ratio ${quantityText(ratio)} is greater than max/min = ${most.toFixed(6)}`);
}

function validateValues(item: LimitRangeItem, name: string, path: FieldPath, errors: FieldErrors): void {
  const isPod = item.type === "Pod";
  const min = item.min?.[name];
  const max = item.max?.[name];
  const limit = isPod ? undefined : item.default?.[name];
  const request = isPod ? undefined : item.defaultRequest?.[name];
  const orders: readonly Order[] = [
    { low: min, high: max, field: "min", shown: min, words: ["min", "max"] },
    { low: min, high: request, field: "defaultRequest", shown: request, words: ["min", "default request"] },
    { low: request, high: max, field: "defaultRequest", shown: request, words: ["default request", "max"] },
    { low: request, high: limit, field: "defaultRequest", shown: request, words: ["default request", "default limit"] },
    { low: min, high: limit, field: "default", shown: min, words: ["min", "default"] },
    { low: limit, high: max, field: "default", shown: max, words: ["default", "max"] },
  ];
  for (const order of orders) validateOrder(order, name, path, errors);
  validateRatio(item, name, path, errors);
  if (isOvercommitAllowed(name) || limit === undefined || request === undefined || compareQuantityTexts(limit, request) === 0) return;
  const detail = `default value ${quantityText(limit)} must equal to defaultRequest value ${quantityText(request)} in ${name}`;
  invalid(errors, path.child("defaultRequest").key(name), quantityText(request), detail);
}

function validateItem(item: LimitRangeItem, types: Set<string>, path: FieldPath, errors: FieldErrors): void {
  const type = item.type ?? "";
  validateType(type, path, errors);
  if (types.has(type)) duplicate(errors, path.child("type"), type);
  types.add(type);
  const names = validateNames(item, path, errors);
  if (type === "PersistentVolumeClaim" && item.min?.["storage"] === undefined && item.max?.["storage"] === undefined) {
    required(errors, path.child("limits"), "either minimum or maximum storage value is required, but neither was provided");
  }
  for (const name of names) validateValues(item, name, path, errors);
}

/** A LimitRange, new or changed. */
export function validateLimitRange(limitRange: LimitRange, errors: FieldErrors): void {
  validateObjectMeta(limitRange.metadata, true, subdomainName, errors);
  const types = new Set<string>();
  limitRange.spec?.limits?.forEach((item, index) => validateItem(item, types, SPEC.child("limits").index(index), errors));
}

/** A changed LimitRange. */
export function validateLimitRangeUpdate(next: LimitRange, previous: LimitRange, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateLimitRange(next, errors);
}
