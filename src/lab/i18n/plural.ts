const RULES = new Map<string, Intl.PluralRules>();

/** The form of a noun for a number, by the language's own rules: `plural("en", 3, {one: "pod", other: "pods"})`. */
export function plural(language: string, count: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }): string {
  const rules = RULES.get(language) ?? new Intl.PluralRules(language);
  RULES.set(language, rules);
  return forms[rules.select(count)] ?? forms.other;
}
