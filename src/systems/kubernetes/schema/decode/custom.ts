/** Decoding of custom resources: typed metadata, and pruning of what the structural schema does not know. */
import type { KindEntry } from "../kind-entry.ts";
import { definitionSchema } from "../builtin.ts";
import { quote } from "../../../../base/go-format/index.ts";
import { prune } from "../custom/prune.ts";
import { decoderOf } from "./compile.ts";
import { keyElement, noteMismatch, type Walk } from "./walk.ts";

/** Source: apiextensions-apiserver pkg/apiserver/customresource_handler.go, schemaCoercingDecoder. */
export function decodeCustomObject(raw: unknown, entry: KindEntry, walk: Walk): unknown {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    noteMismatch(walk, raw, "map[string]interface {}");
    return raw;
  }
  const unknown: string[] = [];
  const pruned = prune(raw as Readonly<Record<string, unknown>>, entry.schema, unknown);
  if (walk.tellUnknown) walk.unknown.push(...unknown.sort().map((path) => `unknown field ${quote(path)}`));
  return withDecodedMetadata(pruned, walk);
}

function withDecodedMetadata(object: Readonly<Record<string, unknown>>, walk: Walk): Readonly<Record<string, unknown>> {
  const metadata = object["metadata"];
  const schema = definitionSchema("meta", "ObjectMeta");
  if (metadata === undefined || metadata === null || schema === undefined) return object;
  // Upstream decodes the metadata by itself: its name is in the paths of unknown fields, not in those of wrong types.
  walk.path.push(keyElement("metadata"));
  const decoded = decoderOf(schema)(metadata, walk);
  walk.path.pop();
  return decoded === metadata ? object : { ...object, metadata: decoded };
}
