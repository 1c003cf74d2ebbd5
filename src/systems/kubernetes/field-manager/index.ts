/** Field managers: who owns which field of an object, and server-side apply. */
export { type Applied, applyConfiguration } from "./apply.ts";
export { typedErrors } from "./check-typed.ts";
export { type Comparison, compareFields } from "./compare.ts";
export { type Conflict, conflictMessage, conflictStatus } from "./conflicts.ts";
export { type FieldSet, pathsOf } from "./field-set.ts";
export { fieldsOf } from "./fields-of.ts";
export { EMPTY_LEDGER, type Ledger, managedFields, noteWrite, type Ownership, type SchemaOf, settle, settledLedger, type Writer } from "./ledger.ts";
export { pathText } from "./path-element.ts";
