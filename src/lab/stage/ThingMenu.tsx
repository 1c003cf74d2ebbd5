/** Things to do with a thing. */
export function ThingMenu() {
  return null;
}
