/** The pull policy that follows from an image's tag. Source: pkg/util/parsers/parsers.go and the distribution reference grammar. */

const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const domain = "(?:localhost|[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|[A-Za-z0-9-]+(?=:\\d)|\\[[a-fA-F0-9:]+\\])(?::\\d+)?";
const reference = new RegExp(`^(?:${domain}/)?${component}(?:/${component})*(?::([A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`);

/**
 * "Always" for the tag `latest`, also when neither tag nor digest is given; else "IfNotPresent".
 * Text that is no image reference counts as having no tag "latest": upstream leaves it to validation.
 */
export function defaultPullPolicy(image: string | undefined): "Always" | "IfNotPresent" {
  const found = reference.exec(image ?? "");
  if (found === null) return "IfNotPresent";
  const [, tag, digest] = found;
  return tag === "latest" || (tag === undefined && digest === undefined) ? "Always" : "IfNotPresent";
}
