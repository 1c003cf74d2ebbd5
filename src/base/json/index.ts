/** JSON as immutable plain data: equality, canonical text, size, pointers and the two JSON patches. */
export { compareCodePoints } from "./compare-text.ts";
export { deepEqual } from "./deep-equal.ts";
export { applyJsonPatch } from "./json-patch.ts";
export type { PatchResult } from "./json-patch.ts";
export { decodeJsonPatch } from "./json-patch-decode.ts";
export type { DecodedPatch, JsonPatchOperation } from "./json-patch-decode.ts";
export { formatPointer, parsePointer } from "./json-pointer.ts";
export { jsonByteSize } from "./json-size.ts";
export { canonicalJson, goJson } from "./json-text.ts";
export { isJsonObject } from "./json-value.ts";
export type { JsonObject, JsonValue } from "./json-value.ts";
export { applyMergePatch, createMergePatch, mergePatchRefusal } from "./merge-patch.ts";
export { getOwn, setOwn, withKey, withoutKey } from "./own-property.ts";
