/** The Kubernetes API's shapes: objects, requests, and the typed kinds of release 1.36. */
export * from "./object.ts";
export * from "./request.ts";
export * from "./component-ids.ts";
export type * from "./generated/index.ts";
