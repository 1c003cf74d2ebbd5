/** Decoders of single values. A decoder returns the value itself when it is right, another value when upstream would store another. */
import { base64Decode } from "../../../../base/encoding/index.ts";
import { canonicalQuantity, quantityError } from "../../../../base/quantity/index.ts";
import type { SchemaNode } from "../node.ts";
import { readMicroTime, readTime, type TimeResult } from "./go-time.ts";
import { noteMismatch, noteOwnMismatch, type Walk } from "./walk.ts";

/** Turns a raw value into what is stored. ABSENT = leave the field out. `null` never reaches a decoder. */
export type Decode = (value: unknown, walk: Walk) => unknown;

/** The field is not set: null, or an empty list or map that upstream's encoding omits. */
export const ABSENT: unique symbol = Symbol("absent");

const INT32_MAX = 2147483647;

function text(goType: string): Decode {
  return (value, walk) => {
    if (typeof value !== "string") noteMismatch(walk, value, goType);
    return value;
  };
}

const boolean: Decode = (value, walk) => {
  if (typeof value !== "boolean") noteMismatch(walk, value, "bool");
  return value;
};

const int32: Decode = (value, walk) => {
  if (typeof value !== "number" || !Number.isInteger(value) || value > INT32_MAX || value < -INT32_MAX - 1) noteMismatch(walk, value, "int32");
  return value;
};

const int64: Decode = (value, walk) => {
  if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) >= 2 ** 63) noteMismatch(walk, value, "int64");
  return value;
};

const float64: Decode = (value, walk) => {
  if (typeof value !== "number") noteMismatch(walk, value, "float64");
  return value;
};

/** intstr.IntOrString UnmarshalJSON (apimachinery pkg/util/intstr). */
const intOrString: Decode = (value, walk) => {
  if (typeof value === "string") return value;
  if (typeof value !== "number" || !Number.isInteger(value) || Math.abs(value) > INT32_MAX) noteOwnMismatch(walk, value, "int32");
  return value;
};

/** Canonical texts of quantities met so far; bounded, and only a memory of a pure function. */
const canonicalTexts = new Map<string | number, string>();
const MAX_TEXTS = 4096;

/** The text a quantity is stored as, or undefined when it is none. */
export function storedQuantity(value: string | number): string | undefined {
  const known = canonicalTexts.get(value);
  if (known !== undefined) return known;
  const canonical = canonicalQuantity(typeof value === "string" ? value.trim() : value);
  if (canonical === undefined) return undefined;
  if (canonicalTexts.size >= MAX_TEXTS) canonicalTexts.clear();
  canonicalTexts.set(value, canonical);
  return canonical;
}

/** resource.Quantity UnmarshalJSON (apimachinery pkg/api/resource/quantity.go): it reads the JSON text of anything. */
const quantity: Decode = (value, walk) => {
  const readable = typeof value === "string" || typeof value === "number";
  const canonical = readable ? storedQuantity(value) : undefined;
  if (canonical !== undefined) return canonical;
  walk.hardError ??= quantityError(typeof value === "string" ? value.trim() : JSON.stringify(value)) ?? "";
  return value;
};

const bytes: Decode = (value, walk) => {
  if (typeof value !== "string") {
    noteMismatch(walk, value, "[]uint8");
    return value;
  }
  const decoded = base64Decode(value);
  // encoding/base64 CorruptInputError.
  if (!decoded.ok) walk.softError ??= `illegal base64 data at input byte ${String(decoded.offset)}`;
  return value;
};

/** metav1.Time and MicroTime UnmarshalJSON (apimachinery pkg/apis/meta/v1/time.go, micro_time.go). */
function time(reader: (text: string) => TimeResult): Decode {
  return (value, walk) => {
    if (typeof value !== "string") {
      noteOwnMismatch(walk, value, "string");
      return value;
    }
    const result = reader(value);
    if ("text" in result) return result.text;
    walk.hardError ??= result.error;
    return value;
  };
}

const formats: Readonly<Record<string, Decode>> = {
  "int32": int32, "int64": int64, "double": float64, "byte": bytes, "quantity": quantity, "int-or-string": intOrString,
  "date-time": time(readTime), "micro-time": time(readMicroTime),
};

/** The decoder of a scalar node. */
export function scalarDecoder(node: SchemaNode): Decode {
  const byFormat = node.format === undefined ? undefined : formats[node.format];
  if (byFormat !== undefined) return byFormat;
  if (node.type === "boolean") return boolean;
  if (node.type === "integer") return int64;
  return node.type === "number" ? float64 : text(node.goType ?? "string");
}

/** What Go stores for a null inside a list or a map: the zero value. */
export function zeroValue(node: SchemaNode): unknown {
  if (node.format === "quantity") return "0";
  if (node.format === "int-or-string") return 0;
  switch (node.type) {
    case "string": return "";
    case "integer": case "number": return 0;
    case "boolean": return false;
    case "object": return {};
    default: return null;
  }
}
