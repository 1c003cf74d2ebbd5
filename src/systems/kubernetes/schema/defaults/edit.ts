/** Small edits that share what does not change and return the same object when nothing does. */

/** Completes a value; the same value when nothing is missing. */
export type Filler<T> = (value: T) => T;

function isMissing(value: unknown): boolean {
  return value === undefined || value === "";
}

function added<T extends object, K extends keyof T>(patch: Partial<T> | undefined, key: K, value: T[K] | undefined): Partial<T> {
  const target: Partial<T> = patch ?? {};
  if (value !== undefined) target[key] = value;
  return target;
}

/**
 * The object with `defaults` where it has no value. Absent and "" both count as missing: in Go's types the zero value
 * of a string field says "not set".
 */
export function fill<T extends object>(object: T, defaults: Readonly<Partial<T>>): T {
  let patch: Partial<T> | undefined;
  for (const key in defaults) {
    if (isMissing(object[key]) && object[key] !== defaults[key]) patch = added(patch, key, defaults[key]);
  }
  return patch === undefined ? object : { ...object, ...patch };
}

/** Like {@link fill}, for number fields without a pointer, where 0 says "not set" as well. */
export function fillZeros<T extends object>(object: T, defaults: Readonly<Partial<T>>): T {
  let patch: Partial<T> | undefined;
  for (const key in defaults) {
    const value: unknown = object[key];
    if (isMissing(value) || value === 0) patch = added(patch, key, defaults[key]);
  }
  return patch === undefined ? object : { ...object, ...patch };
}

/** The object with `key` set to `value`. */
export function put<T extends object, K extends keyof T>(object: T, key: K, value: T[K]): T {
  return object[key] === value ? object : { ...object, [key]: value };
}

/** The object without `key`. */
export function without<T extends object>(object: T, key: keyof T & string): T {
  if (object[key] === undefined) return object;
  const { [key]: _, ...rest } = object;
  return rest as T;
}

/** Completes the value under `key` if there is one. */
export function inside<T extends object, K extends keyof T>(object: T, key: K, filler: Filler<NonNullable<T[K]>>): T {
  const value = object[key];
  return value === undefined || value === null ? object : put(object, key, filler(value));
}

/** Completes the value under `key`, starting from `{}` when there is none (a struct without pointer in Go). */
export function always<T extends object, K extends keyof T>(object: T, key: K, filler: Filler<NonNullable<T[K]>>): T {
  const value = object[key];
  if (value !== undefined && value !== null) return put(object, key, filler(value));
  const empty = {} as NonNullable<T[K]>;
  const filled = filler(empty);
  return filled === empty ? object : put(object, key, filled);
}

/** What a list holds. */
export type ElementOf<L> = NonNullable<L> extends readonly (infer E)[] ? E : never;

/** Completes every element of the list under `key`, if there is one. */
export function eachOf<T extends object, K extends keyof T>(object: T, key: K, filler: Filler<ElementOf<T[K]>>): T {
  const list = object[key] as readonly ElementOf<T[K]>[] | undefined;
  return list === undefined ? object : put(object, key, each(list, filler) as T[K]);
}

/** Completes every element; the same list when none changes. */
export function each<E>(list: readonly E[], filler: Filler<E>): readonly E[] {
  let copy: E[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const before = list[at] as E;
    const after = filler(before);
    if (after !== before) (copy ??= list.slice())[at] = after;
  }
  return copy ?? list;
}
