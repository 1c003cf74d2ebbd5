/**
 * Deep equality of plain data: what JSON can say, with an undefined property counting as absent.
 * Shared parts are recognised by identity, so comparing two revisions of an object costs about as much as their difference.
 */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a !== a && b !== b;
  if (Array.isArray(a)) return Array.isArray(b) && equalArrays(a, b);
  return !Array.isArray(b) && equalObjects(a as Record<string, unknown>, b as Record<string, unknown>);
}

function equalArrays(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!deepEqual(a[i], b[i])) return false;
  return true;
}

function equalObjects(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  let shared = 0;
  for (const key in a) {
    const left = a[key];
    if (left === undefined || !Object.hasOwn(a, key)) continue;
    const right = b[key];
    if (right === undefined || !deepEqual(left, right) || !Object.hasOwn(b, key)) return false;
    shared++;
  }
  for (const key in b) if (b[key] !== undefined && Object.hasOwn(b, key)) shared--;
  return shared === 0;
}
