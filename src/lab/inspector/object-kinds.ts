import type { ObjectRef } from "../../protocol/index.ts";

/** Kinds with a scale sub-resource. */
export const SCALABLE: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

/** A name for the object as a file. */
export function fileNameOf(ref: ObjectRef): string {
  return `${ref.kind.toLowerCase()}-${ref.name}.yaml`;
}

const SERVER_SIDE = /^ {2}(resourceVersion|uid|generation|creationTimestamp|selfLink):/;

/** Live YAML without what the server writes by itself, so that it can be applied again: status and the metadata of one moment. */
export function editableYaml(yaml: string): string {
  const kept: string[] = [];
  let block = "";
  let skipping = false;
  for (const line of yaml.split("\n")) {
    if (/^[^\s#-]/.test(line)) block = line.slice(0, line.indexOf(":"));
    if (block === "metadata" && /^ {2}\S/.test(line)) skipping = /^ {2}managedFields:/.test(line) || (skipping && line.startsWith("  - "));
    else if (!line.startsWith("  ")) skipping = false;
    if (block === "status" || skipping || (block === "metadata" && SERVER_SIDE.test(line))) continue;
    kept.push(line);
  }
  return `${kept.join("\n").replace(/\n+$/, "")}\n`;
}

/** Names of the containers in the pod template of a Deployment's YAML, in order. */
export function containerNames(yaml: string): readonly string[] {
  const lines = yaml.split("\n");
  const at = lines.findIndex((line) => /^ {6}containers:/.test(line));
  const indent = at < 0 ? "" : /^ *(?=- )/.exec(lines[at + 1] ?? "")?.[0] ?? "";
  const names: string[] = [];
  for (const line of at < 0 ? [] : lines.slice(at + 1)) {
    if (!line.startsWith(`${indent}- `) && !line.startsWith(`${indent}  `)) break;
    const field = line.slice(indent.length + 2);
    if (field.startsWith("name:")) names.push(field.slice(5).trim().replace(/^["']|["']$/g, ""));
  }
  return names;
}
