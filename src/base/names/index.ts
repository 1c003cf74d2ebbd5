export { byteLength } from "./bytes.ts";
export {
  dns1035LabelErrors, dns1123LabelErrors, dns1123SubdomainErrors, dns1123SubdomainWithUnderscoreErrors, LABEL_MAX_LENGTH,
  maxLengthComplaint, NO_COMPLAINTS, patternComplaint, rangeComplaint, SUBDOMAIN_MAX_LENGTH, wildcardSubdomainErrors,
} from "./dns.ts";
export {
  cIdentifierErrors, configMapKeyErrors, envVarNameErrors, httpHeaderNameErrors, pathSegmentErrors, percentErrors, portNameErrors,
} from "./identifiers.ts";
export { labelValueErrors, qualifiedNameErrors } from "./labels.ts";
