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

/** See the module's comment; what is absent is as usual. Generations and the like are facts of the schema module. */
export interface Strategy {
  /** Status that a new object has. Kinds with a status sub-resource start with {}. */
  readonly createStatus?: (object: Parts) => Readonly<Record<string, unknown>>;
  /** Last touches to a new object. */
  readonly prepareForCreate?: (object: Parts) => Parts;
  /** Last touches to an updated object. */
  readonly prepareForUpdate?: (object: Parts, old: Parts) => Parts;
  readonly propagation?: DefaultPropagation;
  /** metadata.labels in a status update are ignored. */
  readonly statusKeepsLabels?: boolean;
}
