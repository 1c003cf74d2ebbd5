/** NetworkPolicies, IPAddresses and ServiceCIDRs. Source: kubernetes v1.36 pkg/apis/networking/validation/validation.go. */
import { bitsOf, formatCidr, formatIp, networkOf, parseCidr, parseIp, rangeContains } from "../../../base/ip/index.ts";
import { portNameErrors } from "../../../base/names/index.ts";
import type { IPAddress, IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec, ServiceCIDR } from "../api/index.ts";
import { validateCidr, validateLegacyCidr } from "./addresses.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import { SPEC, type FieldPath } from "./field-path.ts";
import { complain, immutable, isEmpty, portNumberErrors } from "./field-rules.ts";
import { validateLabelSelector } from "./labels.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate, type NameRule } from "./object-meta.ts";

const PROTOCOLS: readonly string[] = ["TCP", "UDP", "SCTP"];
const POLICY_TYPES: readonly string[] = ["Ingress", "Egress"];

function validateEndPort(port: NetworkPolicyPort, path: FieldPath, errors: FieldErrors): void {
  const { endPort } = port;
  if (endPort === undefined) return;
  if (typeof port.port === "string") {
    invalid(errors, path.child("endPort"), endPort, "may not be specified when `port` is non-numeric");
    return;
  }
  if (port.port === undefined) {
    invalid(errors, path.child("endPort"), endPort, "must be specified with `port`");
    return;
  }
  if (endPort < port.port) invalid(errors, path.child("endPort"), endPort, "must be greater than or equal to `port`");
  complain(errors, path, "endPort", endPort, portNumberErrors(endPort));
}

function validatePort(port: NetworkPolicyPort, path: FieldPath, errors: FieldErrors): void {
  if (port.protocol !== undefined && !PROTOCOLS.includes(port.protocol)) notSupported(errors, path.child("protocol"), port.protocol, PROTOCOLS);
  if (typeof port.port === "number") complain(errors, path, "port", port.port, portNumberErrors(port.port));
  else if (port.port !== undefined) complain(errors, path, "port", port.port, portNameErrors(port.port));
  validateEndPort(port, path, errors);
}

function validateIpBlock(block: IPBlock, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(block.cidr)) {
    required(errors, path.child("cidr"));
    return;
  }
  if (!validateLegacyCidr(block.cidr, path.child("cidr"), errors)) return;
  const range = parseCidr(block.cidr);
  block.except?.forEach((text, index) => {
    const at = path.child("except").index(index);
    if (!validateLegacyCidr(text, at, errors)) return;
    const hole = parseCidr(text);
    if (range === undefined || hole === undefined) return;
    const inside = rangeContains(range, networkOf(hole)) && range.prefixLength < hole.prefixLength;
    if (!inside) invalid(errors, at, text, "must be a strict subset of `cidr`");
  });
}

function validatePeer(peer: NetworkPolicyPeer, path: FieldPath, errors: FieldErrors): void {
  const peers = [peer.podSelector, peer.namespaceSelector, peer.ipBlock].filter((part) => part !== undefined).length;
  validateLabelSelector(peer.podSelector, path.child("podSelector"), errors);
  validateLabelSelector(peer.namespaceSelector, path.child("namespaceSelector"), errors);
  if (peer.ipBlock !== undefined) validateIpBlock(peer.ipBlock, path.child("ipBlock"), errors);
  if (peers === 0) required(errors, path, "must specify a peer");
  else if (peers > 1 && peer.ipBlock !== undefined) forbidden(errors, path, "may not specify both ipBlock and another peer");
}

interface Rule {
  readonly ports?: readonly NetworkPolicyPort[];
  readonly peers?: readonly NetworkPolicyPeer[] | undefined;
}

function validateRule(rule: Rule, peersField: string, path: FieldPath, errors: FieldErrors): void {
  rule.ports?.forEach((port, index) => validatePort(port, path.child("ports").index(index), errors));
  rule.peers?.forEach((peer, index) => validatePeer(peer, path.child(peersField).index(index), errors));
}

