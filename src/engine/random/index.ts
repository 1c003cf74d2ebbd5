/** Seeded random streams, one per component, as plain data. */
export { type RandomStream, createStream, nextUint32, nextFloat, nextBelow, seedFrom } from "./stream.ts";
