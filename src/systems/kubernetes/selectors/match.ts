/** Matching labels against selectors. Source: k8s.io/apimachinery v1.36 pkg/labels/selector.go, Requirement.Matches. */
import { parseInteger, type Requirement, type Selector } from "./requirement.ts";

/** A set of labels; absent means none. */
export type Labels = Readonly<Record<string, string>> | undefined;

/** Tells whether labels match. */
export type LabelMatcher = (labels: Labels) => boolean;

const NO_LABELS: Readonly<Record<string, string>> = Object.freeze({});

function valueOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function compares(requirement: Requirement, value: string): boolean {
  const actual = parseInteger(value);
  const bound = parseInteger(requirement.values[0] ?? "");
  if (actual === undefined || bound === undefined) return false;
  return requirement.operator === "gt" ? actual > bound : actual < bound;
}

function requirementHolds(requirement: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = valueOf(labels, requirement.key);
  switch (requirement.operator) {
    case "in":
    case "=":
    case "==":
      return value !== undefined && requirement.values.includes(value);
    case "notin":
    case "!=":
      return value === undefined || !requirement.values.includes(value);
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    default:
      return value !== undefined && compares(requirement, value);
  }
}

/** True when every requirement holds for the labels. */
export function matchesSelector(selector: Selector, labels: Labels): boolean {
  if (selector.nothing === true) return false;
  const present = labels ?? NO_LABELS;
  for (const requirement of selector.requirements) if (!requirementHolds(requirement, present)) return false;
  return true;
}

const never: LabelMatcher = () => false;
const always: LabelMatcher = () => true;

/** A selector made ready for many questions: one test for the usual single "key=value". */
export function matcherOf(selector: Selector): LabelMatcher {
  if (selector.nothing === true) return never;
  if (selector.requirements.length === 0) return always;
  const only = selector.requirements.length === 1 ? selector.requirements[0] : undefined;
  if (only !== undefined && (only.operator === "=" || only.operator === "==")) {
    const { key } = only;
    const wanted = only.values[0];
    return (labels) => labels !== undefined && labels[key] === wanted;
  }
  return (labels) => matchesSelector(selector, labels);
}
