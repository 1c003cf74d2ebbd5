/**
 * From the tree to plain JSON data, the way sigs.k8s.io/yaml v1.6 yaml.go and go.yaml.in/yaml/v2 decode.go do it: keys become
 * strings, the last of two equal keys wins, `<<` merges in place, aliases are counted. No recursion, so it may stop at any node.
 */
import { base64Decode, utf8Text } from "../encoding/index.ts";
import { setOwn } from "../json/index.ts";
import type { JsonValue } from "../json/index.ts";
import { goSyntax } from "./go-syntax.ts";
import { hintFor } from "./hints.ts";
import type { Hint } from "./hints.ts";
import type { AliasNode, CollectionNode, ScalarNode, YamlNode } from "./node.ts";
import { resolvePlain, resolveTagged } from "./resolve-scalar.ts";
import type { Resolved } from "./resolve-scalar.ts";
import { YamlFailure } from "./token.ts";

interface SequenceFrame {
  readonly kind: "sequence";
  readonly node: CollectionNode;
  readonly out: JsonValue[];
  index: number;
}

interface MappingFrame {
  readonly kind: "mapping";
  readonly node: CollectionNode;
  readonly out: Record<string, JsonValue>;
  /** True when the members go into a mapping further out. */
  readonly isMerge: boolean;
  index: number;
  key: string;
  /** The first node of every key of `node`; made when a key repeats, so that many repeats stay cheap. */
  firsts: ReadonlyMap<string, YamlNode> | undefined;
}

interface AliasFrame {
  readonly kind: "alias";
  readonly node: AliasNode;
  readonly isMerge: boolean;
}

type Frame = SequenceFrame | MappingFrame | AliasFrame;

/** A repeated key as the decoder meets it: where, and the key node that came first. */
export interface RepeatedKey {
  readonly path: readonly (string | number)[];
  readonly node: YamlNode;
  readonly value: YamlNode;
  readonly first: YamlNode;
}

/** The decoder's state. `value` is complete when `isDone`. */
export interface Decoder {
  readonly frames: Frame[];
  readonly activeAliases: Set<AliasNode>;
  readonly repeated: RepeatedKey[];
  readonly hints: { readonly node: YamlNode; readonly hint: Hint }[];
  /** JSON documents have nothing that surprises. */
  readonly isJson: boolean;
  decoded: number;
  fromAliases: number;
  aliasDepth: number;
  value: JsonValue;
  isDone: boolean;
  unsupported: { readonly node: YamlNode; readonly value: string } | undefined;
}

/** A decoder for a document; `root` is undefined for one without content. */
export function createDecoder(root: YamlNode | undefined, isJson: boolean): Decoder {
  const decoder: Decoder = {
    frames: [], activeAliases: new Set(), repeated: [], hints: [], isJson, decoded: 0, fromAliases: 0, aliasDepth: 0,
    value: null, isDone: root === undefined, unsupported: undefined,
  };
  if (root !== undefined) visit(decoder, root);
  return decoder;
}

/** Decodes on by one node. Throws {@link YamlFailure}. */
export function decodeStep(decoder: Decoder): void {
  const frame = decoder.frames[decoder.frames.length - 1];
  if (frame === undefined || frame.kind === "alias") return;
  if (frame.kind === "sequence") stepSequence(decoder, frame);
  else stepMapping(decoder, frame);
}

function failure(problem: string, node: YamlNode, context: string): YamlFailure {
  return new YamlFailure(problem, node.start, 0, context);
}

/** Aliases may make up 99 % of a small document and 10 % of a large one: allowedAliasRatio in decode.go. */
const RATIO_FROM = 400_000;
const RATIO_TO = 4_000_000;

function allowedAliasRatio(decoded: number): number {
  if (decoded <= RATIO_FROM) return 0.99;
  return decoded >= RATIO_TO ? 0.1 : 0.99 - (0.89 * (decoded - RATIO_FROM)) / (RATIO_TO - RATIO_FROM);
}

function count(decoder: Decoder, node: YamlNode): void {
  decoder.decoded++;
  if (decoder.aliasDepth === 0) return;
  decoder.fromAliases++;
  if (decoder.fromAliases <= 100 || decoder.decoded <= 1000) return;
  if (decoder.fromAliases / decoder.decoded > allowedAliasRatio(decoder.decoded)) throw failure("document contains excessive aliasing", node, "aliases");
}

function visit(decoder: Decoder, node: YamlNode): void {
  count(decoder, node);
  if (node.kind === "scalar") return deliver(decoder, decodeScalar(decoder, node, false));
  if (node.kind === "alias") {
    enterAlias(decoder, node, false);
    return visit(decoder, node.target);
  }
  if (node.kind === "sequence") decoder.frames.push({ kind: "sequence", node, out: [], index: 0 });
  else decoder.frames.push({ kind: "mapping", node, out: {}, isMerge: false, index: 0, key: "", firsts: undefined });
}

function enterAlias(decoder: Decoder, node: AliasNode, isMerge: boolean): void {
  if (decoder.activeAliases.has(node)) throw failure(`anchor '${node.name}' value contains itself`, node, "alias");
  decoder.activeAliases.add(node);
  decoder.aliasDepth++;
  decoder.frames.push({ kind: "alias", node, isMerge });
}

function leaveAlias(decoder: Decoder, frame: AliasFrame): void {
  decoder.frames.pop();
  decoder.activeAliases.delete(frame.node);
  decoder.aliasDepth--;
}

