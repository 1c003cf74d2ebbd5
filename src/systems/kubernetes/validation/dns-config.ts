/** DNS settings and host aliases of pods. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validatePodDNSConfig. */
import { dns1123SubdomainErrors, dns1123SubdomainWithUnderscoreErrors } from "../../../base/names/index.ts";
import type { HostAlias, PodDNSConfig, PodSpec } from "../api/index.ts";
import { validateLegacyIp } from "./addresses.ts";
import { invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complainAt, isEmpty } from "./field-rules.ts";

const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;
const MAX_SEARCH_CHARACTERS = 2048;

function validateSearches(searches: readonly string[], path: FieldPath, errors: FieldErrors): void {
  if (searches.length > MAX_SEARCHES) invalid(errors, path, searches, `must not have more than ${MAX_SEARCHES} search paths`);
  if (searches.join(" ").length > MAX_SEARCH_CHARACTERS) {
    invalid(errors, path, searches, `must not have more than ${MAX_SEARCH_CHARACTERS} characters (including spaces) in the search list`);
  }
  searches.forEach((search, index) => {
    if (search === ".") return;
    const name = search.endsWith(".") ? search.slice(0, -1) : search;
    complainAt(errors, path.index(index), name, dns1123SubdomainWithUnderscoreErrors(name));
  });
}

function validateConfig(config: PodDNSConfig, path: FieldPath, errors: FieldErrors): void {
  const nameservers = config.nameservers ?? [];
  const at = path.child("nameservers");
  if (nameservers.length > MAX_NAMESERVERS) invalid(errors, at, nameservers, `must not have more than ${MAX_NAMESERVERS} nameservers`);
  nameservers.forEach((nameserver, index) => validateLegacyIp(nameserver, at.index(index), errors));
  validateSearches(config.searches ?? [], path.child("searches"), errors);
  config.options?.forEach((option, index) => {
    if (isEmpty(option.name)) required(errors, path.child("options").index(index), "must not be empty");
  });
}

/** dnsConfig, which the policy "None" needs. */
export function validateDnsConfig(spec: PodSpec, path: FieldPath, errors: FieldErrors): void {
  const config = spec.dnsConfig;
  if (spec.dnsPolicy === "None") {
    if (config === undefined) {
      required(errors, path, "must provide `dnsConfig` when `dnsPolicy` is None");
      return;
    }
    if ((config.nameservers?.length ?? 0) === 0) {
      required(errors, path.child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None");
      return;
    }
  }
  if (config !== undefined) validateConfig(config, path, errors);
}

/** hostAliases. */
export function validateHostAliases(aliases: readonly HostAlias[] | undefined, path: FieldPath, errors: FieldErrors): void {
  aliases?.forEach((alias, index) => {
    const at = path.index(index);
    validateLegacyIp(alias.ip ?? "", at.child("ip"), errors);
    alias.hostnames?.forEach((hostname, position) => complainAt(errors, at.child("hostnames").index(position), hostname, dns1123SubdomainErrors(hostname)));
  });
}
