/**
 * Terms of pod affinity and anti-affinity, made ready for counting: which pods a term selects, and where.
 * Source: pkg/scheduler/framework/types.go (AffinityTerm, getNamespacesFromPodAffinityTerm), plugins/interpodaffinity.
 */
import type { LabelSelector, Pod, PodAffinityTerm } from "../../api/index.ts";

/** Selects pods by namespace and labels. `namespaceSelector` widens `namespaces`. */
export interface PodSelection {
  readonly namespaces: readonly string[];
  readonly namespaceSelector?: LabelSelector;
  readonly selector: LabelSelector | undefined;
}

/** The four ways a pod's term acts. */
export type TermKind = "required" | "requiredAnti" | "preferred" | "preferredAnti";

/** One term of a pod. `key` is equal for terms that mean the same. */
export interface PodTerm {
  readonly kind: TermKind;
  readonly selection: PodSelection;
  readonly selectionKey: string;
  readonly topologyKey: string;
  readonly weight: number;
  readonly key: string;
}

/** Adds `matchLabelKeys` and `mismatchLabelKeys` to a selector, as the API server does for pods it admits (idempotent). */
export function mergeLabelKeys(
  selector: LabelSelector | undefined, labels: Readonly<Record<string, string>>, match: readonly string[] | undefined, mismatch: readonly string[] | undefined,
): LabelSelector | undefined {
  if (selector === undefined || (match === undefined && mismatch === undefined)) return selector;
  const matchExpressions = [...(selector.matchExpressions ?? [])];
  for (const key of match ?? []) if (labels[key] !== undefined) matchExpressions.push({ key, operator: "In", values: [labels[key]] });
  for (const key of mismatch ?? []) if (labels[key] !== undefined) matchExpressions.push({ key, operator: "NotIn", values: [labels[key]] });
  return { ...selector, matchExpressions };
}

function selectionOf(pod: Pod, term: PodAffinityTerm): PodSelection {
  const own = pod.metadata?.namespace ?? "";
  const named = term.namespaces ?? [];
  const namespaces = named.length === 0 && term.namespaceSelector === undefined ? [own] : named;
  const selector = mergeLabelKeys(term.labelSelector, pod.metadata?.labels ?? {}, term.matchLabelKeys, term.mismatchLabelKeys);
  return { namespaces, selector, ...(term.namespaceSelector === undefined ? {} : { namespaceSelector: term.namespaceSelector }) };
}

/** A text that is equal for equal selections. */
export function selectionKeyOf(selection: PodSelection): string {
  return JSON.stringify([selection.namespaces, selection.namespaceSelector ?? null, selection.selector ?? null]);
}

function makeTerm(pod: Pod, kind: TermKind, term: PodAffinityTerm, weight: number): PodTerm {
  const selection = selectionOf(pod, term);
  const selectionKey = selectionKeyOf(selection);
  return { kind, selection, selectionKey, topologyKey: term.topologyKey, weight, key: `${kind} ${weight} ${term.topologyKey} ${selectionKey}` };
}

const NO_TERMS: readonly PodTerm[] = Object.freeze([]);

/** All terms of a pod. */
export function termsOf(pod: Pod): readonly PodTerm[] {
  const affinity = pod.spec?.affinity;
  if (affinity === undefined || (affinity.podAffinity === undefined && affinity.podAntiAffinity === undefined)) return NO_TERMS;
  const terms: PodTerm[] = [];
  const { podAffinity, podAntiAffinity } = affinity;
  for (const term of podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) terms.push(makeTerm(pod, "required", term, 1));
  for (const term of podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) terms.push(makeTerm(pod, "requiredAnti", term, 1));
  for (const { podAffinityTerm, weight } of podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) terms.push(makeTerm(pod, "preferred", podAffinityTerm, weight));
  for (const { podAffinityTerm, weight } of podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) terms.push(makeTerm(pod, "preferredAnti", podAffinityTerm, weight));
  return terms;
}
