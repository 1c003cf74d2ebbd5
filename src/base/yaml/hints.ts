/** Hints for scalars that YAML 1.1 reads otherwise than people expect (see also resolve-scalar.ts). */
import type { ProblemCode } from "./problem.ts";
import type { Resolved } from "./resolve-scalar.ts";

/** A hint before it has a place. */
export interface Hint {
  readonly code: ProblemCode;
  readonly message: string;
  readonly fix: string;
}

/** The hint for a plain scalar and what it was resolved to, or undefined when it is what it looks like. */
export function hintFor(text: string, isKey: boolean, resolved: Resolved): Hint | undefined {
  if (resolved.type === "bool") return /^(true|false)$/i.test(text) ? keyHint(text, isKey, resolved.value) : booleanHint(text, isKey, resolved.value);
  if (isKey || typeof resolved.value !== "number") return undefined;
  return numberHint(text, resolved.value);
}

function keyHint(text: string, isKey: boolean, value: unknown): Hint | undefined {
  if (!isKey || text === String(value)) return undefined;
  return booleanHint(text, isKey, value);
}

function booleanHint(text: string, isKey: boolean, value: unknown): Hint {
  const meaning = isKey ? `the key "${String(value)}"` : String(value);
  return {
    code: isKey ? "yaml11-key" : "yaml11-boolean",
    message: `Kubernetes reads YAML 1.1, where ${text} means ${meaning}.`,
    fix: `Write "${text}" in quotes for the text${isKey ? "" : `, or ${String(value)} to be plain`}.`,
  };
}

function numberHint(text: string, value: number): Hint | undefined {
  const reading = numberReading(text, value);
  if (reading === undefined) return undefined;
  return { code: reading.code ?? "yaml11-number", message: `${text} ${reading.what}.`, fix: `Write "${text}" in quotes if it is meant as text.` };
}

function numberReading(text: string, value: number): { readonly what: string; readonly code?: ProblemCode } | undefined {
  const number = String(value);
  if (/^[-+]?0[oO]?[0-7_]+$/.test(text) && /[1-7]/.test(text)) return { what: `is read as an octal number: ${number}` };
  if (/^[-+]?0[xXbB]/.test(text)) return { what: `is read as the number ${number}` };
  if (text.includes("_")) return { what: `is read as the number ${number}: underscores are left out` };
  if (/^[-+]?0\d/.test(text)) return { what: `is read as the number ${number}: the leading zero is lost` };
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER && /^[-+]?\d+$/.test(text)) return { what: `is larger than this lab keeps exactly; it becomes ${number}`, code: "inexact-number" };
  if (/\.\d*0$/.test(text)) return { what: `is read as the number ${number}: zeros at the end are lost` };
  return /^[-+]?\d+[eE]/.test(text) ? { what: `is read as the number ${number}` } : undefined;
}
