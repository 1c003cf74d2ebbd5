/** Nodes. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidateNode, ValidateNodeUpdate. */
import { bitsOf, parseCidr } from "../../../base/ip/index.ts";
import type { Node } from "../api/index.ts";
import { validateLegacyCidr } from "./addresses.ts";
import { duplicate, forbidden, invalid, type FieldErrors } from "./field-errors.ts";
import { METADATA, SPEC, STATUS } from "./field-path.ts";
import { isEmpty } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { validateResourceQuantity } from "./resources.ts";
import { validateTaints } from "./tolerations.ts";

/** Upstream reports taints below metadata, not below spec. */
const TAINTS = METADATA.child("taints");
const POD_CIDRS = SPEC.child("podCIDRs");

function validateResources(node: Node, errors: FieldErrors): void {
  for (const list of ["capacity", "allocatable"] as const) {
    const quantities = node.status?.[list];
    for (const name in quantities) validateResourceQuantity(name, quantities[name] ?? 0, STATUS.child(list).child(name), errors);
  }
}

function validatePodCidrs(cidrs: readonly string[], errors: FieldErrors): void {
  cidrs.forEach((cidr, index) => validateLegacyCidr(cidr, POD_CIDRS.index(index), errors));
  if (cidrs.length < 2) return;
  const families = new Set(cidrs.map((cidr) => bitsOf(parseCidr(cidr)?.address.family ?? 4)));
  if (families.size < 2 || cidrs.length > 2) invalid(errors, POD_CIDRS, cidrs, "may specify no more than one CIDR for each IP family");
  cidrs.forEach((cidr, index) => {
    if (cidrs.indexOf(cidr) < index) duplicate(errors, POD_CIDRS.index(index), cidr);
  });
}

/** A new Node. */
export function validateNode(node: Node, errors: FieldErrors): void {
  validateObjectMeta(node.metadata, false, subdomainName, errors);
  validateTaints(node.spec?.taints, TAINTS, errors);
  validateResources(node, errors);
  validatePodCidrs(node.spec?.podCIDRs ?? [], errors);
}

function validateAddresses(node: Node, errors: FieldErrors): void {
  const seen = new Set<string>();
  node.status?.addresses?.forEach(({ type, address }, index) => {
    const key = `${type}/${address}`;
    if (seen.has(key)) duplicate(errors, STATUS.child("addresses").index(index), { Type: type, Address: address });
    seen.add(key);
  });
}

/** A changed Node: its pod ranges and provider id stay once set. */
export function validateNodeUpdate(next: Node, previous: Node, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateResources(next, errors);
  validateAddresses(next, errors);
  const before = previous.spec?.podCIDRs ?? [];
  const after = next.spec?.podCIDRs ?? [];
  const changed = before.length > 0 && (before.length !== after.length || before.some((cidr, index) => cidr !== after[index]));
  if (changed) forbidden(errors, POD_CIDRS, 'node updates may not change podCIDR except from "" to valid');
  if (!isEmpty(previous.spec?.providerID) && previous.spec?.providerID !== next.spec?.providerID) {
    forbidden(errors, SPEC.child("providerID"), 'node updates may not change providerID except from "" to valid');
  }
  validateTaints(next.spec?.taints, TAINTS, errors);
}
