/**
 * The 422 answer. Source: k8s.io/apimachinery v1.36 pkg/api/errors/errors.go, NewInvalid;
 * field.ErrorList.ToAggregate and util/errors for the joining of several complaints.
 */
import { quote } from "../../../base/go-format/index.ts";
import type { Status } from "../api/index.ts";
import { fieldErrorText, type FieldError } from "./field-errors.ts";

/** API group ("" for core) and kind. */
export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}

/** "Deployment.apps", or "Pod" for the core group. */
export function groupKindText(groupKind: GroupKind): string {
  return groupKind.group === "" ? groupKind.kind : `${groupKind.kind}.${groupKind.group}`;
}

/** Complaints in one line: one as it is, several in brackets; repeats are left out. */
export function joinFieldErrors(errors: readonly FieldError[]): string {
  const texts = [...new Set(errors.map(fieldErrorText))];
  return texts.length === 1 ? (texts[0] ?? "") : `[${texts.join(", ")}]`;
}

/** The Status that refuses an object for its fields (HTTP 422, reason Invalid). */
export function invalidStatus(groupKind: GroupKind, name: string, errors: readonly FieldError[]): Status {
  const subject = `${groupKindText(groupKind)} ${quote(name)} is invalid`;
  const details = {
    ...(name === "" ? {} : { name }),
    ...(groupKind.group === "" ? {} : { group: groupKind.group }),
    kind: groupKind.kind,
    ...(errors.length === 0 ? {} : { causes: errors.map(({ type, body, field }) => ({ reason: type, message: body, field })) }),
  };
  const message = errors.length === 0 ? subject : `${subject}: ${joinFieldErrors(errors)}`;
  return { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason: "Invalid", details, code: 422 };
}
