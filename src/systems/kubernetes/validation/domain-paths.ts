/** Names such as "acme.io/foo". Source: apimachinery v1.36 pkg/util/validation/validation.go, IsDomainPrefixedPath. */
import { dns1123SubdomainErrors, patternComplaint } from "../../../base/names/index.ts";
import { invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complainAt } from "./field-rules.ts";

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const HTTP_PATH_RE = /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/;

/** A domain, a slash and a path. */
export function validateDomainPrefixedPath(value: string | undefined, path: FieldPath, errors: FieldErrors): void {
  if (value === undefined || value === "") {
    required(errors, path);
    return;
  }
  const slash = value.indexOf("/");
  if (slash <= 0 || slash === value.length - 1) {
    invalid(errors, path, value, 'must be a domain-prefixed path (such as "acme.io/foo")');
    return;
  }
  const host = value.slice(0, slash);
  complainAt(errors, path, host, dns1123SubdomainErrors(host));
  const rest = value.slice(slash + 1);
  if (!HTTP_PATH_RE.test(rest)) invalid(errors, path, rest, patternComplaint("Invalid path", HTTP_PATH));
}
