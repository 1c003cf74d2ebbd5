/** One complaint, as in a Status cause: the field, its reason, and the message without the field's name. */
export interface SchemaViolation {
  readonly type: "FieldValueRequired" | "FieldValueDuplicate" | "FieldValueInvalid" | "FieldValueNotSupported" | "FieldValueTooLong" | "FieldValueTooMany" | "FieldValueTypeInvalid";
  readonly field: string;
  readonly body: string;
}
