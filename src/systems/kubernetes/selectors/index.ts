export { formatFieldSelector, matchesFields, parseFieldSelector, requiredFieldValue, type FieldRequirement, type FieldSelectorResult } from "./fields.ts";
export { formatLabelSelector, formatSelector } from "./format.ts";
export { compileSelector, selectorFromLabelSelector, selectorFromSet, type LabelSelectorLike } from "./label-selector.ts";
export { matcherOf, matchesSelector, type LabelMatcher, type Labels } from "./match.ts";
export { parseSelector } from "./parse.ts";
export { EVERYTHING, NOTHING, type Requirement, type Selector, type SelectorOperator, type SelectorResult } from "./requirement.ts";
