/** Rules that hold for every object: identity, generation, deletion (invariants 1, 5, 6, 7, 26). */
import { deepEqual } from "../../../base/json/index.ts";
import type { Stored } from "../api/index.ts";
import type { Report, Write } from "./write.ts";

/** Checks one write. */
export function metadataRules({ before, after, revision }: Write, key: string, seenUids: Set<string>, report: Report): void {
  if (after !== undefined && Number(after.metadata.resourceVersion) !== revision) report(1, `${key}: resourceVersion ${after.metadata.resourceVersion} at revision ${revision}`);
  if (after !== undefined && before === undefined) created(after, key, seenUids, report);
  if (after !== undefined && before !== undefined) updated(before, after, key, report);
  if (after === undefined && before !== undefined) removed(before, key, report);
}

function created(after: Stored, key: string, seenUids: Set<string>, report: Report): void {
  const { uid } = after.metadata;
  if (uid === undefined || uid === "") report(6, `${key} has no uid`);
  else if (seenUids.has(uid)) report(6, `${key}: uid ${uid} is used again`);
  else seenUids.add(uid);
}

function updated(before: Stored, after: Stored, key: string, report: Report): void {
  if (before.metadata.uid !== after.metadata.uid) report(6, `${key}: uid changed`);
  if (before.metadata.creationTimestamp !== after.metadata.creationTimestamp) report(6, `${key}: creationTimestamp changed`);
  if (before.metadata.deletionTimestamp !== undefined && after.metadata.deletionTimestamp === undefined) report(7, `${key}: deletionTimestamp was unset`);
  // A Deployment's annotations count as well (pkg/apis/apps strategy: spec or annotations changed).
  const sameSpec = deepEqual((before as Specced).spec, (after as Specced).spec) && (after.kind !== "Deployment" || deepEqual(before.metadata.annotations, after.metadata.annotations));
  const deletionBegan = before.metadata.deletionTimestamp === undefined && after.metadata.deletionTimestamp !== undefined;
  if (sameSpec && !deletionBegan && GENERATIONAL.has(after.kind) && before.metadata.generation !== after.metadata.generation) report(5, `${key}: generation changed without the spec`);
  phaseRule(before, after, key, report);
}

/** Kinds whose generation counts changes of spec alone (others also count labels, rules or data that aren't spec). */
const GENERATIONAL: ReadonlySet<string> = new Set(["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod", "Ingress", "NetworkPolicy", "PodDisruptionBudget", "ReplicationController"]);

interface Specced {
  readonly spec?: unknown;
  readonly status?: { readonly phase?: string };
}

function phaseRule(before: Stored, after: Stored, key: string, report: Report): void {
  if (after.kind !== "Pod") return;
  const was = (before as Specced).status?.phase;
  const is = (after as Specced).status?.phase;
  if ((was === "Succeeded" || was === "Failed") && is !== was) report(26, `${key}: phase left ${was} for ${is ?? "none"}`);
}

function removed(before: Stored, key: string, report: Report): void {
  const finalizers = (before.metadata.finalizers ?? []).filter((name) => name !== "kubernetes");
  // The write that takes the last finalizer away is the removal itself; what is left then must be at most that one.
  if (finalizers.length > 1) report(7, `${key}: removed although finalizers remain: ${finalizers.join(", ")}`);
}
