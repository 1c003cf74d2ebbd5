/** "Did you mean …" for kinds that nobody serves. Not upstream's: the real client only says `no matches for kind`. */
import { allResources, type KindRegistry } from "./kind-registry.ts";

const MAX_SUGGESTIONS = 3;

/** Kinds whose name, plural or short name is near `word`, best first, as `{apiVersion, kind}`; empty when none is near. */
export function suggestKinds(registry: KindRegistry, word: string): readonly { readonly apiVersion: string; readonly kind: string }[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const found = allResources(registry).filter((info) => info.preferred).map((info) => ({
    apiVersion: info.apiVersion, kind: info.kind,
    distance: Math.min(...[info.singular, info.resource, ...info.shortNames].map((name) => editDistance(wanted, name, limit))),
  }));
  return found.filter((candidate) => candidate.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map(({ apiVersion, kind }) => ({ apiVersion, kind }));
}

/** Known fields of a schema node near `word`, best first. */
export function suggestFields(known: readonly string[], word: string): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  return known.map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase(), limit) }))
    .filter((candidate) => candidate.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MAX_SUGGESTIONS)
    .map((candidate) => candidate.name);
}

/** Levenshtein distance; anything beyond `limit` is just more than it. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      current.push(Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + same));
    }
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
