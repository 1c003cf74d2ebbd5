/** What the API server's JSON decoder makes of a request body. */
import type { KubeObject } from "../../api/index.ts";
import { quote } from "../../../../base/go-format/index.ts";
import type { KindEntry } from "../kind-entry.ts";
import { decoderOf } from "./compile.ts";
import { decodeCustomObject } from "./custom.ts";
import { newWalk, noteMismatch, type Walk } from "./walk.ts";

/** The fieldValidation parameter; the API's default is "Warn" (https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation). */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** How to decode. */
export interface DecodeOptions {
  /** Default "Warn". */
  readonly fieldValidation?: FieldValidation;
  /** Paths of keys that the body's text repeats ("spec.replicas"), found by whoever parsed it. */
  readonly duplicates?: readonly string[];
}

/**
 * The stored form of the body, with warnings; or why it can't be stored.
 * `error` is the decoder's own message, `message` that of the 400 BadRequest Status.
 */
export type DecodeResult =
  | { readonly ok: true; readonly object: KubeObject; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly error: string; readonly message: string };

const noWarnings: readonly string[] = [];

/**
 * Decodes a body as `entry`'s kind: refuses wrong types, drops, tells or refuses unknown fields, brings quantities and
 * times to their stored form, leaves out nulls and empty optional lists and maps. Returns `raw` itself when nothing changed.
 */
export function decodeObject(raw: unknown, entry: KindEntry, options: DecodeOptions = {}): DecodeResult {
  const validation = options.fieldValidation ?? "Warn";
  const walk = newWalk(validation !== "Ignore");
  const decoded = entry.custom ? decodeCustomObject(raw, entry, walk) : decodeBuiltin(raw, entry, walk);
  const error = walk.hardError ?? walk.softError;
  if (error !== undefined) return refused(entry, error);
  const duplicates = validation === "Ignore" ? [] : (options.duplicates ?? []).map((path) => `duplicate field ${quote(path)}`);
  const strictErrors = duplicates.length === 0 ? walk.unknown : [...duplicates, ...walk.unknown];
  if (strictErrors.length === 0) return { ok: true, object: decoded as KubeObject, warnings: noWarnings };
  if (validation === "Strict") return refused(entry, `strict decoding error: ${strictErrors.join(", ")}`);
  return { ok: true, object: decoded as KubeObject, warnings: strictErrors };
}

function decodeBuiltin(raw: unknown, entry: KindEntry, walk: Walk): unknown {
  if (raw === null || raw === undefined) {
    noteMismatch(walk, raw, entry.schema.goType ?? entry.kind);
    return raw;
  }
  return decoderOf(entry.schema)(raw, walk);
}

/** apiserver pkg/endpoints/handlers/rest.go, transformDecodeError. */
function refused(entry: KindEntry, error: string): DecodeResult {
  const version = entry.apiVersion.slice(entry.apiVersion.indexOf("/") + 1);
  return { ok: false, error, message: `${entry.kind} in version ${quote(version)} cannot be handled as a ${entry.kind}: ${error}` };
}
