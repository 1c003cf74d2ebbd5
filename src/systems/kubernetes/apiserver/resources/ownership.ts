/** Field ownership next to stored objects. */
import type { ApiRequest, KubeObject, Stored } from "../../api/index.ts";
import type { Server } from "../state.ts";

/** The object with metadata.managedFields, as people see it. */
export function showManagedFields(object: Stored, _fields: unknown): Stored {
  return object;
}

/** Ownership of a new object's fields. */
export function createdFields(_server: Server, _call: ApiRequest, _object: KubeObject): unknown {
  return undefined;
}

/** Ownership after an update. */
export function updatedFields(_server: Server, _call: ApiRequest, _before: Stored, _after: KubeObject, fields: unknown): unknown {
  return fields;
}
