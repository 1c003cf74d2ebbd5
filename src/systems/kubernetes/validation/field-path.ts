/**
 * Where in an object a complaint points: linked nodes, so that walking a valid object builds no text.
 * Source: k8s.io/apimachinery v1.36 pkg/util/validation/field/path.go.
 */

/** A place in an object, e.g. `spec.containers[0].image`. Made by {@link rootPath} and the methods below. */
export class FieldPath {
  private constructor(
    private readonly parent: FieldPath | undefined,
    private readonly name: string | undefined,
    private readonly subscript: string | number,
  ) {}

  /** The path of a top-level field. The empty name stands for the whole object and prints as "[]". */
  static root(name: string): FieldPath {
    return new FieldPath(undefined, name === "" ? undefined : name, "");
  }

  /** A field of this object. */
  child(name: string): FieldPath {
    return new FieldPath(this, name, "");
  }

  /** An entry of this list. */
  index(index: number): FieldPath {
    return new FieldPath(this, undefined, index);
  }

  /** An entry of this map. */
  key(key: string): FieldPath {
    return new FieldPath(this, undefined, key);
  }

  /** The path as the API server prints it. */
  toString(): string {
    const own = this.name ?? `[${this.subscript}]`;
    if (this.parent === undefined) return own;
    return this.name === undefined ? `${this.parent.toString()}${own}` : `${this.parent.toString()}.${own}`;
  }
}

/** The path of a field below the object: `rootPath("spec", "selector")` is `spec.selector`. */
export function rootPath(first: string, ...more: readonly string[]): FieldPath {
  let path = FieldPath.root(first);
  for (const name of more) path = path.child(name);
  return path;
}

/** The three places nearly every kind has. */
export const METADATA = rootPath("metadata");
export const SPEC = rootPath("spec");
export const STATUS = rootPath("status");
