/**
 * Sets of field paths, in the form of metadata.managedFields[].fieldsV1: nested objects whose keys are path elements.
 * `{}` = the field itself; `{".": {}, …}` = the field itself and some below it. Immutable; operations share what stays.
 * Model: sigs.k8s.io/structured-merge-diff v6 fieldpath/set.go and its serialisation (fieldpath/serialize.go).
 */

/** A set of paths below one point. */
export interface FieldSet {
  readonly [element: string]: FieldSet;
}

/** The set without paths (as a root), or the mark of a single field (as a child). */
export const NO_FIELDS: FieldSet = Object.freeze({});
const SELF = ".";

/** True when the node of a child marks the field itself. */
export function isMember(node: FieldSet): boolean {
  return isEmptySet(node) || Object.hasOwn(node, SELF);
}

/** True when a root holds no path. */
export function isEmptySet(root: FieldSet): boolean {
  for (const _key in root) return false;
  return true;
}

/** The child under a path element. */
export function childOf(node: FieldSet, element: string): FieldSet | undefined {
  return Object.hasOwn(node, element) ? node[element] : undefined;
}

function nodeOf(member: boolean, children: Record<string, FieldSet>): FieldSet | undefined {
  for (const _key in children) {
    if (!member) return children;
    return { [SELF]: NO_FIELDS, ...children };
  }
  return member ? NO_FIELDS : undefined;
}

/** All paths of both. */
export function unionOf(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  if (isEmptySet(a)) return b;
  const joined: Record<string, FieldSet> = { ...a };
  for (const key of Object.keys(b)) {
    const right = b[key] as FieldSet;
    const left = childOf(a, key);
    joined[key] = left === undefined ? right : unionNodes(left, right);
  }
  return joined;
}

function unionNodes(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  return nodeOf(isMember(a) || isMember(b), childrenOf(unionOf(withoutSelf(a), withoutSelf(b)))) ?? NO_FIELDS;
}

function withoutSelf(node: FieldSet): FieldSet {
  if (!Object.hasOwn(node, SELF)) return node;
  const { [SELF]: _self, ...children } = node;
  return children;
}

function childrenOf(root: FieldSet): Record<string, FieldSet> {
  return root;
}

type Keep = (inA: boolean, inB: boolean) => boolean;

function combine(a: FieldSet, b: FieldSet, keep: Keep): FieldSet {
  const kept: Record<string, FieldSet> = {};
  for (const key of Object.keys(a)) {
    if (key === SELF) continue;
    const left = a[key] as FieldSet;
    const node = combineNodes(left, childOf(b, key), keep);
    if (node !== undefined) kept[key] = node;
  }
  return kept;
}

function combineNodes(a: FieldSet, b: FieldSet | undefined, keep: Keep): FieldSet | undefined {
  if (b === undefined && keep(true, false)) return a;
  const member = isMember(a) && keep(true, b !== undefined && isMember(b));
  return nodeOf(member, combine(a, b ?? NO_FIELDS, keep));
}

const onlyLeft: Keep = (_inA, inB) => !inB;
const inBoth: Keep = (_inA, inB) => inB;

/** The paths of `a` that are not in `b`. */
export function differenceOf(a: FieldSet, b: FieldSet): FieldSet {
  return isEmptySet(b) ? a : combine(a, b, onlyLeft);
}

/** The paths that are in both. */
export function intersectionOf(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, inBoth);
}

/** All paths, as lists of elements, parents before children. */
export function pathsOf(root: FieldSet): string[][] {
  const paths: string[][] = [];
  collect(root, [], paths);
  return paths;
}

function collect(node: FieldSet, path: readonly string[], paths: string[][]): void {
  for (const key of Object.keys(node).sort()) {
    if (key === SELF) continue;
    const child = node[key] as FieldSet;
    const here = [...path, key];
    if (isMember(child)) paths.push(here);
    collect(child, here, paths);
  }
}

/** A set being put together. Not shared until {@link SetBuilder.done}. */
export interface SetBuilder {
  member: boolean;
  readonly children: Map<string, SetBuilder>;
}

/** An empty builder. */
export function createBuilder(): SetBuilder {
  return { member: false, children: new Map() };
}

/** The builder of a child. */
export function descend(builder: SetBuilder, element: string): SetBuilder {
  const known = builder.children.get(element);
  if (known !== undefined) return known;
  const fresh = createBuilder();
  builder.children.set(element, fresh);
  return fresh;
}

/** The set that was put together. */
export function buildSet(builder: SetBuilder): FieldSet {
  return buildNode({ member: false, children: builder.children }) ?? NO_FIELDS;
}

function buildNode(builder: SetBuilder): FieldSet | undefined {
  const children: Record<string, FieldSet> = {};
  for (const [element, child] of builder.children) {
    const node = buildNode(child);
    if (node !== undefined) children[element] = node;
  }
  return nodeOf(builder.member, children);
}
