/** metadata that the server writes: names, uids, times. Source: k8s.io/apiserver v1.36 pkg/registry/rest/create.go and meta.go. */
import { SAFE_ALPHABET } from "../../../../base/encoding/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import { nextBelow, nextUint32, type RandomStream } from "../../../../engine/random/index.ts";
import type { KubeObject, ObjectMeta } from "../../api/index.ts";

/** Generated names end in this many characters, and their base is cut so that the whole is a DNS label (pkg/storage/names/generate.go). */
const SUFFIX_LENGTH = 5;
const MAX_BASE_LENGTH = 63 - SUFFIX_LENGTH;

/** A random text in the alphabet of generated names. */
export function randomSuffix(random: RandomStream, length = SUFFIX_LENGTH): string {
  let text = "";
  for (let index = 0; index < length; index++) text += SAFE_ALPHABET.charAt(nextBelow(random, SAFE_ALPHABET.length));
  return text;
}

/** "web-" → "web-x7k2p". */
export function generateName(random: RandomStream, base: string): string {
  return (base.length > MAX_BASE_LENGTH ? base.slice(0, MAX_BASE_LENGTH) : base) + randomSuffix(random);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/** A random UUID (RFC 4122, version 4). */
export function newUid(random: RandomStream): string {
  const a = nextUint32(random);
  const b = nextUint32(random);
  const c = nextUint32(random);
  const d = nextUint32(random);
  const version = 0x4000 | (b & 0x0fff);
  const variant = 0x8000 | ((c >>> 16) & 0x3fff);
  return `${hex(a, 8)}-${hex(b >>> 16, 4)}-${hex(version, 4)}-${hex(variant, 4)}-${hex(c & 0xffff, 4)}${hex(d, 8)}`;
}

/** What a created object's metadata becomes: server-set fields are the server's alone. */
export function createdMeta(meta: ObjectMeta, namespace: string, name: string, uid: string, nowMs: number, generation: number): ObjectMeta {
  const { labels, annotations, ownerReferences, finalizers, generateName: base } = meta;
  return {
    name,
    ...(base === undefined || base === "" ? {} : { generateName: base }),
    ...(namespace === "" ? {} : { namespace }),
    uid,
    ...(generation === 0 ? {} : { generation }),
    creationTimestamp: rfc3339(nowMs),
    ...(labels === undefined ? {} : { labels }),
    ...(annotations === undefined ? {} : { annotations }),
    ...(ownerReferences === undefined ? {} : { ownerReferences }),
    ...(finalizers === undefined ? {} : { finalizers }),
  };
}

/** A copy of an object with some metadata changed; undefined takes a field away. */
export function withMeta<T extends KubeObject>(object: T, changes: { readonly [K in keyof ObjectMeta]?: ObjectMeta[K] | undefined }): T {
  const metadata: Record<string, unknown> = { ...object.metadata };
  for (const key of Object.keys(changes) as (keyof ObjectMeta)[]) {
    const value = changes[key];
     
    if (value === undefined) delete metadata[key];
    else metadata[key] = value;
  }
  return { ...object, metadata: metadata as ObjectMeta };
}
