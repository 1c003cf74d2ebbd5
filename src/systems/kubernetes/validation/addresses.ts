/**
 * IP addresses and CIDR ranges in fields. Source: apimachinery v1.36 pkg/util/validation/ip.go;
 * kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateNonSpecialIP.
 */
import { formatCidr, networkOf, parseCidr, parseIp } from "../../../base/ip/index.ts";
import { invalid, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";

const LEGACY_IP = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
const LEGACY_CIDR = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

/** Addresses found well-formed, so that the same pod's address is read once. Emptied when large; never changes an answer. */
const wellFormed = new Set<string>();
const REMEMBERED = 8192;

/** An address as older fields take it: well-formed, but not necessarily canonical. True when it is. */
export function validateLegacyIp(value: string, path: FieldPath, errors: FieldErrors): boolean {
  if (wellFormed.has(value)) return true;
  const address = parseIp(value);
  if (address === undefined) invalid(errors, path, value, LEGACY_IP);
  else if (address.leadingZeros === true) invalid(errors, path, value, "must not have leading 0s");
  else if (address.mapped === true) invalid(errors, path, value, "must not be an IPv4-mapped IPv6 address");
  else {
    if (wellFormed.size >= REMEMBERED) wellFormed.clear();
    wellFormed.add(value);
    return true;
  }
  return false;
}

/** A range as older fields take it. True when it is well-formed. */
export function validateLegacyCidr(value: string, path: FieldPath, errors: FieldErrors): boolean {
  const range = parseCidr(value);
  if (range === undefined) invalid(errors, path, value, LEGACY_CIDR);
  else if (range.leadingZeros === true) invalid(errors, path, value, "must not have leading 0s in IP or prefix length");
  else if (range.address.mapped === true) invalid(errors, path, value, "must not have an IPv4-mapped IPv6 address");
  else if (networkOf(range).value !== range.address.value) invalid(errors, path, value, "must not have bits set beyond the prefix length");
  else return true;
  return false;
}

/** A range in canonical form. */
export function validateCidr(value: string, path: FieldPath, errors: FieldErrors): void {
  if (!validateLegacyCidr(value, path, errors)) return;
  const range = parseCidr(value);
  const canonical = range === undefined ? value : formatCidr(range);
  if (canonical !== value) invalid(errors, path, value, `must be in canonical form ("${canonical}")`);
}

/** The address may not be unspecified, loopback or link-local. */
export function validateNonSpecialIp(value: string, path: FieldPath, errors: FieldErrors): void {
  const address = parseIp(value);
  if (address === undefined) {
    invalid(errors, path, value, "must be a valid IP address");
    return;
  }
  const v4 = address.family === 4;
  const bits = address.value;
  if (bits === 0n) invalid(errors, path, value, `may not be unspecified (${value})`);
  if (v4 ? bits >> 24n === 127n : bits === 1n) invalid(errors, path, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (v4 ? bits >> 16n === 0xa9fen : bits >> 118n === 0x3fan) {
    invalid(errors, path, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  }
  if (v4 ? bits >> 8n === 0xe00000n : bits >> 112n === 0xff02n) {
    invalid(errors, path, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
  }
}
