/** The shape of a kind's rules. */
import type { FieldErrors } from "./field-errors.ts";

/** The kind of object to check, and whether it lives in a namespace. `subresource` is set for changes through one. */
export interface ValidationInfo {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly subresource?: string;
}

/** A rule for a change. */
export type UpdateRule = (next: never, previous: never, errors: FieldErrors) => void;

/** The rules of one kind. A subresource without rules of its own has those of an update. */
export interface KindRules {
  readonly create: (object: never, errors: FieldErrors) => void;
  readonly update: UpdateRule;
  readonly subresources?: Readonly<Record<string, UpdateRule>>;
}

/** Kind → rules within one API group. */
export type GroupRules = Readonly<Record<string, KindRules>>;
