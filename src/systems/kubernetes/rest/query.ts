/** Query parameters as request options. Source: k8s.io/apimachinery v1.36 pkg/apis/meta/v1 (ListOptions, PatchOptions, DeleteOptions) and pkg/runtime/conversion.go. */
import type { ApiResponse, RequestOptions } from "../api/index.ts";

/** Query parameters: every value of each name. */
export type Query = ReadonlyMap<string, readonly string[]>;

/** Options, or the refusal of a parameter. */
export type QueryResult = { readonly options: RequestOptions; readonly watch: boolean } | { readonly refused: ApiResponse };

/** Reads "a=1&b=2"; plus signs are spaces. */
export function parseQuery(text: string): Query {
  const query = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = unescape(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : unescape(pair.slice(equals + 1));
    const values = query.get(name);
    if (values === undefined) query.set(name, [value]);
    else values.push(value);
  }
  return query;
}

function unescape(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** A flag: absent is false, "false" and "0" are false, anything else true (Convert_Slice_string_To_bool). */
export function flag(query: Query, name: string): boolean | undefined {
  const value = query.get(name)?.[0];
  return value === undefined ? undefined : value.toLowerCase() !== "false" && value !== "0";
}

const texts = ["labelSelector", "fieldSelector", "resourceVersion", "resourceVersionMatch", "continue", "fieldManager", "fieldValidation", "propagationPolicy"] as const;
const numbers = ["limit", "timeoutSeconds", "gracePeriodSeconds"] as const;
const flags = ["allowWatchBookmarks", "sendInitialEvents", "force", "orphanDependents"] as const;

/** Reads the parameters that the API knows; others are ignored. `kind` names the options in refusals, e.g. "CreateOptions". */
export function optionsOf(query: Query, kind: string): QueryResult {
  const options: Record<string, unknown> = {};
  for (const name of texts) {
    const value = query.get(name)?.[0] ?? "";
    if (value !== "") options[name] = value;
  }
  for (const name of numbers) {
    const value = query.get(name)?.[0] ?? "";
    if (value === "") continue;
    if (!/^[+-]?\d+$/.test(value)) return { refused: badNumber(value) };
    options[name] = Number(value);
  }
  for (const name of flags) {
    const value = flag(query, name);
    if (value !== undefined) options[name] = value;
  }
  const refused = readDryRun(query, options, kind) ?? badChoice(options, kind);
  return refused === undefined ? { options: options as RequestOptions, watch: flag(query, "watch") === true } : { refused };
}

function readDryRun(query: Query, options: Record<string, unknown>, kind: string): ApiResponse | undefined {
  const values = query.get("dryRun") ?? [];
  for (const value of values) if (value !== "All") return invalid(kind, "dryRun", `Unsupported value: ${JSON.stringify(value)}: supported values: "All"`);
  if (values.length > 0) options["dryRun"] = true;
  return undefined;
}

function badChoice(options: Record<string, unknown>, kind: string): ApiResponse | undefined {
  const { fieldValidation, propagationPolicy } = options;
  if (fieldValidation !== undefined && !["Ignore", "Warn", "Strict"].includes(fieldValidation as string)) {
    return invalid(kind, "fieldValidation", `Unsupported value: ${JSON.stringify(fieldValidation)}: supported values: "Ignore", "Strict", "Warn"`);
  }
  if (propagationPolicy !== undefined && !["Orphan", "Background", "Foreground"].includes(propagationPolicy as string)) {
    return invalid("DeleteOptions", "propagationPolicy", `Unsupported value: ${JSON.stringify(propagationPolicy)}: supported values: "Background", "Foreground", "Orphan"`);
  }
  return undefined;
}

function invalid(kind: string, field: string, body: string): ApiResponse {
  const message = `${kind}.meta.k8s.io "" is invalid: ${field}: ${body}`;
  const details = { group: "meta.k8s.io", kind, causes: [{ reason: "FieldValueNotSupported", message: body, field }] };
  return { type: "api-response", code: 422, body: { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason: "Invalid", details, code: 422 } };
}

function badNumber(value: string): ApiResponse {
  const message = `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
  return { type: "api-response", code: 400, body: { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason: "BadRequest", code: 400 } };
}
