/** Text for people and terminals. */
export { escapeForOneLine, escapeHidden, findHiddenCharacter, nameCharacter } from "./characters.ts";
export type { HiddenCharacter } from "./characters.ts";
export { groupDigits, listOf, plural, shorten } from "./plural.ts";
export { didYouMean, editDistance, suggest } from "./suggest.ts";
export { formatTable, textWidth } from "./table.ts";
export type { TableOptions } from "./table.ts";
