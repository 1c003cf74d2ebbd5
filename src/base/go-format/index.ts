export { goStructJson, sortedKeys } from "./json.ts";
export { plainValue, quotedList } from "./plain-value.ts";
export { quote } from "./quote.ts";
