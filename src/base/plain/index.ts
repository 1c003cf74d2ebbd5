/** Plain data: what component state, messages and API objects are made of. */
export { copyPlain } from "./copy.ts";
export { extended } from "./extended.ts";
export { deepFreeze } from "./freeze.ts";
