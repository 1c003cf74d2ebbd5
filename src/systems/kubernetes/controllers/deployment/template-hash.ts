/** The hash that names a template's ReplicaSet. */
import { fnv1a32, safeEncodeString } from "../../../../base/encoding/index.ts";
import { canonicalJson, deepEqual } from "../../../../base/json/index.ts";
import type { PodTemplateSpec } from "../../api/index.ts";

/** Label of a ReplicaSet and its pods that keeps the sets of one Deployment apart (apps/v1 DefaultDeploymentUniqueLabelKey). */
export const POD_TEMPLATE_HASH = "pod-template-hash";

const hashes = new WeakMap<PodTemplateSpec, string>();

/**
 * Hash of a template (pkg/controller/controller_utils.go, ComputeHash). Upstream hashes Go's own dump of the struct, which
 * cannot be had here: the same FNV-1a and alphabet over the canonical JSON give hashes that look alike but differ.
 */
export function templateHash(template: PodTemplateSpec, collisionCount: number | undefined): string {
  if (collisionCount !== undefined && collisionCount > 0) return hashOf(template, String(collisionCount));
  const known = hashes.get(template);
  if (known !== undefined) return known;
  const hash = hashOf(template, "");
  hashes.set(template, hash);
  return hash;
}

function hashOf(template: PodTemplateSpec, collisions: string): string {
  return safeEncodeString(String(fnv1a32(canonicalJson(template) + collisions)));
}

/** True when two templates are the same but for the hash label (EqualIgnoreHash). */
export function sameTemplate(a: PodTemplateSpec, b: PodTemplateSpec): boolean {
  return deepEqual(a.spec, b.spec) && deepEqual(withoutHash(a), withoutHash(b));
}

function withoutHash(template: PodTemplateSpec): unknown {
  const { labels = {}, creationTimestamp, ...rest } = (template.metadata ?? {}) as NonNullable<PodTemplateSpec["metadata"]> & { creationTimestamp?: unknown };
  void creationTimestamp;
  const { [POD_TEMPLATE_HASH]: hash, ...others } = labels;
  void hash;
  return { ...rest, labels: others };
}
