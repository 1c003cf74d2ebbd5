/**
 * Names that are not DNS: ports, environment variables, config keys, headers, percentages, path segments.
 * Source: k8s.io/apimachinery v1.36 pkg/util/validation/validation.go.
 */
import { byteLength } from "./bytes.ts";
import { maxLengthComplaint, NO_COMPLAINTS, patternComplaint, SUBDOMAIN_MAX_LENGTH } from "./dns.ts";

const CONFIG_KEY = "[-._a-zA-Z0-9]+";
const CONFIG_KEY_WORDS = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
const HEADER = "[-A-Za-z0-9]+";
const HEADER_WORDS = "a valid HTTP header must consist of alphanumeric characters or '-'";
const PERCENT = "[0-9]+%";
const PERCENT_WORDS = "a valid percent string must be a numeric string followed by an ending '%'";
const C_IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
const C_IDENTIFIER_WORDS =
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_'";
const ENV_NAME_WORDS = "a valid environment variable name must consist only of printable ASCII characters other than '='";
const PORT_NAME_MAX = 15;

function parentDirectoryErrors(value: string): readonly string[] {
  if (value === ".") return ["must not be '.'"];
  if (value === "..") return ["must not be '..'"];
  return value.startsWith("..") ? ["must not start with '..'"] : NO_COMPLAINTS;
}

/** Complaints about a port name: at most 15 of a–z, 0–9 and single inner hyphens, with a letter among them. */
export function portNameErrors(name: string): readonly string[] {
  const errors: string[] = [];
  if (byteLength(name) > PORT_NAME_MAX) errors.push(maxLengthComplaint(PORT_NAME_MAX));
  if (!/^[-a-z0-9]+$/.test(name)) errors.push("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
  if (!/[a-z]/.test(name)) errors.push("must contain at least one letter (a-z)");
  if (name.includes("--")) errors.push("must not contain consecutive hyphens");
  if (name.startsWith("-") || name.endsWith("-")) errors.push("must not begin or end with a hyphen");
  return errors;
}

/** Complaints about an environment variable's name: printable ASCII without "=" (the relaxed rule, on since 1.34). */
export function envVarNameErrors(name: string): readonly string[] {
  if (name === "") return ["environment variable name must be non-empty"];
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    if (code < 32 || code > 126 || code === 61) return [ENV_NAME_WORDS];
  }
  return NO_COMPLAINTS;
}

/** Complaints about a key of a ConfigMap or Secret. */
export function configMapKeyErrors(key: string): readonly string[] {
  const errors: string[] = [];
  if (byteLength(key) > SUBDOMAIN_MAX_LENGTH) errors.push(maxLengthComplaint(SUBDOMAIN_MAX_LENGTH));
  if (!/^[-._a-zA-Z0-9]+$/.test(key)) errors.push(patternComplaint(CONFIG_KEY_WORDS, CONFIG_KEY, "key.name", "KEY_NAME", "key-name"));
  const parent = parentDirectoryErrors(key);
  return errors.length === 0 ? parent : [...errors, ...parent];
}

/** Complaints about an HTTP header's name. */
export function httpHeaderNameErrors(name: string): readonly string[] {
  return /^[-A-Za-z0-9]+$/.test(name) ? NO_COMPLAINTS : [patternComplaint(HEADER_WORDS, HEADER, "X-Header-Name")];
}

/** Complaints about a percentage ("25%"). */
export function percentErrors(percent: string): readonly string[] {
  return /^[0-9]+%$/.test(percent) ? NO_COMPLAINTS : [patternComplaint(PERCENT_WORDS, PERCENT, "1%", "93%")];
}

/** Complaints about a C identifier. */
export function cIdentifierErrors(name: string): readonly string[] {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return NO_COMPLAINTS;
  return [patternComplaint(C_IDENTIFIER_WORDS, C_IDENTIFIER, "my_name", "MY_NAME", "MyName")];
}

/** Complaints about a name that stands as one segment of an API path (RBAC objects and other freely named kinds). */
export function pathSegmentErrors(name: string): readonly string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  const errors: string[] = [];
  for (const illegal of ["/", "%"]) if (name.includes(illegal)) errors.push(`may not contain '${illegal}'`);
  return errors;
}
