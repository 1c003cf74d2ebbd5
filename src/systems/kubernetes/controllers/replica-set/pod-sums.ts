/**
 * Running sums of the pods of each set, kept up with every change of a pod, so that a set of ten thousand pods costs a
 * few additions per change and not a walk over all of them.
 */
import { deepEqual } from "../../../../base/json/index.ts";
import { controllerOf, type Pod } from "../../api/index.ts";
import { isPodReady, isPodTerminal, isPodTerminating } from "../pods/index.ts";

/** Labels that pods of a set carry, and how many active pods carry exactly these. */
export interface LabelGroup {
  readonly labels: Readonly<Record<string, string>>;
  count: number;
}

/** Sums over the pods with one controller. */
export interface PodSum {
  active: number;
  /** Of the active ones. */
  ready: number;
  terminating: number;
  readonly groups: Map<string, LabelGroup>;
}

/** Sums by the controller's uid. Plain data. */
export interface SetMemory {
  readonly sums: Map<string, PodSum>;
  /** Orphans that match a set's selector: pod keys by set key. */
  readonly candidates: Map<string, Set<string>>;
}

/** What a pod counts as. */
type PodClass = "none" | "active" | "ready" | "terminating";

/** Sums of nothing. */
export const NO_PODS: PodSum = Object.freeze({ active: 0, ready: 0, terminating: 0, groups: new Map<string, LabelGroup>() });

/** Nothing seen yet. */
export function createSetMemory(): SetMemory {
  return { sums: new Map(), candidates: new Map() };
}

function classOf(pod: Pod): PodClass {
  if (isPodTerminating(pod)) return "terminating";
  if (isPodTerminal(pod)) return "none";
  return isPodReady(pod) ? "ready" : "active";
}

/** Takes a changed pod into account; true when it changed a sum or may change when the pod counts as available. */
export function countPod(memory: SetMemory, before: Pod | undefined, after: Pod | undefined): boolean {
  const owner = before === undefined ? undefined : controllerOf(before)?.uid;
  const newOwner = after === undefined ? undefined : controllerOf(after)?.uid;
  const was = before === undefined ? "none" : classOf(before);
  const is = after === undefined ? "none" : classOf(after);
  if (owner === newOwner && was === is && deepEqual(before?.metadata?.labels, after?.metadata?.labels)) return false;
  if (before !== undefined && owner !== undefined) shift(memory, owner, before, was, -1);
  if (after !== undefined && newOwner !== undefined) shift(memory, newOwner, after, is, 1);
  return true;
}

function shift(memory: SetMemory, owner: string, pod: Pod, podClass: PodClass, by: number): void {
  if (podClass === "none") return;
  let sum = memory.sums.get(owner);
  if (sum === undefined) {
    sum = { active: 0, ready: 0, terminating: 0, groups: new Map() };
    memory.sums.set(owner, sum);
  }
  if (podClass === "terminating") {
    sum.terminating += by;
  } else {
    sum.active += by;
    if (podClass === "ready") sum.ready += by;
    shiftGroup(sum, pod.metadata?.labels ?? {}, by);
  }
  if (sum.active === 0 && sum.terminating === 0) memory.sums.delete(owner);
}

function shiftGroup(sum: PodSum, labels: Readonly<Record<string, string>>, by: number): void {
  const name = groupName(labels);
  const group = sum.groups.get(name);
  if (group === undefined) sum.groups.set(name, { labels, count: by });
  else {
    group.count += by;
    if (group.count === 0) sum.groups.delete(name);
  }
}

function groupName(labels: Readonly<Record<string, string>>): string {
  let name = "";
  for (const key of Object.keys(labels).sort()) name += `${key}=${labels[key] ?? ""},`;
  return name;
}

/** How many active pods carry all of the template's labels. */
export function fullyLabeled(sum: PodSum, wanted: Readonly<Record<string, string>> | undefined): number {
  if (wanted === undefined) return sum.active;
  let count = 0;
  for (const group of sum.groups.values()) if (carries(group.labels, wanted)) count += group.count;
  return count;
}

function carries(labels: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): boolean {
  for (const key in wanted) if (labels[key] !== wanted[key]) return false;
  return true;
}

/** True when every active pod of the set is matched by its selector. */
export function allMatch(sum: PodSum, matches: (labels: Readonly<Record<string, string>>) => boolean): boolean {
  for (const group of sum.groups.values()) if (!matches(group.labels)) return false;
  return true;
}
