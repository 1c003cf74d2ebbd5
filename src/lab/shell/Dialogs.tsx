/** Whatever dialog is open. */
export function Dialogs() {
  return null;
}
