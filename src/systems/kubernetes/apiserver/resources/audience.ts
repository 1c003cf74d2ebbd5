import type { ApiRequest } from "../../api/index.ts";

/** True when a person or a program outside reads: then field ownership is written out. Components don't look at it. */
export function isShown(call: ApiRequest): boolean {
  return call.token !== undefined || !call.user.startsWith("system:");
}
