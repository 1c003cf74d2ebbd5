/**
 * IP addresses and CIDR ranges as numbers. Sources: the Go library, net.ParseIP and netip (RFC 4291, RFC 5952);
 * k8s.io/utils/net for the lenient reading of IPv4 octets with leading zeros.
 */

/** An address: 32 or 128 bits as a number. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
  /** Set for IPv4 octets written with leading zeros ("010.0.0.1"). */
  readonly leadingZeros?: true;
  /** Set for an IPv4 address inside IPv6 ("::ffff:10.0.0.1"); the family is then 4. */
  readonly mapped?: true;
}

/** A range of addresses: those whose first `prefixLength` bits equal the address's. */
export interface IpRange {
  readonly address: IpAddress;
  readonly prefixLength: number;
  readonly leadingZeros?: true;
}

const MAPPED_PREFIX = 0xffffn << 32n;

function parseV4(text: string): IpAddress | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  let leadingZeros = false;
  for (const part of parts) {
    if (!/^[0-9]+$/.test(part)) return undefined;
    const octet = Number(part);
    if (octet > 255) return undefined;
    leadingZeros ||= part.length > 1 && part.startsWith("0");
    value = (value << 8n) | BigInt(octet);
  }
  return leadingZeros ? { family: 4, value, leadingZeros } : { family: 4, value };
}

function groupsOf(text: string): readonly bigint[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const groups: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.includes(".")) {
      const v4 = index === parts.length - 1 ? parseV4(part) : undefined;
      if (v4 === undefined) return undefined;
      groups.push(v4.value >> 16n, v4.value & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function parseV6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2 || (halves.length === 2 && halves[0]?.includes(".") === true)) return undefined;
  const head = groupsOf(halves[0] ?? "");
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? "") : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array.from({ length: missing }, () => 0n), ...tail]) value = (value << 16n) | group;
  if (value >> 32n === 0xffffn) return { family: 4, value: value - MAPPED_PREFIX, mapped: true };
  return { family: 6, value };
}

/** Reads an address leniently (leading zeros and IPv4-in-IPv6 are taken and noted), or undefined. */
export function parseIp(text: string): IpAddress | undefined {
  return text.includes(":") ? parseV6(text) : parseV4(text);
}

function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let end = start;
    while (groups[end] === "0") end++;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}

function formatV6(value: bigint): string {
  const groups: string[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) groups.push(((value >> shift) & 0xffffn).toString(16));
  const zeros = longestZeros(groups);
  if (zeros.start < 0) return groups.join(":");
  return `${groups.slice(0, zeros.start).join(":")}::${groups.slice(zeros.start + zeros.length).join(":")}`;
}

/** The canonical text: dotted for IPv4, RFC 5952 for IPv6. */
export function formatIp(address: IpAddress): string {
  if (address.family === 6) return formatV6(address.value);
  return [24n, 16n, 8n, 0n].map((shift) => ((address.value >> shift) & 0xffn).toString()).join(".");
}

/** The number of bits of an address of the family. */
export function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

/** Reads "ADDRESS/LENGTH" leniently, or undefined; the address keeps the bits beyond the prefix. */
export function parseCidr(text: string): IpRange | undefined {
  const slash = text.indexOf("/");
  const length = text.slice(slash + 1);
  const address = slash < 0 ? undefined : parseIp(text.slice(0, slash));
  if (address === undefined || !/^[0-9]{1,3}$/.test(length)) return undefined;
  const prefixLength = Number(length) - (address.mapped === true ? 96 : 0);
  if (prefixLength < 0 || prefixLength > bitsOf(address.family)) return undefined;
  const zeros = address.leadingZeros === true || (length.length > 1 && length.startsWith("0"));
  return zeros ? { address, prefixLength, leadingZeros: true } : { address, prefixLength };
}

/** The first address of the range. */
export function networkOf(range: IpRange): IpAddress {
  const { family, value } = range.address;
  const hostBits = BigInt(bitsOf(family) - range.prefixLength);
  return { family, value: (value >> hostBits) << hostBits };
}

/** The canonical text of the range: its first address and its length. */
export function formatCidr(range: IpRange): string {
  return `${formatIp(networkOf(range))}/${range.prefixLength}`;
}

/** True when the address lies in the range. */
export function rangeContains(range: IpRange, address: IpAddress): boolean {
  if (range.address.family !== address.family) return false;
  const hostBits = BigInt(bitsOf(address.family) - range.prefixLength);
  return address.value >> hostBits === range.address.value >> hostBits;
}
