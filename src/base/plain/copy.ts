/**
 * Copies plain data deeply: objects, arrays, Maps, Sets and typed arrays.
 * References that were shared inside the value stay shared inside the copy, and frozen objects, being
 * immutable, are shared between value and copy: an API object costs nothing to copy.
 * Throws on anything else (functions, class instances), because such a value could not be restored.
 */
export function copyPlain<T>(value: T): T {
  return copyAny(value, new Map()) as T;
}

function copyAny(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value === "function" || typeof value === "symbol") throw new TypeError(`not plain data: ${typeof value}`);
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) return copyArray(value, seen);
  if (value instanceof Map) return copyMap(value, seen);
  if (value instanceof Set) return copySet(value, seen);
  if (ArrayBuffer.isView(value)) return copyView(value, seen);
  return copyObject(value, seen);
}

function copyArray(value: readonly unknown[], seen: Map<object, unknown>): unknown[] {
  const copy: unknown[] = new Array<unknown>(value.length);
  seen.set(value, copy);
  for (let index = 0; index < value.length; index++) copy[index] = copyAny(value[index], seen);
  return copy;
}

function copyMap(value: ReadonlyMap<unknown, unknown>, seen: Map<object, unknown>): Map<unknown, unknown> {
  const copy = new Map<unknown, unknown>();
  seen.set(value, copy);
  for (const [key, item] of value) copy.set(copyAny(key, seen), copyAny(item, seen));
  return copy;
}

function copySet(value: ReadonlySet<unknown>, seen: Map<object, unknown>): Set<unknown> {
  const copy = new Set<unknown>();
  seen.set(value, copy);
  for (const item of value) copy.add(copyAny(item, seen));
  return copy;
}

function copyView(value: ArrayBufferView, seen: Map<object, unknown>): unknown {
  if (!("slice" in value)) throw new TypeError("not plain data: DataView");
  const copy = (value as Float64Array).slice();
  seen.set(value, copy);
  return copy;
}

function copyObject(value: object, seen: Map<object, unknown>): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`not plain data: ${(value.constructor as { name?: string } | undefined)?.name ?? "object with a prototype"}`);
  }
  const copy = Object.create(prototype) as Record<string, unknown>;
  seen.set(value, copy);
  for (const key of Object.keys(value)) copy[key] = copyAny((value as Record<string, unknown>)[key], seen);
  return copy;
}
