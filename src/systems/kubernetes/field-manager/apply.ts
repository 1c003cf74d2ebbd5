/**
 * Server-side apply: a configuration becomes the applier's opinion about the fields it names.
 * Source: structured-merge-diff v6 merge/update.go (Apply, prune) and apimachinery v1.36 pkg/util/managedfields.
 */
import type { KubeObject } from "../api/index.ts";
import type { SchemaNode } from "../schema/index.ts";
import { compareFields } from "./compare.ts";
import { type Conflict, conflictsWith } from "./conflicts.ts";
import { differenceOf, type FieldSet, isEmptySet, unionOf } from "./field-set.ts";
import { fieldsOf } from "./fields-of.ts";
import type { Ownership, Writer } from "./ledger.ts";
import { mergeConfiguration, removeFields } from "./merge.ts";

/** What applying comes to: the object and its owners, or the fields other managers hold. */
export type Applied = { readonly object: KubeObject; readonly owners: readonly Ownership[] } | { readonly conflicts: readonly Conflict[] };

/** Applies a configuration to a live object. `time` RFC 3339; `force` takes fields from their owners. */
export function applyConfiguration(
  live: KubeObject, owners: readonly Ownership[], configuration: KubeObject, writer: Writer, time: string, force: boolean, schema: SchemaNode | undefined,
): Applied {
  const mine = owners.find((owner) => isApplier(owner, writer));
  const others = owners.filter((owner) => owner !== mine);
  const wanted = fieldsOf(configuration, schema);
  const merged = mergeConfiguration(live, configuration, schema) as KubeObject;
  const object = mine === undefined ? merged : prune(merged, mine.fields, wanted, others, schema);
  const { added, removed, modified } = compareFields(live, object, schema);
  const taken = unionOf(added, modified);
  const conflicts = conflictsWith(others, taken);
  if (conflicts.length > 0 && !force) return { conflicts };
  const next: Ownership[] = [];
  const lost = unionOf(conflicts.length > 0 ? taken : NONE, removed);
  for (const owner of others) {
    const fields = differenceOf(owner.fields, lost);
    if (!isEmptySet(fields)) next.push(fields === owner.fields ? owner : { ...owner, fields });
  }
  next.push(applierEntry(mine, writer, time, wanted, isEmptySet(taken) && isEmptySet(removed)));
  return { object, owners: next };
}

const NONE: FieldSet = {};

/** The time of an applier's entry stays as long as its apply changes nothing (managedfields/internal/skipnonapplied.go and lastappliedmanager). */
function applierEntry(mine: Ownership | undefined, writer: Writer, time: string, fields: FieldSet, same: boolean): Ownership {
  const unchanged = mine !== undefined && same && mine.apiVersion === writer.apiVersion && JSON.stringify(mine.fields) === JSON.stringify(fields);
  return unchanged ? mine : { manager: writer.manager, apiVersion: writer.apiVersion, subresource: writer.subresource, operation: "Apply", time, fields };
}

function isApplier(owner: Ownership, writer: Writer): boolean {
  return owner.operation === "Apply" && owner.manager === writer.manager && owner.subresource === writer.subresource;
}

/** Takes out what this applier applied before and no longer does, unless others own it. */
function prune(merged: KubeObject, last: FieldSet, wanted: FieldSet, others: readonly Ownership[], schema: SchemaNode | undefined): KubeObject {
  let kept = wanted;
  for (const owner of others) kept = unionOf(kept, owner.fields);
  const gone = differenceOf(last, kept);
  return isEmptySet(gone) ? merged : (removeFields(merged, gone, kept, schema) as KubeObject);
}
