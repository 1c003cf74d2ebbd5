/**
 * Label keys (qualified names) and label values.
 * Source: k8s.io/apimachinery v1.36 pkg/api/validate/content/kube.go.
 */
import { byteLength } from "./bytes.ts";
import { dns1123SubdomainErrors, NO_COMPLAINTS, patternComplaint } from "./dns.ts";

const KEY = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const VALUE = `(${KEY})?`;
const KEY_WORDS =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const MAX_LENGTH = 63;
const TOO_LONG = `must be no more than ${MAX_LENGTH} bytes`;

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

function isNameShaped(text: string, from: number): boolean {
  const last = text.length - 1;
  if (from > last || !isAlphanumeric(text.charCodeAt(from)) || !isAlphanumeric(text.charCodeAt(last))) return false;
  for (let at = from + 1; at < last; at++) {
    const code = text.charCodeAt(at);
    if (!isAlphanumeric(code) && code !== 45 && code !== 46 && code !== 95) return false;
  }
  return true;
}

function namePartErrors(name: string): string[] {
  const errors: string[] = [];
  if (name === "") errors.push("name part must be non-empty");
  else if (byteLength(name) > MAX_LENGTH) errors.push(`name part ${TOO_LONG}`);
  if (!isNameShaped(name, 0)) errors.push(`name part ${patternComplaint(KEY_WORDS, KEY, "MyName", "my.name", "123-abc")}`);
  return errors;
}

function prefixPartErrors(prefix: string): string[] {
  if (prefix === "") return ["prefix part must be non-empty"];
  return dns1123SubdomainErrors(prefix).map((error) => `prefix part ${error.replace(/ characters$/, " bytes")}`);
}

/** Complaints about a qualified name: a label or annotation key, "name" or "example.com/name". */
export function qualifiedNameErrors(name: string): readonly string[] {
  const slash = name.indexOf("/");
  if (slash < 0 && name.length <= MAX_LENGTH && isNameShaped(name, 0)) return NO_COMPLAINTS;
  if (slash < 0) return namePartErrors(name);
  if (name.includes("/", slash + 1)) {
    const words = `a valid label key ${patternComplaint(KEY_WORDS, KEY, "MyName", "my.name", "123-abc")}`;
    return [`${words} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  return [...prefixPartErrors(name.slice(0, slash)), ...namePartErrors(name.slice(slash + 1))];
}

/** Complaints about a label value: empty, or 63 characters at most of letters, digits and inner "-_.". */
export function labelValueErrors(value: string): readonly string[] {
  const shaped = value === "" || isNameShaped(value, 0);
  if (shaped && value.length <= MAX_LENGTH) return NO_COMPLAINTS;
  const errors: string[] = [];
  if (byteLength(value) > MAX_LENGTH) errors.push(TOO_LONG);
  if (!shaped) errors.push(patternComplaint(VALUE_WORDS, VALUE, "MyValue", "my_value", "12345"));
  return errors;
}
