/** A value as Go's `%#v` prints it: the library shows bad keys so, and `{{ .Values.x }}` in a file that is a template is one. */
import { compareCodePoints } from "../json/index.ts";
import type { CollectionNode, ScalarNode, YamlNode } from "./node.ts";
import { resolvePlain, resolveTagged } from "./resolve-scalar.ts";

const MAX_LEVELS = 20;

/** Go syntax of what a node decodes to: a nil by itself is `<nil>`, inside a map or list it says its type. */
export function goSyntax(node: YamlNode): string {
  const text = write(node, 0);
  return text === NIL ? "<nil>" : text;
}

const NIL = "interface {}(nil)";

function write(node: YamlNode, level: number): string {
  if (level > MAX_LEVELS) return "…";
  if (node.kind === "alias") return write(node.target, level + 1);
  if (node.kind === "scalar") return goScalar(node);
  return node.kind === "sequence" ? goList(node, level) : goMap(node, level);
}

function goScalar(node: ScalarNode): string {
  const resolved = node.tag !== "" ? resolveTagged(node.tag, node.value) : node.isPlain ? resolvePlain(node.value) : { value: node.value };
  if ("problem" in resolved || resolved.value === null) return NIL;
  return typeof resolved.value === "string" ? goQuoted(resolved.value) : String(resolved.value);
}

function goQuoted(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u00a0\u2028\u2029\ufeff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function goList(node: CollectionNode, level: number): string {
  return `[]interface {}{${node.children.map((child) => write(child, level + 1)).join(", ")}}`;
}

function goMap(node: CollectionNode, level: number): string {
  const members: string[] = [];
  for (let i = 0; i + 1 < node.children.length; i += 2) {
    const [key, value] = node.children.slice(i, i + 2);
    if (key !== undefined && value !== undefined) members.push(`${write(key, level + 1)}:${write(value, level + 1)}`);
  }
  return `map[interface {}]interface {}{${members.sort(compareCodePoints).join(", ")}}`;
}
