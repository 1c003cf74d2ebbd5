/** Which kinds there are, what their objects look like, and how the API server reads, completes and converts them. */
export * from "./node.ts";
export { definitionSchema, schemaFor } from "./builtin.ts";
export { apiVersionOf, builtinResources, findKind, findResource, splitApiVersion } from "./resources.ts";
export type { ResourceInfo, SubresourceInfo } from "./resources.ts";
