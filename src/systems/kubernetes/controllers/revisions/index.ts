/** ControllerRevisions: the templates that a DaemonSet or StatefulSet had (pkg/controller/history/controller_history.go). */
import { fnv1a32, safeEncodeString } from "../../../../base/encoding/index.ts";
import { canonicalJson, deepEqual } from "../../../../base/json/index.ts";
import type { ControllerRevision, PodTemplateSpec } from "../../api/index.ts";
import { controllerRef } from "../ownership/index.ts";
import { BY_CONTROLLER, type PlannedRequest, type Regarding, type View } from "../runtime/index.ts";

/** Label of a pod that says which revision it was made from. */
export const REVISION_HASH = "controller-revision-hash";
const REVISIONS = Object.freeze({ group: "apps", version: "v1", resource: "controllerrevisions" } as const);

/** The revisions of an owner, oldest first, and the one of its present template. */
export interface Revisions {
  readonly all: readonly ControllerRevision[];
  /** Undefined until it is made; {@link Revisions.requests} makes it. */
  readonly update: ControllerRevision | undefined;
  readonly requests: readonly PlannedRequest[];
}

/** Finds the revision of a template, or plans it; an older one that fits again becomes the newest. */
export function revisionsOf(owner: Regarding, template: PodTemplateSpec, view: View, labels: Readonly<Record<string, string>> | undefined): Revisions {
  const all = view.list("controllerrevisions.apps", BY_CONTROLLER, owner.metadata.uid ?? "").sort((a, b) => a.revision - b.revision);
  const data = { spec: { template: { ...template, $patch: "replace" } } };
  const newest = all.at(-1)?.revision ?? 0;
  const known = all.find((revision) => deepEqual(revision.data, data));
  if (known === undefined) return { all, update: undefined, requests: [create(owner, data, newest + 1, labels)] };
  if (known.revision === newest) return { all, update: known, requests: [] };
  const { namespace = "", name = "" } = known.metadata ?? {};
  const body: ControllerRevision = { ...known, apiVersion: "apps/v1", kind: "ControllerRevision", revision: newest + 1 };
  return { all, update: known, requests: [{ call: { verb: "update", ...REVISIONS, namespace, name, body } }] };
}

function create(owner: Regarding, data: Readonly<Record<string, unknown>>, revision: number, labels: Readonly<Record<string, string>> | undefined): PlannedRequest {
  const { namespace = "", name = "" } = owner.metadata;
  const hash = safeEncodeString(String(fnv1a32(canonicalJson(data))));
  const body: ControllerRevision = {
    apiVersion: "apps/v1", kind: "ControllerRevision",
    metadata: { name: `${name}-${hash}`, namespace, labels: { ...labels, [REVISION_HASH]: hash }, ownerReferences: [controllerRef(owner, owner.apiVersion, owner.kind)] },
    data, revision,
  };
  return { call: { verb: "create", ...REVISIONS, namespace, body }, accept: [409] };
}

/** Deletes the oldest revisions that nothing uses beyond the limit. */
export function planRevisionHistory(revisions: readonly ControllerRevision[], inUse: ReadonlySet<string>, limit: number): PlannedRequest[] {
  const spare = revisions.filter((revision) => !inUse.has(revision.metadata?.name ?? "") && !inUse.has(revisionHash(revision)));
  return spare.slice(0, Math.max(0, spare.length - limit)).map((revision) => {
    const { namespace = "", name = "", uid = "" } = revision.metadata ?? {};
    return { call: { verb: "delete", ...REVISIONS, namespace, name, options: { preconditions: { uid } } }, accept: [404] };
  });
}

/** The hash in a revision's label. */
export function revisionHash(revision: ControllerRevision | undefined): string {
  return revision?.metadata?.labels?.[REVISION_HASH] ?? "";
}

/** The template a revision keeps. */
export function templateOfRevision(revision: ControllerRevision): PodTemplateSpec {
  const { $patch, ...template } = (revision.data as { readonly spec?: { readonly template?: PodTemplateSpec & { readonly $patch?: string } } } | undefined)?.spec?.template ?? {};
  void $patch;
  return template;
}
