/**
 * Splits a stream into documents as the real client does before it reads any YAML: at lines that begin with `---`.
 * Source: k8s.io/apimachinery/pkg/util/yaml/decoder.go (YAMLReader). A first separator belongs to the document it opens.
 */

/** One document's text, as offsets. `separatorProblem` is what stands after `---` and may not. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly separatorProblem?: { readonly text: string; readonly offset: number };
}

/** The chunks of `text` from `from` on, one after the other. */
export function* splitStream(text: string, from: number): Generator<Chunk> {
  let start = from;
  for (let line = from; line < text.length; ) {
    const next = nextLine(text, line);
    if (!text.startsWith("---", line)) {
      line = nextSeparator(text, line, next);
      continue;
    }
    const rest = text.slice(line + 3, next).trim();
    if (rest !== "" && !rest.startsWith("#")) {
      // The client loses what it had read of the document before, too.
      yield { start, end: next, separatorProblem: { text: rest, offset: text.indexOf(rest.charAt(0), line + 3) } };
      start = next;
    } else if (line > start) {
      yield { start, end: line };
      start = next;
    }
    line = next;
  }
  if (start < text.length) yield { start, end: text.length };
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

/** Jumps to the next line that can be a separator. */
function nextSeparator(text: string, line: number, next: number): number {
  const at = text.indexOf("\n---", Math.max(line, next - 1));
  return at < 0 ? text.length : at + 1;
}
