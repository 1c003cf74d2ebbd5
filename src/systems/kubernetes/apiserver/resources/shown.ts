/** How a stored object is shown: in the version asked for and, to people, with its field ownership written out. */
import type { Stored } from "../../api/index.ts";
import { convert, type KindRegistry } from "../../schema/index.ts";
import { showManagedFields } from "./ownership.ts";

/** The object in version `apiVersion`; `toPerson` adds metadata.managedFields. Shares what doesn't change. */
export function shownAs(kinds: KindRegistry, object: Stored, fields: unknown, apiVersion: string, toPerson: boolean): Stored {
  const converted = object.apiVersion === apiVersion ? object : (Object.freeze(convert(object, apiVersion)) as Stored);
  return toPerson ? showManagedFields(kinds, object, converted, fields) : converted;
}
