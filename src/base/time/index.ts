/** Virtual time as text. Times are milliseconds since the Unix epoch, as numbers. */
export { rfc3339, rfc3339Micro, parseRfc3339 } from "./rfc3339.ts";
