/** Endpoints and EndpointSlices. Source: kubernetes v1.36 pkg/apis/core/validation and pkg/apis/discovery/validation. */
import { dns1123LabelErrors, dns1123SubdomainErrors, portNameErrors, qualifiedNameErrors } from "../../../base/names/index.ts";
import { parseIp } from "../../../base/ip/index.ts";
import type { Endpoint, EndpointAddress, EndpointPort, Endpoints, EndpointSlice } from "../api/index.ts";
import { validateLegacyIp, validateNonSpecialIp } from "./addresses.ts";
import { duplicate, invalid, notSupported, required, tooMany, type FieldErrors } from "./field-errors.ts";
import { rootPath, type FieldPath } from "./field-path.ts";
import { complain, complainAt, immutable, isEmpty, portNumberErrors, requiredOneOf } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { PROTOCOLS } from "./ports.ts";

const MAX_ADDRESSES = 100;
const MAX_PORTS = 20_000;
const MAX_ENDPOINTS = 1000;
const MAX_HINTS = 8;
const ADDRESS_TYPES: readonly string[] = ["FQDN", "IPv4", "IPv6"];

function validateAddress(address: EndpointAddress, path: FieldPath, errors: FieldErrors): void {
  const ip = address.ip ?? "";
  validateLegacyIp(ip, path.child("ip"), errors);
  if (!isEmpty(address.hostname)) complain(errors, path, "hostname", address.hostname, dns1123LabelErrors(address.hostname ?? ""));
  if (address.nodeName !== undefined) complain(errors, path, "nodeName", address.nodeName, dns1123SubdomainErrors(address.nodeName));
  validateNonSpecialIp(ip, path.child("ip"), errors);
}

function validatePort(port: EndpointPort, named: boolean, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(port.name)) {
    if (named) required(errors, path.child("name"));
  } else complain(errors, path, "name", port.name, dns1123LabelErrors(port.name ?? ""));
  complain(errors, path, "port", port.port ?? 0, portNumberErrors(port.port ?? 0));
  requiredOneOf(errors, path, "protocol", port.protocol, PROTOCOLS);
  if (port.appProtocol !== undefined) complain(errors, path, "appProtocol", port.appProtocol, qualifiedNameErrors(port.appProtocol));
}

/** An Endpoints object. */
export function validateEndpoints(endpoints: Endpoints, errors: FieldErrors): void {
  validateObjectMeta(endpoints.metadata, true, subdomainName, errors);
  endpoints.subsets?.forEach((subset, index) => {
    const path = rootPath("subsets").index(index);
    const addresses = subset.addresses ?? [];
    const notReady = subset.notReadyAddresses ?? [];
    if (addresses.length === 0 && notReady.length === 0) required(errors, path, "must specify `addresses` or `notReadyAddresses`");
    addresses.forEach((address, position) => validateAddress(address, path.child("addresses").index(position), errors));
    notReady.forEach((address, position) => validateAddress(address, path.child("notReadyAddresses").index(position), errors));
    const ports = subset.ports ?? [];
    ports.forEach((port, position) => validatePort(port, ports.length > 1, path.child("ports").index(position), errors));
  });
}

/** A changed Endpoints object. */
export function validateEndpointsUpdate(next: Endpoints, previous: Endpoints, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateEndpoints(next, errors);
}

function validateSliceAddress(address: string, type: string, path: FieldPath, errors: FieldErrors): void {
  if (type === "FQDN") {
    complainAt(errors, path, address, dns1123SubdomainErrors(address));
    return;
  }
  if (!validateLegacyIp(address, path, errors)) return;
  const family = parseIp(address)?.family;
  if (type === "IPv4" && family !== 4) invalid(errors, path, address, "must be an IPv4 address");
  if (type === "IPv6" && family !== 6) invalid(errors, path, address, "must be an IPv6 address");
  validateNonSpecialIp(address, path, errors);
}

function validateHints(endpoint: Endpoint, path: FieldPath, errors: FieldErrors): void {
  const zones = endpoint.hints?.forZones ?? [];
  const at = path.child("hints").child("forZones");
  if (zones.length > MAX_HINTS) tooMany(errors, at, zones.length, MAX_HINTS);
  const seen = new Set<string>();
  zones.forEach(({ name }, index) => {
    if (seen.has(name)) duplicate(errors, at.index(index).child("name"), name);
    seen.add(name);
    complain(errors, at.index(index), "name", name ?? "", qualifiedNameErrors(name ?? ""));
  });
}

function validateEndpoint(endpoint: Endpoint, type: string, path: FieldPath, errors: FieldErrors): void {
  const addresses = endpoint.addresses ?? [];
  const at = path.child("addresses");
  if (addresses.length === 0) required(errors, at, "must contain at least 1 address");
  else if (addresses.length > MAX_ADDRESSES) tooMany(errors, at, addresses.length, MAX_ADDRESSES);
  addresses.forEach((address, index) => validateSliceAddress(address, type, at.index(index), errors));
  if (endpoint.nodeName !== undefined) complain(errors, path, "nodeName", endpoint.nodeName, dns1123SubdomainErrors(endpoint.nodeName));
  if (endpoint.hostname !== undefined) complain(errors, path, "hostname", endpoint.hostname, dns1123LabelErrors(endpoint.hostname));
  if (endpoint.hints !== undefined) validateHints(endpoint, path, errors);
}

function validateSlicePorts(slice: EndpointSlice, errors: FieldErrors): void {
  const ports = slice.ports ?? [];
  const path = rootPath("ports");
  if (ports.length > MAX_PORTS) tooMany(errors, path, ports.length, MAX_PORTS);
  const names = new Set<string>();
  ports.forEach((port, index) => {
    const at = path.index(index);
    const name = port.name ?? "";
    if (name !== "") complain(errors, at, "name", name, dns1123LabelErrors(name).length === 0 ? [] : portNameErrors(name));
    if (names.has(name)) duplicate(errors, at.child("name"), name);
    names.add(name);
    requiredOneOf(errors, at, "protocol", port.protocol, PROTOCOLS);
    if (port.port !== undefined) complain(errors, at, "port", port.port, portNumberErrors(port.port));
    if (port.appProtocol !== undefined) complain(errors, at, "appProtocol", port.appProtocol, qualifiedNameErrors(port.appProtocol));
  });
}

/** An EndpointSlice. */
export function validateEndpointSlice(slice: EndpointSlice, errors: FieldErrors): void {
  validateObjectMeta(slice.metadata, true, subdomainName, errors);
  const type = slice.addressType ?? "";
  if (type === "") required(errors, rootPath("addressType"));
  else if (!ADDRESS_TYPES.includes(type)) notSupported(errors, rootPath("addressType"), type, ADDRESS_TYPES);
  const endpoints = slice.endpoints ?? [];
  const path = rootPath("endpoints");
  if (endpoints.length > MAX_ENDPOINTS) tooMany(errors, path, endpoints.length, MAX_ENDPOINTS);
  endpoints.forEach((endpoint, index) => validateEndpoint(endpoint, type, path.index(index), errors));
  validateSlicePorts(slice, errors);
}

/** A changed EndpointSlice. */
export function validateEndpointSliceUpdate(next: EndpointSlice, previous: EndpointSlice, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateEndpointSlice(next, errors);
  immutable(errors, rootPath("addressType"), next.addressType, previous.addressType);
}
