/** The door of API validation: a defaulted object goes in, its complaints come out. */
import type { KubeObject } from "../api/index.ts";
import type { FieldError, FieldErrors } from "./field-errors.ts";
import type { UpdateRule, ValidationInfo } from "./kind-rules.ts";
import { metadataRules, rulesOf } from "./registry.ts";

/** Complaints about a new object; empty when it is valid. Metadata (name, namespace, uid) must have been filled in. */
export function validateCreate(object: KubeObject, info: ValidationInfo): readonly FieldError[] {
  const errors: FieldErrors = [];
  const rules = rulesOf(info) ?? metadataRules(info);
  rules.create(object as never, errors);
  return errors;
}

function applyUpdate(rule: UpdateRule, next: KubeObject, previous: KubeObject): readonly FieldError[] {
  const errors: FieldErrors = [];
  rule(next as never, previous as never, errors);
  return errors;
}

/** Complaints about an object that replaces another; `info.subresource` picks the rules of a subresource. */
export function validateUpdate(next: KubeObject, previous: KubeObject, info: ValidationInfo): readonly FieldError[] {
  const rules = rulesOf(info) ?? metadataRules(info);
  const own = info.subresource === undefined ? undefined : rules.subresources?.[info.subresource];
  return applyUpdate(own ?? rules.update, next, previous);
}

/** Complaints about an object whose status replaces another's; kinds without rules for it are checked for metadata. */
export function validateStatusUpdate(next: KubeObject, previous: KubeObject, info: ValidationInfo): readonly FieldError[] {
  const own = rulesOf(info)?.subresources?.["status"];
  return applyUpdate(own ?? metadataRules(info).update, next, previous);
}
