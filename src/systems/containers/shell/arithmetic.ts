/** $(( )): integers with C's operators (XCU 2.6.4). Variables are read and assigned through the given functions. */

/** Reading and writing of variables. */
export interface Variables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

interface Tokens {
  readonly list: readonly string[];
  at: number;
  readonly variables: Variables;
}

const TOKEN = /\s*(\d+|[A-Za-z_]\w*|\*\*|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|[-+*/%()<>=!~&|^?:,])/y;
const LEVELS: readonly (readonly string[])[] = [["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", "<=", ">", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"], ["**"]];

/** The value of an expression. Throws an Error with the shell's text when it can't be worked out. */
export function evaluate(text: string, variables: Variables): number {
  const list: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const found = TOKEN.exec(text);
    if (found === null) throw new Error(`arithmetic syntax error`);
    list.push(found[1] as string);
  }
  if (list.length === 0) return 0;
  const tokens: Tokens = { list, at: 0, variables };
  const value = comma(tokens);
  if (tokens.at < list.length) throw new Error("arithmetic syntax error");
  return value;
}

function comma(tokens: Tokens): number {
  let value = assignment(tokens);
  while (take(tokens, ",")) value = assignment(tokens);
  return value;
}

function take(tokens: Tokens, token: string): boolean {
  if (tokens.list[tokens.at] !== token) return false;
  tokens.at++;
  return true;
}

function assignment(tokens: Tokens): number {
  const name = tokens.list[tokens.at] ?? "";
  const op = tokens.list[tokens.at + 1] ?? "";
  if (!/^[A-Za-z_]/.test(name) || !/^(?:[-+*/%&|^]|<<|>>)?=$/.test(op)) return ternary(tokens);
  tokens.at += 2;
  const right = assignment(tokens);
  const value = op === "=" ? right : binary(op.slice(0, -1), read(tokens, name), right);
  tokens.variables.set(name, String(value));
  return value;
}

function ternary(tokens: Tokens): number {
  const condition = level(tokens, 0);
  if (!take(tokens, "?")) return condition;
  const yes = assignment(tokens);
  if (!take(tokens, ":")) throw new Error("arithmetic syntax error");
  const no = assignment(tokens);
  return condition !== 0 ? yes : no;
}

function level(tokens: Tokens, depth: number): number {
  const operators = LEVELS[depth];
  if (operators === undefined) return unary(tokens);
  let value = level(tokens, depth + 1);
  for (let op = tokens.list[tokens.at]; op !== undefined && operators.includes(op); op = tokens.list[tokens.at]) {
    tokens.at++;
    value = binary(op, value, level(tokens, depth + 1));
  }
  return value;
}

function binary(op: string, left: number, right: number): number {
  switch (op) {
    case "+": return left + right;
    case "-": return left - right;
    case "*": return left * right;
    case "**": return left ** right;
    case "/": case "%":
      if (right === 0) throw new Error("divide by zero");
      return op === "/" ? Math.trunc(left / right) : left % right;
    case "<<": return left << right;
    case ">>": return left >> right;
    case "&": return left & right;
    case "|": return left | right;
    case "^": return left ^ right;
    default: return compare(op, left, right) ? 1 : 0;
  }
}

function compare(op: string, left: number, right: number): boolean {
  switch (op) {
    case "<": return left < right;
    case "<=": return left <= right;
    case ">": return left > right;
    case ">=": return left >= right;
    case "==": return left === right;
    case "!=": return left !== right;
    case "&&": return left !== 0 && right !== 0;
    default: return left !== 0 || right !== 0;
  }
}

function unary(tokens: Tokens): number {
  if (take(tokens, "-")) return -unary(tokens);
  if (take(tokens, "+")) return unary(tokens);
  if (take(tokens, "!")) return unary(tokens) === 0 ? 1 : 0;
  if (take(tokens, "~")) return ~unary(tokens);
  for (const [op, step] of [["++", 1], ["--", -1]] as const) if (take(tokens, op)) return bump(tokens, tokens.list[tokens.at++] ?? "", step, true);
  if (take(tokens, "(")) {
    const value = comma(tokens);
    if (!take(tokens, ")")) throw new Error("arithmetic syntax error");
    return value;
  }
  const token = tokens.list[tokens.at++];
  if (token === undefined) throw new Error("arithmetic syntax error");
  if (/^\d/.test(token)) return token.startsWith("0") && token.length > 1 ? Number.parseInt(token, 8) : Number(token);
  if (!/^[A-Za-z_]/.test(token)) throw new Error("arithmetic syntax error");
  if (take(tokens, "++")) return bump(tokens, token, 1, false);
  if (take(tokens, "--")) return bump(tokens, token, -1, false);
  return read(tokens, token);
}

function bump(tokens: Tokens, name: string, step: number, before: boolean): number {
  const value = read(tokens, name);
  tokens.variables.set(name, String(value + step));
  return before ? value + step : value;
}

function read(tokens: Tokens, name: string): number {
  const value = Number(tokens.variables.get(name) ?? "0");
  return Number.isNaN(value) ? 0 : Math.trunc(value);
}
