export { addQuantities, compareQuantityTexts, multiplyQuantity, subtractQuantities, sumQuantities } from "./arithmetic.ts";
export { canonicalQuantity, formatQuantity } from "./format.ts";
export { parseQuantity, quantityError, type QuantityResult } from "./parse.ts";
export { integerQuantity, integerValue, milliQuantity, nanoValue, type Quantity, type QuantityFormat } from "./quantity.ts";
export { byteValue, milliValue } from "./values.ts";
