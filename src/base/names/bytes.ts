/** The length of a text in UTF-8 bytes: what the API's length limits count. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code >= 0xd800 && code <= 0xdbff) {
      bytes += 2;
      at++;
    } else {
      bytes += code < 0x800 ? 1 : 2;
    }
  }
  return bytes;
}
