export { percentOf, readScaled, scaledValue, type IntOrString, type ScaledResult } from "./int-or-string.ts";
