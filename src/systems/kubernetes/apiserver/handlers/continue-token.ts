/** Continue tokens of lists with a limit. Source: k8s.io/apiserver v1.36 pkg/storage/continue.go. */
import { base64UrlDecode, base64UrlEncode, utf8Bytes, utf8Text } from "../../../../base/encoding/index.ts";

/** Where a list goes on: at this revision, after this key. */
export interface ContinueFrom {
  readonly revision: number;
  readonly after: string;
}

/** The token for going on after `key`. */
export function encodeContinue(revision: number, key: string): string {
  return base64UrlEncode(utf8Bytes(JSON.stringify({ v: "meta.k8s.io/v1", rv: revision, start: `${key}\u0000` })));
}

/** Reads a token; undefined when it isn't one. */
export function decodeContinue(token: string): ContinueFrom | undefined {
  try {
    const decoded = base64UrlDecode(token);
    const text = decoded.ok ? utf8Text(decoded.bytes) : undefined;
    if (text === undefined) return undefined;
    const value = JSON.parse(text) as { readonly v?: unknown; readonly rv?: unknown; readonly start?: unknown };
    if (value.v !== "meta.k8s.io/v1" || typeof value.rv !== "number" || typeof value.start !== "string") return undefined;
    return { revision: value.rv, after: value.start.endsWith("\u0000") ? value.start.slice(0, -1) : value.start };
  } catch {
    return undefined;
  }
}
