/**
 * $(VAR) in commands, arguments and environment values (third_party/forked/golang/expansion/expand.go): an unknown
 * name stays as it is written, $$ is a dollar sign.
 */
export function expandVariables(text: string, lookUp: (name: string) => string | undefined): string {
  if (!text.includes("$")) return text;
  let result = "";
  for (let index = 0; index < text.length; index++) {
    const character = text[index] as string;
    if (character !== "$") {
      result += character;
      continue;
    }
    const next = text[index + 1];
    if (next === "$") {
      result += "$";
      index++;
    } else if (next === "(") {
      const close = text.indexOf(")", index + 2);
      if (close < 0) return result + text.slice(index);
      const name = text.slice(index + 2, close);
      result += lookUp(name) ?? `$(${name})`;
      index = close;
    } else result += "$";
  }
  return result;
}
