export { byteLength } from "./bytes.ts";
export {
  dns1035LabelErrors, dns1123LabelErrors, dns1123SubdomainErrors, dns1123SubdomainWithUnderscoreErrors, patternComplaint, rangeComplaint,
  wildcardSubdomainErrors,
} from "./dns.ts";
export {
  cIdentifierErrors, configMapKeyErrors, envVarNameErrors, httpHeaderNameErrors, pathSegmentErrors, percentErrors, portNameErrors,
} from "./identifiers.ts";
export { labelValueErrors, qualifiedNameErrors } from "./labels.ts";
