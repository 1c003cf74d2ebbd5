export { bitsOf, formatCidr, formatIp, networkOf, parseCidr, parseIp, rangeContains, type IpAddress, type IpRange } from "./ip.ts";
