import { bytesText } from "../i18n/index.ts";

/** Length of a text as people say it. Characters count as bytes: near enough to warn by. */
export function sizeText(length: number): string {
  return bytesText(length);
}
