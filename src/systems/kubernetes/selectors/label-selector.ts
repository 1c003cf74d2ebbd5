/**
 * meta/v1 LabelSelector objects and plain label maps as selectors.
 * Source: k8s.io/apimachinery v1.36 pkg/apis/meta/v1/helpers.go, LabelSelectorAsSelector.
 */
import { quote } from "../../../base/go-format/index.ts";
import { matcherOf, type LabelMatcher } from "./match.ts";
import { byText, EVERYTHING, NOTHING, requirementError, type Requirement, type Selector, type SelectorOperator, type SelectorResult } from "./requirement.ts";

/** The part of meta/v1 LabelSelector this module reads; the generated type is assignable to it. */
export interface LabelSelectorLike {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

const OPERATORS: ReadonlyMap<string, SelectorOperator> = new Map<string, SelectorOperator>([
  ["In", "in"], ["NotIn", "notin"], ["Exists", "exists"], ["DoesNotExist", "!"],
]);

/** The selector that asks for each of these labels; none or no map at all matches everything (a Service's or RC's selector). */
export function selectorFromSet(labels: Readonly<Record<string, string>> | undefined): Selector {
  if (labels === undefined) return EVERYTHING;
  const requirements: Requirement[] = [];
  for (const key of Object.keys(labels).sort(byText)) requirements.push({ key, operator: "=", values: [labels[key] ?? ""] });
  return { requirements };
}

/** A LabelSelector as a selector: absent matches nothing, empty matches everything. Refusals in upstream's words. */
export function selectorFromLabelSelector(labelSelector: LabelSelectorLike | undefined): SelectorResult {
  if (labelSelector === undefined) return { selector: NOTHING };
  const requirements: Requirement[] = [...selectorFromSet(labelSelector.matchLabels).requirements];
  for (const expression of labelSelector.matchExpressions ?? []) {
    const operator = OPERATORS.get(expression.operator);
    if (operator === undefined) return { error: `${quote(expression.operator)} is not a valid label selector operator` };
    requirements.push({ key: expression.key, operator, values: expression.values ?? [] });
  }
  for (const requirement of requirements) {
    const error = requirementError(requirement);
    if (error !== undefined) return { error };
  }
  return { selector: { requirements: requirements.sort((a, b) => byText(a.key, b.key)) } };
}

const compiled = new WeakMap<LabelSelectorLike, LabelMatcher>();
const never: LabelMatcher = () => false;

/**
 * A matcher for a LabelSelector, made once per (immutable) object. Absent matches nothing, empty everything;
 * a selector that is not valid matches nothing.
 */
export function compileSelector(labelSelector: LabelSelectorLike | undefined): LabelMatcher {
  if (labelSelector === undefined) return never;
  const known = compiled.get(labelSelector);
  if (known !== undefined) return known;
  const result = selectorFromLabelSelector(labelSelector);
  const matcher = "selector" in result ? matcherOf(result.selector) : never;
  compiled.set(labelSelector, matcher);
  return matcher;
}
