/**
 * Size of an object as compact JSON in UTF-8 bytes, without writing it.
 * etcd refuses requests over 1.5 MiB (--max-request-bytes, https://etcd.io/docs/v3.6/dev-guide/limit/), so size decides what can be stored.
 */
import { utf8Length } from "../encoding/index.ts";

/** Bytes of `value` as compact JSON; undefined properties count nothing. */
export function jsonByteSize(value: unknown): number {
  switch (typeof value) {
    case "string":
      return stringSize(value);
    case "number":
      return Number.isFinite(value) ? String(value).length : 4;
    case "boolean":
      return value ? 4 : 5;
    case "object":
      return value === null ? 4 : Array.isArray(value) ? arraySize(value) : objectSize(value as Record<string, unknown>);
    default:
      return 4;
  }
}

function arraySize(items: readonly unknown[]): number {
  let size = 2 + Math.max(0, items.length - 1);
  for (const item of items) size += jsonByteSize(item);
  return size;
}

function objectSize(object: Record<string, unknown>): number {
  let size = 2;
  let members = 0;
  for (const key of Object.keys(object)) {
    if (object[key] === undefined) continue;
    members++;
    size += stringSize(key) + 1 + jsonByteSize(object[key]);
  }
  return size + Math.max(0, members - 1);
}

function stringSize(text: string): number {
  let escapes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 34 || unit === 92) escapes += 1;
    else if (unit < 32) escapes += unit === 8 || unit === 9 || unit === 10 || unit === 12 || unit === 13 ? 1 : 5;
  }
  return utf8Length(text) + escapes + 2;
}
