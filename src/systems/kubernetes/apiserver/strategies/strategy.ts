/**
 * What is particular to a kind when its objects are created, updated and deleted: the rest strategies of
 * kubernetes v1.36 pkg/registry/<group>/<resource>/strategy.go.
 */
import type { KubeObject } from "../../api/index.ts";

/** Parts of an object that strategies move about, untyped. */
export interface Parts extends KubeObject {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

/** Deletion without propagationPolicy (rest.GarbageCollectionDeleteStrategy). */
export type DefaultPropagation = "Background" | "Orphan";

/** See the module's comment; what is absent is as usual. */
export interface Strategy {
  /** Objects count their generations. */
  readonly generation?: boolean;
  /** Status that a new object has; "keep" = the creator's (nodes). Kinds with a status sub-resource start with {}. */
  readonly createStatus?: "keep" | ((object: Parts) => Readonly<Record<string, unknown>> | undefined);
  /** Fields outside spec and metadata whose change counts as a new generation. */
  readonly generationFields?: readonly string[];
  /** Last touches to a new object. */
  readonly prepareForCreate?: (object: Parts) => Parts;
  /** Last touches to an updated object. */
  readonly prepareForUpdate?: (object: Parts, old: Parts) => Parts;
  /** PUT creates what isn't there. */
  readonly createOnUpdate?: boolean;
  /** PUT without resourceVersion is refused. */
  readonly needsResourceVersion?: boolean;
  readonly propagation?: DefaultPropagation;
  /** metadata.labels in a status update are ignored. */
  readonly statusKeepsLabels?: boolean;
}
