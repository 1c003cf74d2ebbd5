export { fieldErrorText, type FieldError, type FieldErrorType } from "./field-errors.ts";
export { groupKindText, invalidStatus, joinFieldErrors, type GroupKind } from "./invalid-status.ts";
export type { ValidationInfo } from "./kind-rules.ts";
export { semanticEqual } from "./semantic-equal.ts";
export { validateCreate, validateStatusUpdate, validateUpdate } from "./validate.ts";
