/** JSON Pointer (RFC 6901): `/spec/containers/0`, with `~1` for a slash and `~0` for a tilde. */

/** One reference token, unescaped. The replacement goes left to right once, so `~01` is `~1`. */
export function decodePointerToken(token: string): string {
  return token.includes("~") ? token.replace(/~[01]/g, (escape) => (escape === "~1" ? "/" : "~")) : token;
}

/** One key, escaped for a pointer. */
export function encodePointerToken(key: string): string {
  return key.replace(/~/g, "~0").replace(/\//g, "~1");
}

/** The tokens of a pointer; `undefined` unless it is empty or begins with a slash. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === "") return [];
  return pointer.startsWith("/") ? pointer.slice(1).split("/").map(decodePointerToken) : undefined;
}

/** The pointer of a path. */
export function formatPointer(path: readonly (string | number)[]): string {
  return path.map((step) => `/${encodePointerToken(String(step))}`).join("");
}
