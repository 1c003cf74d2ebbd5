/**
 * The text form of label selectors: "app=web,tier in (front, back),!canary,replicas>2".
 * Source: k8s.io/apimachinery v1.36 pkg/labels/selector.go, Lexer and Parser; the refusals are its own words.
 */
import { byText, keyError, requirementError, type Requirement, type SelectorOperator, type SelectorResult } from "./requirement.ts";

type TokenKind = "identifier" | "end" | "error" | ")" | "(" | "," | "!" | "==" | "=" | ">" | "<" | "!=" | "in" | "notin";

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const SYMBOLS: ReadonlySet<string> = new Set([")", "(", ",", "!", "==", "=", ">", "<", "!="]);
const SPECIAL = "=!(),><";
const BLANK = " \t\r\n";
const EXPECTED_OPERATOR = "in, notin, =, ==, !=, gt, lt";

const OPERATORS: Partial<Record<TokenKind, SelectorOperator>> = {
  in: "in", notin: "notin", "=": "=", "==": "==", "!=": "!=", ">": "gt", "<": "lt",
};

/** A refusal inside the parser, turned into a value at its door. */
class SelectorSyntaxError extends Error {}

function scanSymbol(text: string, from: number): Token {
  let found = "";
  let seen = "";
  for (let at = from; at < text.length && SPECIAL.includes(text.charAt(at)); at++) {
    seen += text.charAt(at);
    if (SYMBOLS.has(seen)) found = seen;
    else if (found !== "") break;
  }
  if (found === "") return { kind: "error", text: `error expected: keyword found '${seen}'` };
  return { kind: found as TokenKind, text: found };
}

function scanWord(text: string, from: number): Token {
  let at = from;
  while (at < text.length && !SPECIAL.includes(text.charAt(at)) && !BLANK.includes(text.charAt(at))) at++;
  const word = text.slice(from, at);
  return { kind: word === "in" || word === "notin" ? word : "identifier", text: word };
}

function scan(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (BLANK.includes(text.charAt(at))) {
      at++;
      continue;
    }
    const token = SPECIAL.includes(text.charAt(at)) ? scanSymbol(text, at) : scanWord(text, at);
    tokens.push(token);
    at += token.kind === "error" ? text.length : token.text.length;
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

const END: Token = { kind: "end", text: "" };

class SelectorParser {
  private position = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const token = this.peek();
      if (token.kind === "end") return requirements;
      if (!startsRequirement(token)) throw new SelectorSyntaxError(`found '${token.text}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.requirement());
      const next = this.next();
      if (next.kind === "end") return requirements;
      if (next.kind !== ",") throw new SelectorSyntaxError(`found '${next.text}', expected: ',' or 'end of string'`);
      const after = this.peek();
      if (!startsRequirement(after)) throw new SelectorSyntaxError(`found '${after.text}', expected: identifier after ','`);
    }
  }

  /** Where a value may stand, "in" and "notin" are ordinary words. */
  private peek(): Token {
    return asValue(this.tokens[this.position] ?? END);
  }

  private next(): Token {
    const token = this.peek();
    this.position++;
    return token;
  }

  private requirement(): Requirement {
    const requirement = this.unchecked();
    const error = requirementError(requirement);
    if (error !== undefined) throw unparsed(error);
    return requirement;
  }

  private unchecked(): Requirement {
    let token = this.next();
    const absent = token.kind === "!";
    if (absent) token = this.next();
    if (token.kind !== "identifier") throw unparsed(`found '${token.text}', expected: identifier`);
    const key = token.text;
    const bad = keyError(key, "<nil>");
    if (bad !== undefined) throw unparsed(bad);
    if (absent) return { key, operator: "!", values: [] };
    const following = this.peek().kind;
    if (following === "end" || following === ",") return { key, operator: "exists", values: [] };
    const operator = this.operator();
    const values = operator === "in" || operator === "notin" ? this.valueSet() : this.exactValue();
    return { key, operator, values: [...new Set(values)].sort(byText) };
  }

  private operator(): SelectorOperator {
    const token = this.tokens[this.position++] ?? END;
    const operator = OPERATORS[token.kind];
    if (operator === undefined) throw unparsed(`found '${token.text}', expected: ${EXPECTED_OPERATOR}`);
    return operator;
  }

  private valueSet(): string[] {
    const open = this.next();
    if (open.kind !== "(") throw unparsed(`found '${open.text}' expected: '('`);
    const first = this.peek();
    if (first.kind === ")") {
      this.next();
      return [""];
    }
    if (first.kind !== "identifier" && first.kind !== ",") throw unparsed(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = this.identifiers();
    if (this.next().kind !== ")") throw unparsed(`found '${first.text}', expected: ')'`);
    return values;
  }

  private identifiers(): string[] {
    const values: string[] = [];
    for (;;) {
      const token = this.next();
      if (token.kind === "identifier") {
        values.push(token.text);
        const after = this.peek();
        if (after.kind === ")") return values;
        if (after.kind !== ",") throw unparsed(`found '${after.text}', expected: ',' or ')'`);
      } else if (token.kind === ",") {
        const after = this.peek().kind;
        if (values.length === 0 || after === ")" || after === ",") values.push("");
        if (after === ")") return values;
      } else {
        throw unparsed(`found '${token.text}', expected: ',', or identifier`);
      }
    }
  }

  private exactValue(): string[] {
    const kind = this.peek().kind;
    if (kind === "end" || kind === ",") return [""];
    const token = this.next();
    if (token.kind !== "identifier") throw unparsed(`found '${token.text}', expected: identifier`);
    return [token.text];
  }
}

function startsRequirement(token: Token): boolean {
  return token.kind === "identifier" || token.kind === "!";
}

function asValue(token: Token): Token {
  return token.kind === "in" || token.kind === "notin" ? { kind: "identifier", text: token.text } : token;
}

function unparsed(reason: string): SelectorSyntaxError {
  return new SelectorSyntaxError(`unable to parse requirement: ${reason}`);
}

/** Reads a label selector's text. Requirements come out ordered by key, as upstream does. */
export function parseSelector(text: string): SelectorResult {
  try {
    const requirements = new SelectorParser(scan(text)).parse();
    return { selector: { requirements: requirements.sort((a, b) => byText(a.key, b.key)) } };
  } catch (error) {
    if (error instanceof SelectorSyntaxError) return { error: error.message };
    throw error;
  }
}
