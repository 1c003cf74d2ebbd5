export { addQuantities, compareQuantities, compareQuantityTexts, multiplyQuantity, negateQuantity, subtractQuantities, sumQuantities } from "./arithmetic.ts";
export { canonicalQuantity, formatQuantity } from "./format.ts";
export { FORMAT_ERROR, parseQuantity, quantityError, readQuantity, type QuantityResult } from "./parse.ts";
export { integerQuantity, integerValue, milliQuantity, nanoValue, ZERO_QUANTITY, type Quantity, type QuantityFormat } from "./quantity.ts";
export { byteValue, milliValue } from "./values.ts";
