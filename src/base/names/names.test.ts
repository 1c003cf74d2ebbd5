import { describe, expect, it } from "vitest";
import {
  byteLength, cIdentifierErrors, configMapKeyErrors, dns1035LabelErrors, dns1123LabelErrors, dns1123SubdomainErrors,
  dns1123SubdomainWithUnderscoreErrors, envVarNameErrors, httpHeaderNameErrors, labelValueErrors, pathSegmentErrors, percentErrors,
  portNameErrors, qualifiedNameErrors, rangeComplaint, wildcardSubdomainErrors,
} from "./index.ts";

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const LABEL_1035 =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const KEY =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

describe("19 a Unicode or 254-character name: the DNS rule", () => {
  it("refuses letters outside ASCII, capitals, edges and empty parts", () => {
    for (const bad of ["caf\u00e9", "Web", "-web", "web-", "a..b", "", ".a", "a_b", "web\u0000"]) expect(dns1123SubdomainErrors(bad)).toEqual([SUBDOMAIN]);
  });

  it("counts to 253 characters", () => {
    expect(dns1123SubdomainErrors("a".repeat(253))).toEqual([]);
    expect(dns1123SubdomainErrors("a".repeat(254))).toEqual(["must be no more than 253 characters"]);
    expect(dns1123SubdomainErrors("A".repeat(254))).toEqual(["must be no more than 253 characters", SUBDOMAIN]);
    expect(dns1123SubdomainErrors("\u00e9".repeat(130))).toEqual(["must be no more than 253 characters", SUBDOMAIN]);
  });

  it("accepts the usual", () => {
    for (const good of ["web", "web-1", "1web", "a.b.c", "x", "0"]) expect(dns1123SubdomainErrors(good)).toEqual([]);
  });
});

describe("labels", () => {
  it("tells dots from other faults", () => {
    expect(dns1123LabelErrors("a.b")).toEqual(["must not contain dots"]);
    expect(dns1123LabelErrors("A")).toEqual([LABEL]);
    expect(dns1123LabelErrors("a".repeat(64))).toEqual(["must be no more than 63 characters"]);
    expect(dns1123LabelErrors("123-abc")).toEqual([]);
  });

  it("wants a letter first for RFC 1035", () => {
    expect(dns1035LabelErrors("1web")).toEqual([LABEL_1035]);
    expect(dns1035LabelErrors("web-1")).toEqual([]);
    expect(dns1035LabelErrors("w".repeat(64))).toEqual(["must be no more than 63 characters"]);
  });

  it("knows wildcards and underscores", () => {
    expect(wildcardSubdomainErrors("*.example.com")).toEqual([]);
    expect(wildcardSubdomainErrors("*.*.com")[0]).toContain("a wildcard DNS-1123 subdomain must start with '*.'");
    expect(dns1123SubdomainWithUnderscoreErrors("_tcp.example")).toEqual([]);
    expect(dns1123SubdomainWithUnderscoreErrors("a b")[0]).toContain("'_', '-' or '.'");
  });
});

describe("qualified names and label values", () => {
  it("accepts prefixes", () => {
    for (const good of ["app", "app.kubernetes.io/name", "a_b.c-d", "A", "x/Y"]) expect(qualifiedNameErrors(good)).toEqual([]);
  });

  it("says which part is wrong", () => {
    expect(qualifiedNameErrors("")).toEqual(["name part must be non-empty", `name part ${KEY}`]);
    expect(qualifiedNameErrors("/a")).toEqual(["prefix part must be non-empty"]);
    expect(qualifiedNameErrors("Ex/a")).toEqual([`prefix part ${SUBDOMAIN}`]);
    expect(qualifiedNameErrors("a/b/c")).toEqual([`a valid label key ${KEY} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]);
    expect(qualifiedNameErrors("a".repeat(64))).toEqual(["name part must be no more than 63 bytes"]);
    expect(qualifiedNameErrors("a b")).toEqual([`name part ${KEY}`]);
  });

  it("checks values", () => {
    expect(labelValueErrors("")).toEqual([]);
    expect(labelValueErrors("v1.2_3-x")).toEqual([]);
    expect(labelValueErrors("a".repeat(64))).toEqual(["must be no more than 63 bytes"]);
    expect(labelValueErrors("a b")[0]).toContain("a valid label must be an empty string or consist of");
  });
});

describe("other names", () => {
  it("port names", () => {
    expect(portNameErrors("http")).toEqual([]);
    expect(portNameErrors("a-very-long-port-name")).toEqual(["must be no more than 15 characters"]);
    expect(portNameErrors("80")).toEqual(["must contain at least one letter (a-z)"]);
    expect(portNameErrors("a--b")).toEqual(["must not contain consecutive hyphens"]);
    expect(portNameErrors("-a")).toEqual(["must not begin or end with a hyphen"]);
    expect(portNameErrors("HTTP")).toEqual(["must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)", "must contain at least one letter (a-z)"]);
  });

  it("environment variables", () => {
    expect(envVarNameErrors("MY.VAR-1")).toEqual([]);
    expect(envVarNameErrors("1 odd name")).toEqual([]);
    expect(envVarNameErrors("")).toEqual(["environment variable name must be non-empty"]);
    expect(envVarNameErrors("A=B")).toEqual(["a valid environment variable name must consist only of printable ASCII characters other than '='"]);
  });

  it("config keys", () => {
    expect(configMapKeyErrors("app.properties")).toEqual([]);
    expect(configMapKeyErrors("..")).toEqual(["must not be '..'"]);
    expect(configMapKeyErrors("..x")).toEqual(["must not start with '..'"]);
    expect(configMapKeyErrors("a/b")[0]).toContain("a valid config key must consist of alphanumeric characters");
    expect(configMapKeyErrors("a".repeat(254))).toEqual(["must be no more than 253 characters"]);
  });

  it("headers, percentages, identifiers, path segments, ranges", () => {
    expect(httpHeaderNameErrors("X-A")).toEqual([]);
    expect(httpHeaderNameErrors("a b")[0]).toContain("a valid HTTP header must consist of");
    expect(percentErrors("25%")).toEqual([]);
    expect(percentErrors("25")).toEqual([
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    ]);
    expect(cIdentifierErrors("A_1")).toEqual([]);
    expect(cIdentifierErrors("1A")).toHaveLength(1);
    expect(pathSegmentErrors("system:node")).toEqual([]);
    expect(pathSegmentErrors("..")).toEqual(["may not be '..'"]);
    expect(pathSegmentErrors("a/b%c")).toEqual(["may not contain '/'", "may not contain '%'"]);
    expect(rangeComplaint(1, 65535)).toBe("must be between 1 and 65535, inclusive");
  });

  it("counts UTF-8 bytes", () => {
    for (const text of ["abc", "\u00e9", "\u65e5", "\u{1f600}a"]) expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
  });
});
