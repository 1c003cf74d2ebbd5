/** Conflicts between appliers, worded as upstream does (apimachinery v1.36 pkg/util/managedfields/internal/conflict.go). */
import { quote } from "../../../base/go-format/index.ts";
import type { Status } from "../api/index.ts";
import { type FieldSet, intersectionOf, pathsOf } from "./field-set.ts";
import type { Ownership } from "./ledger.ts";
import { pathText } from "./path-element.ts";

/** A field that another manager owns and that would change. */
export interface Conflict {
  readonly manager: string;
  readonly path: string;
}

/** The fields among `taken` that others own. */
export function conflictsWith(others: readonly Ownership[], taken: FieldSet): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  for (const owner of others) {
    for (const path of pathsOf(intersectionOf(owner.fields, taken))) conflicts.push({ manager: managerText(owner), path: pathText(path) });
  }
  return conflicts.sort((a, b) => byText(a.manager, b.manager) || byText(a.path, b.path));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function managerText(owner: Ownership): string {
  const name = owner.subresource === "" ? quote(owner.manager) : `${quote(owner.manager)} with subresource ${quote(owner.subresource)}`;
  return owner.operation === "Update" ? `${name} using ${owner.apiVersion}` : name;
}

/** "Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas". */
export function conflictMessage(conflicts: readonly Conflict[]): string {
  const [first] = conflicts;
  if (conflicts.length === 1 && first !== undefined) return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.path}`;
  const lines: string[] = [];
  let manager = "";
  for (const conflict of conflicts) {
    if (conflict.manager !== manager) lines.push(`conflicts with ${conflict.manager}:`);
    manager = conflict.manager;
    lines.push(`- ${conflict.path}`);
  }
  return `Apply failed with ${conflicts.length} conflicts: ${lines.join("\n")}`;
}

/** The 409 that refuses an apply. */
export function conflictStatus(conflicts: readonly Conflict[]): Status {
  const causes = conflicts.map((conflict) => ({ reason: "FieldManagerConflict", message: `conflict with ${conflict.manager}`, field: conflict.path }));
  return { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message: conflictMessage(conflicts), reason: "Conflict", details: { causes }, code: 409 };
}
