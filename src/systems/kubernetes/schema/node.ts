/** The structural schema of a value, as decoding, defaulting, server-side apply, completion and hover read it. */

/** What a value is. "map" is an object with free keys and one kind of value; "any" is any JSON value. */
export type SchemaType = "object" | "map" | "array" | "string" | "integer" | "number" | "boolean" | "any";

/** How a scalar is written. "int-or-string", "quantity" and the times are Kubernetes' own encodings. */
export type SchemaFormat = "int32" | "int64" | "double" | "byte" | "date-time" | "micro-time" | "quantity" | "int-or-string" | (string & {});

/** Value rules of a custom resource's schema, as written in its openAPIV3Schema. */
export interface ValueRules {
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly maximum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly not?: unknown;
  readonly allOf?: readonly unknown[];
  readonly anyOf?: readonly unknown[];
  readonly oneOf?: readonly unknown[];
  readonly "x-kubernetes-validations"?: readonly unknown[];
}

/**
 * One node of a structural schema. Built-in kinds link their definitions lazily, and some are recursive
 * (JSONSchemaProps): walk them along a value or a path, never exhaustively. Custom resources' nodes are finite plain data.
 */
export interface SchemaNode {
  readonly type: SchemaType;
  readonly format?: SchemaFormat;
  /** Upstream type name of a built-in definition, e.g. "PodSpec". */
  readonly definition?: string;
  /** Go type as the decoder's messages name it, e.g. "v1.PodSpec", "int32". */
  readonly goType?: string;
  /** Fields of an "object". Look keys up with Object.hasOwn: keys come from outside. */
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** Names of the fields that the published schema calls required. */
  readonly required?: readonly string[];
  /** Element of an "array". */
  readonly items?: SchemaNode;
  /** Value of a "map". */
  readonly additionalProperties?: SchemaNode;
  /** A custom resource's enum is enforced; a built-in kind's values are those the API documents. */
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly description?: string;
  /** Server-side apply's list semantics; absent means atomic (structured-merge-diff's default). */
  readonly listType?: "atomic" | "set" | "map";
  readonly listMapKeys?: readonly string[];
  /** Absent means granular. */
  readonly mapType?: "atomic" | "granular";
  /** Strategic merge patch: "merge", "replace", "retainKeys" or "merge,retainKeys". */
  readonly patchStrategy?: string;
  readonly patchMergeKey?: string;
  /** false, 0 and "" are stored as nothing: a scalar without a pointer in Go. */
  readonly omitsZero?: boolean;
  /** An empty list is stored although the field is optional. */
  readonly keepsEmpty?: boolean;
  /** x-kubernetes-preserve-unknown-fields. */
  readonly preserveUnknownFields?: boolean;
  /** x-kubernetes-embedded-resource. */
  readonly embeddedResource?: boolean;
  readonly rules?: ValueRules;
}

/** The schema of field `name` of an object or map, if the schema knows it. */
export function fieldOf(node: SchemaNode, name: string): SchemaNode | undefined {
  const properties = node.properties;
  if (properties !== undefined && Object.hasOwn(properties, name)) return properties[name];
  return node.additionalProperties;
}
