/** Quantities of resources, requests and limits. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go. */
import { canonicalQuantity, compareQuantityTexts, milliValue, nanoValue, parseQuantity } from "../../../base/quantity/index.ts";
import { dns1123LabelErrors } from "../../../base/names/index.ts";
import type { Quantity, ResourceRequirements } from "../api/index.ts";
import { duplicate, forbidden, invalid, notFound, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, NEGATIVE, NOT_POSITIVE } from "./field-rules.ts";
import { isHugePages, isIntegerResource, isOvercommitAllowed, validateContainerResourceName, validateResourceName } from "./resource-names.ts";

/** A map from resource name to quantity. */
export type ResourceList = Readonly<Record<string, Quantity>> | undefined;

type NamedClaim = NonNullable<ResourceRequirements["claims"]>[number];
type ResourceNameRule = (name: string, path: FieldPath, errors: FieldErrors) => void;

/** A quantity as the API server prints it. */
export function quantityText(quantity: Quantity): string {
  return canonicalQuantity(quantity) ?? String(quantity);
}

/** A quantity that must not be negative. */
export function nonNegativeQuantity(quantity: Quantity, path: FieldPath, errors: FieldErrors): void {
  if (milliValue(quantity) < 0) invalid(errors, path, quantityText(quantity), NEGATIVE);
}

/** A quantity that must be more than nothing. */
export function positiveQuantity(quantity: Quantity, path: FieldPath, errors: FieldErrors): void {
  if (milliValue(quantity) <= 0) invalid(errors, path, quantityText(quantity), NOT_POSITIVE);
}

/** A resource's quantity: not negative, and whole where the resource is. */
export function validateResourceQuantity(name: string, quantity: Quantity, path: FieldPath, errors: FieldErrors): void {
  nonNegativeQuantity(quantity, path, errors);
  if (isIntegerResource(name) && milliValue(quantity) % 1000 !== 0) invalid(errors, path, quantityText(quantity), "must be an integer");
}

/** True when the quantity is a positive multiple of the page size in the resource's name. */
function isMultipleOfPage(name: string, quantity: Quantity): boolean {
  const page = parseQuantity(name.slice("hugepages-".length));
  const amount = parseQuantity(quantity);
  if (page === undefined || amount === undefined) return false;
  const pageUnits = nanoValue(page);
  return pageUnits > 0n && nanoValue(amount) % pageUnits === 0n;
}

function validateHugePages(name: string, quantity: Quantity, path: FieldPath, errors: FieldErrors): void {
  if (!isHugePages(name) || isMultipleOfPage(name, quantity)) return;
  const text = quantityText(quantity);
  invalid(errors, path, text, `${text} is not positive integer multiple of ${name}`);
}

function validateRequest(name: string, request: Quantity, limit: Quantity | undefined, path: FieldPath, errors: FieldErrors): void {
  const overcommit = isOvercommitAllowed(name);
  if (limit === undefined) {
    if (!overcommit) required(errors, path.child("limits"), "Limit must be set for non overcommitable resources");
    return;
  }
  const order = compareQuantityTexts(request, limit);
  if (order === 0 || (order < 0 && overcommit)) return;
  const relation = overcommit ? "less than or equal to" : "equal to";
  invalid(errors, path.child("requests"), quantityText(request), `must be ${relation} ${name} limit of ${quantityText(limit)}`);
}

function touches(list: ResourceList, matches: (name: string) => boolean): boolean {
  for (const name in list) if (matches(name)) return true;
  return false;
}

function isCpuOrMemory(name: string): boolean {
  return name === "cpu" || name === "memory";
}

function validateClaimRequest(claim: NamedClaim, names: Set<string>, path: FieldPath, errors: FieldErrors): void {
  const request = claim.request ?? "";
  if (request !== "") complain(errors, path, "request", request, dns1123LabelErrors(request));
  const key = request === "" ? claim.name : `${claim.name}/${request}`;
  if (names.has(key)) duplicate(errors, path, key);
  else if (request === "") for (const known of names) if (known.startsWith(`${claim.name}/`)) duplicate(errors, path, claim.name);
  names.add(key);
}

function validateClaims(claims: readonly NamedClaim[], podClaims: ReadonlySet<string>, path: FieldPath, errors: FieldErrors): void {
  const names = new Set<string>();
  claims.forEach((claim, index) => {
    const at = path.index(index);
    if (claim.name === "") {
      required(errors, at);
      return;
    }
    if (names.has(claim.name)) duplicate(errors, at, claim.name);
    else validateClaimRequest(claim, names, at, errors);
    if (podClaims.has(claim.name)) return;
    const known = podClaims.size === 0 ? " which is empty" : `: ${[...podClaims].sort().join(", ")}`;
    notFound(errors, at, claim.name, `must be one of the names in pod.spec.resourceClaims${known}`);
  });
}

function validateQuantities(list: ResourceList, rule: ResourceNameRule, parent: FieldPath, name: string, errors: FieldErrors): void {
  for (const resource in list) {
    const quantity = list[resource] ?? 0;
    if (isCpuOrMemory(resource) && milliValue(quantity) >= 0) continue;
    const path = parent.child(name).key(resource);
    rule(resource, path, errors);
    validateResourceQuantity(resource, quantity, path, errors);
    validateHugePages(resource, quantity, path, errors);
  }
}

/** Requests and limits: names, quantities, and no request above its limit. */
export function validateResourceRequirements(
  requirements: Pick<ResourceRequirements, "limits" | "requests" | "claims">, rule: ResourceNameRule, podClaims: ReadonlySet<string>, path: FieldPath, errors: FieldErrors,
): void {
  const { limits, requests, claims } = requirements;
  validateQuantities(limits, rule, path, "limits", errors);
  validateQuantities(requests, rule, path, "requests", errors);
  for (const name in requests) validateRequest(name, requests[name] ?? 0, limits?.[name], path, errors);
  const hugePages = touches(limits, isHugePages) || touches(requests, isHugePages);
  if (hugePages && !touches(limits, isCpuOrMemory) && !touches(requests, isCpuOrMemory)) forbidden(errors, path, "HugePages require cpu or memory");
  if (claims !== undefined) validateClaims(claims, podClaims, path.child("claims"), errors);
}

/** A container's requests and limits. */
export function validateContainerResources(
  requirements: ResourceRequirements | undefined, podClaims: ReadonlySet<string>, path: FieldPath, errors: FieldErrors,
): void {
  if (requirements === undefined) return;
  validateResourceRequirements(requirements, validateContainerResourceName, podClaims, path, errors);
}

/** Resource names that may be set for a whole pod. */
export function validatePodResourceName(name: string, path: FieldPath, errors: FieldErrors): void {
  const before = errors.length;
  validateResourceName(name, path, errors);
  if (errors.length === before && !isCpuOrMemory(name) && !isHugePages(name)) notSupported(errors, path, name, ["cpu", "memory"]);
}
