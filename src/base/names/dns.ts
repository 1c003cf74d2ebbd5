/**
 * DNS-shaped names with the API server's own complaints.
 * Source: k8s.io/apimachinery v1.36 pkg/util/validation/validation.go and pkg/api/validate/content.
 * Every check answers the list of complaints; an empty list means the name is fine.
 */
import { byteLength } from "./bytes.ts";

/** No complaints, shared so that a valid name allocates nothing. */
export const NO_COMPLAINTS: readonly string[] = Object.freeze([]);

const LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const UNDERSCORE_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const UNDERSCORE_SUBDOMAIN = `${UNDERSCORE_LABEL}(\\.${UNDERSCORE_LABEL})*`;
const LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const WILDCARD = `\\*\\.${SUBDOMAIN}`;

const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const UNDERSCORE_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
const LABEL_1035_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const WILDCARD_WORDS =
  "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";

const UNDERSCORE_SUBDOMAIN_RE = new RegExp(`^${UNDERSCORE_SUBDOMAIN}$`);

/** The length limits of a DNS label and of a subdomain. */
export const LABEL_MAX_LENGTH = 63;
export const SUBDOMAIN_MAX_LENGTH = 253;

/** "must be no more than N characters" (bytes are counted). */
export function maxLengthComplaint(length: number): string {
  return `must be no more than ${length} characters`;
}

/** "must be between A and B, inclusive". */
export function rangeComplaint(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

/** A complaint that ends with examples and the expression the value was held against. */
export function patternComplaint(words: string, pattern: string, ...examples: readonly string[]): string {
  if (examples.length === 0) return `${words} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(" or ");
  return `${words} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

function isLowerAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** True for lower-case labels of letters, digits and inner hyphens between two positions of a text, whatever the length. */
function isLabelShaped(text: string, from: number, to: number): boolean {
  if (from >= to || !isLowerAlphanumeric(text.charCodeAt(from)) || !isLowerAlphanumeric(text.charCodeAt(to - 1))) return false;
  for (let at = from + 1; at < to - 1; at++) {
    const code = text.charCodeAt(at);
    if (!isLowerAlphanumeric(code) && code !== 45) return false;
  }
  return true;
}

/** True for dot-separated labels, whatever the length. */
function isSubdomainShaped(text: string): boolean {
  let from = 0;
  for (;;) {
    const dot = text.indexOf(".", from);
    if (!isLabelShaped(text, from, dot < 0 ? text.length : dot)) return false;
    if (dot < 0) return true;
    from = dot + 1;
  }
}

/** Complaints about an RFC 1123 label ("my-name"). */
export function dns1123LabelErrors(name: string): readonly string[] {
  const shaped = isLabelShaped(name, 0, name.length);
  if (shaped && name.length <= LABEL_MAX_LENGTH) return NO_COMPLAINTS;
  const errors: string[] = [];
  if (byteLength(name) > LABEL_MAX_LENGTH) errors.push(maxLengthComplaint(LABEL_MAX_LENGTH));
  if (shaped) return errors;
  errors.push(isSubdomainShaped(name) ? "must not contain dots" : patternComplaint(LABEL_WORDS, LABEL, "my-name", "123-abc"));
  return errors;
}

/** Complaints about an RFC 1123 subdomain ("example.com"). */
export function dns1123SubdomainErrors(name: string): readonly string[] {
  const shaped = isSubdomainShaped(name);
  if (shaped && name.length <= SUBDOMAIN_MAX_LENGTH) return NO_COMPLAINTS;
  const errors: string[] = [];
  if (byteLength(name) > SUBDOMAIN_MAX_LENGTH) errors.push(maxLengthComplaint(SUBDOMAIN_MAX_LENGTH));
  if (!shaped) errors.push(patternComplaint(SUBDOMAIN_WORDS, SUBDOMAIN, "example.com"));
  return errors;
}

/** As {@link dns1123SubdomainErrors}, underscores allowed (DNS search domains). */
export function dns1123SubdomainWithUnderscoreErrors(name: string): readonly string[] {
  const errors: string[] = [];
  if (byteLength(name) > SUBDOMAIN_MAX_LENGTH) errors.push(maxLengthComplaint(SUBDOMAIN_MAX_LENGTH));
  if (!UNDERSCORE_SUBDOMAIN_RE.test(name)) errors.push(patternComplaint(UNDERSCORE_WORDS, UNDERSCORE_SUBDOMAIN, "example.com"));
  return errors;
}

/** Complaints about an RFC 1035 label: as 1123, but it begins with a letter (Service names). */
export function dns1035LabelErrors(name: string): readonly string[] {
  const first = name.charCodeAt(0);
  const shaped = first >= 97 && first <= 122 && isLabelShaped(name, 0, name.length);
  if (shaped && name.length <= LABEL_MAX_LENGTH) return NO_COMPLAINTS;
  const errors: string[] = [];
  if (byteLength(name) > LABEL_MAX_LENGTH) errors.push(maxLengthComplaint(LABEL_MAX_LENGTH));
  if (!shaped) errors.push(patternComplaint(LABEL_1035_WORDS, LABEL_1035, "my-name", "abc-123"));
  return errors;
}

/** Complaints about a wildcard host ("*.example.com"). */
export function wildcardSubdomainErrors(name: string): readonly string[] {
  const errors: string[] = [];
  if (byteLength(name) > SUBDOMAIN_MAX_LENGTH) errors.push(maxLengthComplaint(SUBDOMAIN_MAX_LENGTH));
  const shaped = name.startsWith("*.") && isSubdomainShaped(name.slice(2));
  if (!shaped) errors.push(patternComplaint(WILDCARD_WORDS, WILDCARD, "*.example.com"));
  return errors;
}