function validateSpec(spec: NetworkPolicySpec, errors: FieldErrors): void {
  validateLabelSelector(spec.podSelector, SPEC.child("podSelector"), errors);
  spec.ingress?.forEach((rule, index) => validateRule({ ...rule, peers: rule.from }, "from", SPEC.child("ingress").index(index), errors));
  spec.egress?.forEach((rule, index) => validateRule({ ...rule, peers: rule.to }, "to", SPEC.child("egress").index(index), errors));
  const types = spec.policyTypes ?? [];
  const path = SPEC.child("policyTypes");
  if (types.length > POLICY_TYPES.length) {
    invalid(errors, path, types, "may not specify more than two policyTypes");
    return;
  }
  types.forEach((type, index) => {
    if (!POLICY_TYPES.includes(type)) notSupported(errors, path.index(index), type, POLICY_TYPES);
  });
}

/** A new NetworkPolicy. */
export function validateNetworkPolicy(policy: NetworkPolicy, errors: FieldErrors): void {
  validateObjectMeta(policy.metadata, true, subdomainName, errors);
  validateSpec(policy.spec ?? {}, errors);
}

/** A changed NetworkPolicy. */
export function validateNetworkPolicyUpdate(next: NetworkPolicy, previous: NetworkPolicy, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateSpec(next.spec ?? {}, errors);
}

const addressName: NameRule = (name) => {
  const address = parseIp(name);
  if (address === undefined || address.leadingZeros === true) return ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
  const canonical = formatIp(address);
  return canonical === name ? [] : [`must be in canonical form ("${canonical}")`];
};

/** An IPAddress: the claim of a Service on an address, named by it. */
export function validateIpAddress(address: IPAddress, errors: FieldErrors): void {
  validateObjectMeta(address.metadata, false, addressName, errors);
  const parent = address.spec?.parentRef;
  if (parent === undefined) required(errors, SPEC.child("parentRef"));
  else for (const field of ["resource", "name"] as const) if (isEmpty(parent[field])) required(errors, SPEC.child("parentRef").child(field));
}

/** A changed IPAddress: its owner stays. */
export function validateIpAddressUpdate(next: IPAddress, previous: IPAddress, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  immutable(errors, SPEC.child("parentRef"), next.spec?.parentRef, previous.spec?.parentRef);
}

/** A ServiceCIDR: one range, or one of each family. */
export function validateServiceCidr(cidr: ServiceCIDR, errors: FieldErrors): void {
  validateObjectMeta(cidr.metadata, false, subdomainName, errors);
  const ranges = cidr.spec?.cidrs ?? [];
  const path = SPEC.child("cidrs");
  if (ranges.length === 0) {
    required(errors, path, "at least one CIDR required");
    return;
  }
  if (ranges.length > 2) {
    invalid(errors, path, cidr.spec, "may only hold up to 2 values");
    return;
  }
  const families = new Set(ranges.map((range) => bitsOf(parseCidr(range)?.address.family ?? 4)));
  if (ranges.length === 2 && families.size < 2) {
    invalid(errors, path, cidr.spec, `may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64`);
    return;
  }
  ranges.forEach((range, index) => validateCidr(range, path.index(index), errors));
}

/** A changed ServiceCIDR: its ranges stay. */
export function validateServiceCidrUpdate(next: ServiceCIDR, previous: ServiceCIDR, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  const texts = (object: ServiceCIDR): readonly string[] => (object.spec?.cidrs ?? []).map((range) => formatCidr(parseCidr(range) ?? { address: { family: 4, value: 0n }, prefixLength: 0 }));
  if (texts(next).join() !== texts(previous).join()) immutable(errors, SPEC.child("cidrs"), next.spec?.cidrs, previous.spec?.cidrs);
}
