/** Which kinds there are, what their objects look like, and how the API server reads, completes and converts them. */
export * from "./node.ts";
export { schemaFor } from "./builtin.ts";
export { apiVersionOf, builtinResources, findKind, findResource, splitApiVersion } from "./resources.ts";
export type { ResourceInfo, SubresourceInfo } from "./resources.ts";
export type { KindEntry } from "./kind-entry.ts";
export { allResources, compareVersions, emptyRegistry, lookupKind, lookupResource, registerCustomResource, unregisterCustomResource } from "./kind-registry.ts";
export type { KindRegistry, RegisteredKind, ScalePaths } from "./kind-registry.ts";
export { suggestKinds } from "./suggestions.ts";
export { decodeObject } from "./decode/decode-object.ts";
export type { DecodeOptions, DecodeResult, FieldValidation } from "./decode/decode-object.ts";
export { applyDefaults } from "./defaults/apply-defaults.ts";
export type { DefaultsContext } from "./defaults/apply-defaults.ts";
export { convert } from "./convert/convert.ts";
export { strategyOf } from "./strategy.ts";
export type { KindStrategy } from "./strategy.ts";
export { validateCustomObject } from "./custom/validate.ts";
export type { SchemaViolation } from "./custom/violation.ts";
