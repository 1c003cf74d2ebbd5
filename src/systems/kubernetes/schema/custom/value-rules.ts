/** The value rules of a schema: numbers, lengths, patterns, enums and combinations. Source: kube-openapi pkg/validation/errors and validate. */
import { quote } from "../../../../base/go-format/index.ts";
import { canonicalJson, type JsonValue } from "../../../../base/json/index.ts";
import type { SchemaNode, ValueRules } from "../node.ts";
import { structuralSchema } from "./structural.ts";
import type { SchemaViolation } from "./violation.ts";

type Found = SchemaViolation[];
/** Checks a whole value against a schema: how combinations try their alternatives. */
type CheckValue = (value: unknown, schema: SchemaNode, path: string, found: SchemaViolation[]) => void;

function invalid(found: Found, path: string, value: unknown, complaint: string): void {
  found.push({ type: "FieldValueInvalid", field: path, body: `Invalid value: ${shown(value)}: ${path === "" ? "" : `${path} `}in body ${complaint}` });
}

function shown(value: unknown): string {
  return typeof value === "string" ? quote(value) : canonicalJson(value as JsonValue);
}

/** Checks the rules at one value; its type is right already. */
export function checkRules(value: unknown, schema: SchemaNode, path: string, found: Found, checkValue: CheckValue): void {
  if (schema.enum !== undefined) checkEnum(value, schema.enum, path, found);
  const rules = schema.rules;
  if (rules === undefined) return;
  if (typeof value === "number") checkNumber(value, rules, path, found);
  else if (typeof value === "string") checkText(value, rules, path, found);
  else if (Array.isArray(value)) checkItems(value, rules, path, found);
  else if (typeof value === "object" && value !== null) checkProperties(value, rules, path, found);
  checkCombinations(value, rules, path, found, checkValue);
}

function checkEnum(value: unknown, allowed: readonly unknown[], path: string, found: Found): void {
  const text = canonicalJson(value as JsonValue);
  if (allowed.some((one) => canonicalJson(one as JsonValue) === text)) return;
  found.push({ type: "FieldValueNotSupported", field: path, body: `Unsupported value: ${shown(value)}: supported values: ${allowed.map((one) => quote(typeof one === "string" ? one : canonicalJson(one as JsonValue))).join(", ")}` });
}

function checkNumber(value: number, rules: ValueRules, path: string, found: Found): void {
  const { minimum, maximum, multipleOf } = rules;
  if (maximum !== undefined && (rules.exclusiveMaximum === true ? value >= maximum : value > maximum)) {
    invalid(found, path, value, `should be less than ${rules.exclusiveMaximum === true ? "" : "or equal to "}${String(maximum)}`);
  }
  if (minimum !== undefined && (rules.exclusiveMinimum === true ? value <= minimum : value < minimum)) {
    invalid(found, path, value, `should be greater than ${rules.exclusiveMinimum === true ? "" : "or equal to "}${String(minimum)}`);
  }
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf)) invalid(found, path, value, `should be a multiple of ${String(multipleOf)}`);
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function checkText(value: string, rules: ValueRules, path: string, found: Found): void {
  const { minLength, maxLength, pattern } = rules;
  if (maxLength !== undefined && characters(value) > maxLength) {
    found.push({ type: "FieldValueTooLong", field: path, body: `Too long: may not be more than ${String(maxLength)} bytes` });
  }
  if (minLength !== undefined && characters(value) < minLength) invalid(found, path, value, `should be at least ${String(minLength)} chars long`);
  if (pattern !== undefined && !matches(pattern, value)) invalid(found, path, value, `should match '${pattern}'`);
}

/** Go's RE2 patterns are JavaScript's for nearly all that schemas use; one that JavaScript can't read does not refuse. */
function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return true;
  }
}

function tooMany(found: Found, path: string, actual: number, most: number): void {
  found.push({ type: "FieldValueTooMany", field: path, body: `Too many: ${String(actual)}: must have at most ${String(most)} ${most === 1 ? "item" : "items"}` });
}

function checkItems(list: readonly unknown[], rules: ValueRules, path: string, found: Found): void {
  if (rules.minItems !== undefined && list.length < rules.minItems) invalid(found, path, list.length, `should have at least ${String(rules.minItems)} items`);
  if (rules.maxItems !== undefined && list.length > rules.maxItems) tooMany(found, path, list.length, rules.maxItems);
  if (rules.uniqueItems === true && new Set(list.map((item) => canonicalJson(item as JsonValue))).size < list.length) invalid(found, path, list, "shouldn't contain duplicates");
}

function checkProperties(object: object, rules: ValueRules, path: string, found: Found): void {
  const count = Object.keys(object).length;
  if (rules.minProperties !== undefined && count < rules.minProperties) invalid(found, path, count, `should have at least ${String(rules.minProperties)} properties`);
  if (rules.maxProperties !== undefined && count > rules.maxProperties) tooMany(found, path, count, rules.maxProperties);
}

function isValid(value: unknown, schema: unknown, path: string, checkValue: CheckValue): boolean {
  const found: Found = [];
  const node = structuralSchema(schema);
  // Parts of a combination mostly say no type: then they only speak of the fields that are there.
  const saysType = typeof schema === "object" && schema !== null && "type" in schema;
  checkValue(value, saysType ? node : { ...node, type: "any" }, path, found);
  return found.length === 0;
}

function checkCombinations(value: unknown, rules: ValueRules, path: string, found: Found, checkValue: CheckValue): void {
  const passing = (schemas: readonly unknown[]): number => schemas.filter((schema) => isValid(value, schema, path, checkValue)).length;
  const complain = (text: string): void => { invalid(found, path, value, text); };
  if (rules.anyOf !== undefined && passing(rules.anyOf) === 0) complain("must validate at least one schema (anyOf)");
  if (rules.oneOf !== undefined) {
    const count = passing(rules.oneOf);
    if (count !== 1) complain(`must validate one and only one schema (oneOf). ${count === 0 ? "Found none valid" : `Found ${String(count)} valid alternatives`}`);
  }
  if (rules.allOf !== undefined) {
    const count = passing(rules.allOf);
    if (count < rules.allOf.length) complain(`must validate all the schemas (allOf)${count === 0 ? ". None validated" : ""}`);
  }
  if (rules.not !== undefined && isValid(value, rules.not, path, checkValue)) complain("must not validate the schema (not)");
}
