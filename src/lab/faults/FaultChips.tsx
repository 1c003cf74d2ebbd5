/** Faults at work, each removable. */
export function FaultChips() {
  return null;
}
