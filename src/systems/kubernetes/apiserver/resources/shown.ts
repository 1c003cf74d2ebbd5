/** How a stored object is shown: in the version asked for and, to people, with its field ownership written out. */
import type { Stored } from "../../api/index.ts";
import { showManagedFields } from "../resources/ownership.ts";

/** The object in version `apiVersion`; `toPerson` adds metadata.managedFields. Shares what doesn't change. */
export function shownAs(object: Stored, fields: unknown, apiVersion: string, toPerson: boolean): Stored {
  const converted = object.apiVersion === apiVersion ? object : convertTo(object, apiVersion);
  return toPerson ? showManagedFields(converted, fields) : converted;
}

function convertTo(object: Stored, apiVersion: string): Stored {
  return Object.freeze({ ...object, apiVersion });
}
