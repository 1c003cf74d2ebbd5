/**
 * Selector requirements as plain data. Source: k8s.io/apimachinery v1.36 pkg/labels/selector.go.
 */
import { qualifiedNameErrors, labelValueErrors } from "../../../base/names/index.ts";
import { quote } from "../../../base/go-format/index.ts";

/** The operators of label selectors, as upstream's selection package writes them. */
export type SelectorOperator = "in" | "notin" | "=" | "==" | "!=" | "exists" | "!" | "gt" | "lt";

/** One condition on one label. `values` is empty for "exists" and "!", one value for "=", "==", "!=", "gt" and "lt". */
export interface Requirement {
  readonly key: string;
  readonly operator: SelectorOperator;
  readonly values: readonly string[];
}

/** All requirements must hold; an empty list matches everything, `nothing` matches nothing at all. */
export interface Selector {
  readonly requirements: readonly Requirement[];
  readonly nothing?: true;
}

/** A selector, or upstream's words for why there is none. */
export type SelectorResult = { readonly selector: Selector } | { readonly error: string };

/** The selector that matches every set of labels. */
export const EVERYTHING: Selector = { requirements: [] };

/** The selector that matches no set of labels (an absent LabelSelector). */
export const NOTHING: Selector = { requirements: [], nothing: true };

/** Orders texts by code point, as Go's sort of strings does for ASCII. */
export function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function invalid(path: string, value: string, detail: string): string {
  return `${path}: Invalid value: ${quote(value)}: ${detail}`;
}

/** The complaint about a label key, or undefined. `path` is the field path upstream prints, "<nil>" when parsing a text. */
export function keyError(key: string, path: string): string | undefined {
  const errors = qualifiedNameErrors(key);
  return errors.length === 0 ? undefined : invalid(path, key, errors.join("; "));
}

/** 64-bit integers as strconv.ParseInt reads them, or undefined. */
export function parseInteger(text: string): bigint | undefined {
  if (!/^[-+]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function valuesErrors(operator: SelectorOperator, values: readonly string[]): string[] {
  const shown = `values: Invalid value: ${JSON.stringify(values)}`;
  switch (operator) {
    case "in":
    case "notin":
      return values.length === 0 ? [`${shown}: for 'in', 'notin' operators, values set can't be empty`] : [];
    case "=":
    case "==":
    case "!=":
      return values.length === 1 ? [] : [`${shown}: exact-match compatibility requires one single value`];
    case "exists":
    case "!":
      return values.length === 0 ? [] : [`${shown}: values set must be empty for exists and does not exist`];
    default:
      return integerErrors(values, shown);
  }
}

function integerErrors(values: readonly string[], shown: string): string[] {
  const errors = values.length === 1 ? [] : [`${shown}: for 'Gt', 'Lt' operators, exactly one value is required`];
  values.forEach((value, index) => {
    if (parseInteger(value) !== undefined) return;
    errors.push(invalid(`values[${index}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"));
  });
  return errors;
}

/** The complaint about a requirement as labels.NewRequirement words it, several in brackets; undefined when it is good. */
export function requirementError(requirement: Requirement): string | undefined {
  const { key, operator, values } = requirement;
  const bad = keyError(key, "key");
  const errors = bad === undefined ? [] : [bad];
  errors.push(...valuesErrors(operator, values));
  values.forEach((value, index) => {
    const complaints = labelValueErrors(value);
    if (complaints.length > 0) errors.push(invalid(`values[${index}][${key}]`, value, complaints.join("; ")));
  });
  const distinct = [...new Set(errors)];
  return distinct.length > 1 ? `[${distinct.join(", ")}]` : distinct[0];
}
