/**
 * Field selectors: "metadata.name=web,status.phase!=Running".
 * Source: k8s.io/apimachinery v1.36 pkg/fields/selector.go. Which fields a kind offers is the API server's to say.
 */
import { byText } from "./requirement.ts";

/** One condition on one field. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: "=" | "!=";
  readonly value: string;
}

/** Field requirements, all of which must hold, or upstream's words for why the text is no field selector. */
export type FieldSelectorResult = { readonly requirements: readonly FieldRequirement[] } | { readonly error: string };

function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "\\") at++;
    else if (char === ",") {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(text.slice(start));
  return terms;
}

function splitTerm(term: string): { readonly field: string; readonly operator: "=" | "!="; readonly value: string } | undefined {
  const match = /!=|==|=/.exec(term);
  if (match === null) return undefined;
  const value = term.slice(match.index + match[0].length);
  return { field: term.slice(0, match.index), operator: match[0] === "!=" ? "!=" : "=", value };
}

function unescapeValue(value: string): { readonly value: string } | { readonly error: string } {
  let plain = "";
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at);
    if (char === "," || char === "=") return { error: `invalid field selector: unescaped character in value: ${char.charCodeAt(0)}` };
    if (char !== "\\") {
      plain += char;
      continue;
    }
    at++;
    const escaped = value.charAt(at);
    if (escaped !== "\\" && escaped !== "," && escaped !== "=") return { error: `invalid field selector: invalid escape sequence: \\${escaped}` };
    plain += escaped;
  }
  return { value: plain };
}

/** Reads a field selector's text; empty terms are skipped. */
export function parseFieldSelector(text: string): FieldSelectorResult {
  const requirements: FieldRequirement[] = [];
  for (const part of splitTerms(text).sort(byText)) {
    if (part === "") continue;
    const term = splitTerm(part);
    if (term === undefined) return { error: `invalid selector: '${text}'; can't understand '${part}'` };
    const value = unescapeValue(term.value);
    if ("error" in value) return value;
    requirements.push({ field: term.field, operator: term.operator, value: value.value });
  }
  return { requirements };
}

/** True when every requirement holds; `valueOf` gives a field's value, "" when unset. */
export function matchesFields(requirements: readonly FieldRequirement[], valueOf: (field: string) => string): boolean {
  for (const { field, operator, value } of requirements) {
    if ((valueOf(field) === value) !== (operator === "=")) return false;
  }
  return true;
}

/** Field requirements as text, with the value's special characters escaped. */
export function formatFieldSelector(requirements: readonly FieldRequirement[]): string {
  return requirements.map(({ field, operator, value }) => `${field}${operator}${value.replace(/[\\,=]/g, "\\$&")}`).join(",");
}

/** The one value a field selector asks of a field ("metadata.name=web" → "web"), if it does: for index look-ups. */
export function requiredFieldValue(requirements: readonly FieldRequirement[], field: string): string | undefined {
  for (const requirement of requirements) if (requirement.field === field && requirement.operator === "=") return requirement.value;
  return undefined;
}
