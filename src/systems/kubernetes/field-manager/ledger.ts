/**
 * Who owns which field, kept so that ordinary writes cost nearly nothing.
 *
 * Upstream rewrites metadata.managedFields in every write. Controllers never look at it, so here a write only notes who
 * made it and what the object was before (a reference; objects are immutable and share their parts). The sets of fields
 * are worked out from these notes when somebody looks (a person reads the object, or applies to it) or when more than
 * {@link MAX_NOTES} notes have come together. Writes in a row by the same manager make one note, so a kubelet's or a
 * lease holder's endless updates keep exactly one old version alive. The state after a note is the state before the next
 * one, or the object itself.
 * Difference from upstream: a field that one manager changes and changes back between two looks is not taken as changed.
 */
import { rfc3339 } from "../../../base/time/index.ts";
import type { KubeObject, ManagedFieldsEntry } from "../api/index.ts";
import type { SchemaNode } from "../schema/index.ts";
import { compareFields } from "./compare.ts";
import { differenceOf, type FieldSet, isEmptySet, NO_FIELDS, unionOf } from "./field-set.ts";

/** Who writes: the field manager, how, and through which version and sub-resource. */
export interface Writer {
  /** "" = a write that is nobody's (a binding, admission): its fields have no owner. */
  readonly manager: string;
  readonly apiVersion: string;
  readonly subresource: string;
}

/** One manager's fields, worked out. */
export interface Ownership extends Writer {
  readonly operation: "Apply" | "Update";
  /** RFC 3339. */
  readonly time: string;
  readonly fields: FieldSet;
}

/** A write whose fields have not been worked out. */
interface WriteNote extends Writer {
  readonly before: KubeObject | undefined;
  /** What the manager sent, where that differs from what was stored (a creation before admission). */
  readonly sent: KubeObject | undefined;
}

/** Ownership of one object's fields. Immutable plain data, stored beside the object. */
export interface Ledger {
  readonly owners: readonly Ownership[];
  readonly notes: readonly WriteNote[];
  /** When each note's last write was, ms; the last one's is {@link Ledger.at}, so that a repeated write copies nothing. */
  readonly times: readonly number[];
  readonly at: number;
}

/** Nobody owns anything. */
export const EMPTY_LEDGER: Ledger = Object.freeze({ owners: [], notes: [], times: [], at: 0 });
const MAX_NOTES = 6;

/** Finds the schema of an object. */
export type SchemaOf = (object: KubeObject) => SchemaNode | undefined;

/** Notes a write. `before` is the stored object (undefined = created); `sent` see {@link Ledger}. */
export function noteWrite(ledger: Ledger, writer: Writer, at: number, before: KubeObject | undefined, schemaOf: SchemaOf, sent?: KubeObject): Ledger {
  const { notes } = ledger;
  const last = notes.length === 0 ? undefined : notes[notes.length - 1];
  if (last !== undefined && sent === undefined && last.sent === undefined && isSameWriter(last, writer)) {
    return { owners: ledger.owners, notes, times: ledger.times, at };
  }
  const note: WriteNote = { manager: writer.manager, apiVersion: writer.apiVersion, subresource: writer.subresource, before, sent };
  if (notes.length >= MAX_NOTES && before !== undefined) return { owners: settle(ledger, before, schemaOf), notes: [note], times: [], at };
  return { owners: ledger.owners, notes: [...notes, note], times: notes.length === 0 ? ledger.times : [...ledger.times, ledger.at], at };
}

/** A ledger without open notes. */
export function settledLedger(owners: readonly Ownership[]): Ledger {
  return { owners, notes: [], times: [], at: 0 };
}

function isSameWriter(a: Writer, b: Writer): boolean {
  return a.manager === b.manager && a.subresource === b.subresource && a.apiVersion === b.apiVersion;
}

/** Who owns what, given the object as it is now. */
export function settle(ledger: Ledger, current: KubeObject, schemaOf: SchemaOf): readonly Ownership[] {
  let { owners } = ledger;
  const { notes } = ledger;
  for (const [index, note] of notes.entries()) {
    const after = note.sent ?? notes[index + 1]?.before ?? current;
    owners = afterUpdate(owners, note, ledger.times[index] ?? ledger.at, after, schemaOf(current));
  }
  return owners;
}

/** Ownership after one manager's update (merge/update.go, Update): what it changed is its own and nobody else's. */
function afterUpdate(owners: readonly Ownership[], note: WriteNote, at: number, after: KubeObject, schema: SchemaNode | undefined): readonly Ownership[] {
  const { added, removed, modified } = compareFields(note.before, after, schema);
  const taken = unionOf(added, modified);
  if (isEmptySet(taken) && isEmptySet(removed)) return owners;
  const lost = unionOf(taken, removed);
  const next: Ownership[] = [];
  let own: Ownership | undefined;
  for (const owner of owners) {
    if (note.manager !== "" && owner.operation === "Update" && isSameWriter(owner, note)) own = owner;
    else keep(next, owner, differenceOf(owner.fields, lost));
  }
  if (note.manager === "") return next;
  const fields = unionOf(differenceOf(own?.fields ?? NO_FIELDS, removed), taken);
  const { manager, apiVersion, subresource } = note;
  if (!isEmptySet(fields)) next.push({ manager, apiVersion, subresource, operation: "Update", time: rfc3339(at), fields });
  return next;
}

function keep(owners: Ownership[], owner: Ownership, fields: FieldSet): void {
  if (isEmptySet(fields)) return;
  owners.push(fields === owner.fields ? owner : { ...owner, fields });
}

/** Ownership as metadata.managedFields shows it, in upstream's order (managedfields/internal/managedfields.go, sortEncodedManagers). */
export function managedFields(owners: readonly Ownership[]): readonly ManagedFieldsEntry[] {
  return [...owners].sort(inOrder).map((owner) => ({
    manager: owner.manager, operation: owner.operation, apiVersion: owner.apiVersion, time: owner.time, fieldsType: "FieldsV1", fieldsV1: owner.fields,
    ...(owner.subresource === "" ? {} : { subresource: owner.subresource }),
  }));
}

function inOrder(a: Ownership, b: Ownership): number {
  return byText(a.operation, b.operation) || byText(a.time, b.time) || byText(a.manager, b.manager) || byText(a.apiVersion, b.apiVersion) || byText(a.subresource, b.subresource);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
