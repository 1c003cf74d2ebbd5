/** Encodings and hashes, pure and the same on every engine. */
export { base64Decode, base64DecodeText, base64Encode, base64EncodeText, base64UrlDecode, base64UrlEncode } from "./base64.ts";
export type { Base64Decoded } from "./base64.ts";
export { fnv1a32, fnv1a64, hash64Hex } from "./fnv.ts";
export type { Hash64 } from "./fnv.ts";
export { hexDecode, hexEncode } from "./hex.ts";
export { SAFE_ALPHABET, safeCharacter, safeEncodeString } from "./safe-encode.ts";
export { sha256Hex } from "./sha256.ts";
export { utf8Bytes, utf8Length, utf8Text } from "./utf8.ts";
