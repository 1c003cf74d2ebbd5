/** What a stretch of a YAML line is, for colour. */
export type TokenKind = "key" | "text" | "number" | "word" | "comment" | "sign";

export interface YamlToken {
  readonly kind: TokenKind;
  readonly text: string;
}

const KEY = /^(\s*)((?:- +)*)((?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#'"{[\]}&*!|>%@`-][^:#]*?|[^:#\s]+))(:)(?=\s|$)/;
const ITEM = /^(\s*)((?:- +)+|-$)/;
const NUMBER = /^-?\d+(\.\d+)?$/;
const WORD = /^(true|false|null|~|\{\}|\[\]|[|>][+-]?)$/;

/** Cuts one line of machine-written YAML into tokens; together they are the line again. */
export function yamlTokens(line: string): readonly YamlToken[] {
  if (line.length > 2_000) return [{ kind: "text", text: line }];
  if (/^\s*#/.test(line) || line === "---") return [{ kind: "comment", text: line }];
  const key = KEY.exec(line);
  if (key !== null) {
    const [whole, indent = "", dashes = "", name = "", colon = ""] = key;
    return joined([{ kind: "sign", text: indent + dashes }, { kind: "key", text: name }, { kind: "sign", text: colon }, ...value(line.slice(whole.length))]);
  }
  const item = ITEM.exec(line);
  if (item !== null) return joined([{ kind: "sign", text: item[0] }, ...value(line.slice(item[0].length))]);
  return [{ kind: "text", text: line }];
}

function value(rest: string): readonly YamlToken[] {
  const bare = rest.trim();
  if (bare === "") return [{ kind: "text", text: rest }];
  return [{ kind: NUMBER.test(bare) ? "number" : WORD.test(bare) ? "word" : "text", text: rest }];
}

function joined(tokens: readonly YamlToken[]): readonly YamlToken[] {
  return tokens.filter((token) => token.text !== "");
}
