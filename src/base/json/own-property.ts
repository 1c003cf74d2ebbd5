/**
 * Keys from outside may be called `__proto__` or `constructor`. Reading them must not find what objects inherit,
 * and writing them must not change a prototype: here they are plain data.
 */

/** The own property `key`, or undefined. */
export function getOwn<T>(object: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets `key` on an object that the caller has just made. Never use it on an object that others can see. */
export function setOwn<T>(fresh: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") Object.defineProperty(fresh, key, { value, writable: true, enumerable: true, configurable: true });
  else fresh[key] = value;
}

/** A copy of `object` in which `key` is `value`; the same object when it is so already. */
export function withKey<T>(object: Readonly<Record<string, T>>, key: string, value: T): Readonly<Record<string, T>> {
  if (Object.hasOwn(object, key) && object[key] === value) return object;
  const copy = { ...object };
  setOwn(copy, key, value);
  return copy;
}

/** A copy of `object` without `key`; the same object when it has no such key. */
export function withoutKey<T>(object: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  if (!Object.hasOwn(object, key)) return object;
  const copy = { ...object };
  delete copy[key];
  return copy;
}
