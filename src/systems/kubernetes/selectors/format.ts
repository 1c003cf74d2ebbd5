/** Selectors as text. Source: k8s.io/apimachinery v1.36 pkg/labels/selector.go, Requirement.String; meta/v1 FormatLabelSelector. */
import { selectorFromLabelSelector, type LabelSelectorLike } from "./label-selector.ts";
import { byText, type Requirement, type Selector } from "./requirement.ts";

/** One requirement as text: "app=web", "tier in (back,front)", "!canary". */
export function formatRequirement(requirement: Requirement): string {
  const { key, operator } = requirement;
  const values = [...requirement.values].sort(byText).join(",");
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${values})`;
    case "gt":
      return `${key}>${values}`;
    case "lt":
      return `${key}<${values}`;
    default:
      return `${key}${operator}${values}`;
  }
}

/** A selector as the text that parses to it again. */
export function formatSelector(selector: Selector): string {
  return selector.requirements.map(formatRequirement).join(",");
}

/** A LabelSelector as kubectl shows it: its text, "<none>" when empty or absent, "<error>" when not valid. */
export function formatLabelSelector(labelSelector: LabelSelectorLike | undefined): string {
  const result = selectorFromLabelSelector(labelSelector);
  if ("error" in result) return "<error>";
  const text = formatSelector(result.selector);
  return text === "" ? "<none>" : text;
}
