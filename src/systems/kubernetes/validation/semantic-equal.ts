/**
 * Equality as the API server sees it: absent, empty and zero are the same, quantities are compared by value.
 * Source: k8s.io/apimachinery v1.36 pkg/api/equality/semantic.go, on Go structs whose fields have zero values.
 * Fields that are pointers in Go tell absent from zero; the ones that matter are listed here.
 */
import { compareQuantityTexts, parseQuantity } from "../../../base/quantity/index.ts";

const POINTERS: ReadonlySet<string> = new Set([
  "activeDeadlineSeconds", "allowPrivilegeEscalation", "automountServiceAccountToken", "completions", "enableServiceLinks", "fsGroup",
  "hostUsers", "immutable", "optional", "parallelism", "preemptionPolicy", "priority", "privileged", "readOnlyRootFilesystem", "replicas",
  "revisionHistoryLimit", "runAsGroup", "runAsNonRoot", "runAsUser", "runtimeClassName", "setHostnameAsFQDN", "shareProcessNamespace",
  "storageClassName", "suspend", "terminationGracePeriodSeconds", "tolerationSeconds", "ttlSecondsAfterFinished", "volumeAttributesClassName", "volumeMode",
]);

const QUANTITY_MAPS: ReadonlySet<string> = new Set(["allocatable", "capacity", "hard", "limits", "overhead", "requests", "used"]);
const QUANTITIES: ReadonlySet<string> = new Set(["divisor", "sizeLimit"]);

function isZero(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== "object") return false;
  for (const _key in value) return false;
  return true;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null;
}

function sameQuantity(a: unknown, b: unknown): boolean {
  if ((typeof a !== "string" && typeof a !== "number") || (typeof b !== "string" && typeof b !== "number")) return false;
  if (parseQuantity(a) === undefined || parseQuantity(b) === undefined) return false;
  return compareQuantityTexts(a, b) === 0;
}

function sameField(name: string, a: unknown, b: unknown, quantities: boolean): boolean {
  if (a === b) return true;
  if (isUnset(a) || isUnset(b)) {
    if (isUnset(a) && isUnset(b)) return true;
    return !POINTERS.has(name) && isZero(a) && isZero(b);
  }
  if ((quantities || QUANTITIES.has(name)) && sameQuantity(a, b)) return true;
  return compare(a, b, QUANTITY_MAPS.has(name));
}

function sameObjects(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, quantities: boolean): boolean {
  for (const name of Object.keys(a)) if (!sameField(name, a[name], b[name], quantities)) return false;
  for (const name of Object.keys(b)) if (!Object.hasOwn(a, name) && !sameField(name, undefined, b[name], quantities)) return false;
  return true;
}

function sameLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => compare(item, b[index], false));
}

function compare(a: unknown, b: unknown, quantities: boolean): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return sameLists(a, b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) || Array.isArray(b)) return false;
  return sameObjects(a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>, quantities);
}

/** True when the API server would call the two values equal. */
export function semanticEqual(a: unknown, b: unknown): boolean {
  return sameField("", a, b, false);
}
