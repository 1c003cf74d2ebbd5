import type { ResourceInfo } from "./resources.ts";
import type { SchemaNode } from "./node.ts";

/** A kind that the API server knows: built in, or from a CustomResourceDefinition. */
export interface KindEntry {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: SchemaNode;
  /** True when a CustomResourceDefinition made it: pruned instead of decoded into Go types. */
  readonly custom: boolean;
  /** Absent for kinds that are no resource of their own (Scale, DeleteOptions, PodList). */
  readonly info?: ResourceInfo;
}