/** Hands a finished value to whoever waits for it. */
function deliver(decoder: Decoder, value: JsonValue): void {
  for (;;) {
    const frame = decoder.frames[decoder.frames.length - 1];
    if (frame?.kind !== "alias") {
      if (frame === undefined) {
        decoder.value = value;
        decoder.isDone = true;
      } else if (frame.kind === "sequence") frame.out.push(value);
      else setOwn(frame.out, frame.key, value);
      return;
    }
    leaveAlias(decoder, frame);
    if (frame.isMerge) return;
  }
}

function stepSequence(decoder: Decoder, frame: SequenceFrame): void {
  const child = frame.node.children[frame.index];
  if (child !== undefined) {
    frame.index++;
    return visit(decoder, child);
  }
  decoder.frames.pop();
  deliver(decoder, frame.out);
}

function stepMapping(decoder: Decoder, frame: MappingFrame): void {
  const key = frame.node.children[frame.index];
  const value = frame.node.children[frame.index + 1];
  if (key === undefined || value === undefined) {
    decoder.frames.pop();
    if (!frame.isMerge) return deliver(decoder, frame.out);
    const outer = decoder.frames[decoder.frames.length - 1];
    if (outer?.kind === "alias") leaveAlias(decoder, outer);
    return;
  }
  frame.index += 2;
  if (isMergeKey(key)) return startMerge(decoder, value, frame.out);
  frame.key = decodeKey(decoder, key, value);
  if (Object.hasOwn(frame.out, frame.key)) noteRepeated(decoder, frame, key, value);
  visit(decoder, value);
}

function isMergeKey(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === "<<" && (node.isPlain || node.tag === "tag:yaml.org,2002:merge");
}

/** Merges mappings into `out`. Of a list the last goes first, so that earlier ones win. */
function startMerge(decoder: Decoder, node: YamlNode, out: Record<string, JsonValue>): void {
  if (node.kind !== "sequence") return pushMerge(decoder, node, out);
  for (const child of node.children) pushMerge(decoder, child, out);
}

function pushMerge(decoder: Decoder, node: YamlNode, out: Record<string, JsonValue>): void {
  const source = node.kind === "alias" ? node.target : node;
  if (source.kind !== "mapping") throw failure("map merge requires map or sequence of maps as the value", node, "merge");
  count(decoder, node);
  if (node.kind === "alias") {
    enterAlias(decoder, node, true);
    count(decoder, source);
  }
  decoder.frames.push({ kind: "mapping", node: source, out, isMerge: true, index: 0, key: "", firsts: undefined });
}

function decodeKey(decoder: Decoder, node: YamlNode, value: YamlNode): string {
  count(decoder, node);
  const target = node.kind === "alias" ? node.target : node;
  if (node.kind === "alias") count(decoder, target);
  if (target.kind !== "scalar") throw failure(`invalid map key: ${goSyntax(target)}`, node, "key");
  const key = decodeScalar(decoder, target, true);
  if (key === null) throw failure(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(value)}`, node, "key");
  return typeof key === "string" ? key : String(key);
}

function noteRepeated(decoder: Decoder, frame: MappingFrame, node: YamlNode, value: YamlNode): void {
  frame.firsts ??= firstKeys(frame.node);
  const first = frame.firsts.get(frame.key);
  if (first === undefined || first === node || decoder.aliasDepth > 0 || decoder.repeated.length >= MAX_REPORTED) return;
  decoder.repeated.push({ path: pathOf(decoder), node, value, first });
}

function firstKeys(node: CollectionNode): ReadonlyMap<string, YamlNode> {
  const firsts = new Map<string, YamlNode>();
  for (let i = 0; i < node.children.length; i += 2) {
    const key = node.children[i];
    const text = key === undefined || isMergeKey(key) ? undefined : keyText(key);
    if (key !== undefined && text !== undefined && !firsts.has(text)) firsts.set(text, key);
  }
  return firsts;
}

/** The path of what is being decoded. */
function pathOf(decoder: Decoder): (string | number)[] {
  const path: (string | number)[] = [];
  for (const frame of decoder.frames) {
    if (frame.kind === "sequence") path.push(frame.index - 1);
    else if (frame.kind === "mapping") path.push(frame.key);
  }
  return path;
}

/** The string a key node becomes; undefined for a key that can't be one. */
export function keyText(node: YamlNode): string | undefined {
  const target = node.kind === "alias" ? node.target : node;
  if (target.kind !== "scalar") return undefined;
  const resolved = resolveNode(target);
  return "problem" in resolved || resolved.value === null ? undefined : String(resolved.value);
}

function resolveNode(node: ScalarNode): Resolved | { readonly problem: string } {
  if (node.tag !== "") return resolveTagged(node.tag, node.value);
  return node.isPlain ? resolvePlain(node.value) : { type: "string", value: node.value };
}

/** Enough for a person; a text of ten million odd scalars must not cost memory for each. */
const MAX_REPORTED = 500;

const BINARY = "tag:yaml.org,2002:binary";

function decodeScalar(decoder: Decoder, node: ScalarNode, isKey: boolean): JsonValue {
  if (node.tag === BINARY) return decodeBinary(node);
  const resolved = resolveNode(node);
  if ("problem" in resolved) throw failure(resolved.problem, node, "tag value");
  if (resolved.infinite !== undefined && decoder.unsupported === undefined) decoder.unsupported = { node, value: resolved.infinite };
  if (!decoder.isJson && node.isPlain && decoder.aliasDepth === 0 && decoder.hints.length < MAX_REPORTED) {
    const hint = hintFor(node.value, isKey, resolved);
    if (hint !== undefined) decoder.hints.push({ node, hint });
  }
  return resolved.value;
}

function decodeBinary(node: ScalarNode): string {
  const decoded = base64Decode(node.value);
  if (!decoded.ok) throw failure("!!binary value contains invalid base64 data", node, "tag value");
  return utf8Text(decoded.bytes) ?? "\ufffd";
}
