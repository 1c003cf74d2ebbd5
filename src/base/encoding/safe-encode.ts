/**
 * The alphabet of generated names: no vowels and no look-alikes, so that no words come about.
 * Source: k8s.io/apimachinery/pkg/util/rand/rand.go (alphanums, SafeEncodeString).
 */

/** The 27 characters of generated suffixes such as the hash in a ReplicaSet's name. */
export const SAFE_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

/** Maps every character to the safe alphabet by its code point, as `rand.SafeEncodeString` does. */
export function safeEncodeString(text: string): string {
  let encoded = "";
  for (const character of text) encoded += SAFE_ALPHABET.charAt((character.codePointAt(0) ?? 0) % SAFE_ALPHABET.length);
  return encoded;
}

/** One character of the safe alphabet for `index`, which counts from 0 and wraps around. */
export function safeCharacter(index: number): string {
  return SAFE_ALPHABET.charAt(index % SAFE_ALPHABET.length);
}
