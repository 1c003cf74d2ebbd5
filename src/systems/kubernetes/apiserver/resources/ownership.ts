/** Field ownership next to stored objects: who writes, and what people see of it. The bookkeeping is the field-manager module's. */
import { extended } from "../../../../base/plain/index.ts";
import type { ApiRequest, KubeObject, Stored } from "../../api/index.ts";
import { EMPTY_LEDGER, type Ledger, managedFields, noteWrite, type Ownership, settle, type Writer } from "../../field-manager/index.ts";
import { type KindRegistry, lookupKind, type SchemaNode } from "../../schema/index.ts";
import type { Server } from "../state.ts";
import { isTrusted } from "./completion.ts";

const MAX_MANAGER_LENGTH = 128;

/** The field manager of a request: its own word, or the first part of the User-Agent (endpoints/handlers/create.go, managerOrUserAgent). */
export function managerOf(call: ApiRequest): string {
  const given = call.options?.fieldManager ?? "";
  if (given !== "") return given;
  const slash = call.agent.indexOf("/");
  const program = slash < 0 ? call.agent : call.agent.slice(0, slash);
  return program.length > MAX_MANAGER_LENGTH ? program.slice(0, MAX_MANAGER_LENGTH) : program;
}

/** The writer of a request. */
export function writerOf(call: ApiRequest): Writer {
  return { manager: managerOf(call), apiVersion: call.group === "" ? call.version : `${call.group}/${call.version}`, subresource: call.subresource ?? "" };
}

/** Writes of the system itself that nobody is to own, such as a binding. */
const NOBODY: Writer = Object.freeze({ manager: "", apiVersion: "", subresource: "" });

function schemaIn(kinds: KindRegistry): (object: KubeObject) => SchemaNode | undefined {
  return (object) => lookupKind(kinds, object.apiVersion ?? "", object.kind ?? "")?.schema;
}

/** The ledger beside a stored object. */
export function ledgerOf(fields: unknown): Ledger {
  return (fields as Ledger | undefined) ?? EMPTY_LEDGER;
}

/**
 * Ownership of a new object: its creator's is what the creator sent (with defaults), not what admission, the strategy and
 * allocation put in. Components' creations keep no second copy; what admission adds is taken off by name when shown.
 */
export function createdFields(server: Server, call: ApiRequest, sent: KubeObject, stored: KubeObject): Ledger {
  const { kinds } = server.state;
  const second = isTrusted(call) || sent === stored ? undefined : withoutStatus(sent, stored);
  return noteWrite(EMPTY_LEDGER, writerOf(call), server.context.now, undefined, schemaIn(kinds), second);
}

/** Status belongs to nobody where the strategy resets it. */
function withoutStatus(sent: KubeObject, stored: KubeObject): KubeObject {
  if (stored.kind === "Node" || !("status" in sent)) return sent;
  const { status: _status, ...rest } = sent;
  return rest;
}

/** Ownership after an update. */
export function updatedFields(server: Server, call: ApiRequest, before: Stored, fields: unknown): Ledger {
  return noteWrite(ledgerOf(fields), writerOf(call), server.context.now, before, schemaIn(server.state.kinds));
}

/** Ownership after a write that is nobody's. */
export function unownedFields(server: Server, before: Stored, fields: unknown): Ledger {
  return noteWrite(ledgerOf(fields), NOBODY, server.context.now, before, schemaIn(server.state.kinds));
}

/** Who owns what of a stored object now. */
export function ownersOf(kinds: KindRegistry, object: Stored, fields: unknown): readonly Ownership[] {
  const ledger = ledgerOf(fields);
  const known = settled.get(ledger);
  if (known !== undefined) return known;
  const owners = settle(ledger, object, schemaIn(kinds));
  if (ledger !== EMPTY_LEDGER) settled.set(ledger, owners);
  return owners;
}

/** Ledgers worked out, so that lists read twice cost once. A ledger belongs to one state of one object. Pure derived data. */
const settled = new WeakMap<Ledger, readonly Ownership[]>();

/** The object with metadata.managedFields, as people see it. */
export function showManagedFields(kinds: KindRegistry, object: Stored, shown: Stored, fields: unknown): Stored {
  if (fields === undefined) return shown;
  const entries = managedFields(ownersOf(kinds, object, fields));
  return entries.length === 0 ? shown : Object.freeze(extended(shown, { metadata: Object.freeze(extended(shown.metadata, { managedFields: entries })) }));
}
