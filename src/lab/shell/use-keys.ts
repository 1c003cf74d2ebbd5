/** Keys that work everywhere. */
export function useKeys(): void {
  // Filled below.
}
