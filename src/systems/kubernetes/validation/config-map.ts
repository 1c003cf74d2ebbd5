/** ConfigMaps and Secrets. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go. */
import { byteLength, configMapKeyErrors } from "../../../base/names/index.ts";
import type { ConfigMap, Secret } from "../api/index.ts";
import { forbidden, invalid, required, tooLong, type FieldErrors } from "./field-errors.ts";
import { METADATA, rootPath, type FieldPath } from "./field-path.ts";
import { complainAt, immutable } from "./field-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { semanticEqual } from "./semantic-equal.ts";

const MAX_SIZE = 1024 * 1024;
const DATA = rootPath("data");
const BINARY_DATA = rootPath("binaryData");
const FROZEN = "field is immutable when `immutable` is set";

type Texts = Readonly<Record<string, string>> | undefined;

/** The number of bytes a base64 text stands for. */
function decodedLength(base64: string): number {
  let padding = 0;
  if (base64.endsWith("==")) padding = 2;
  else if (base64.endsWith("=")) padding = 1;
  return Math.max(0, Math.floor((base64.length * 3) / 4) - padding);
}

function validateKeys(data: Texts, path: FieldPath, sizeOf: (value: string) => number, errors: FieldErrors): number {
  let size = 0;
  for (const key in data) {
    complainAt(errors, path.key(key), key, configMapKeyErrors(key));
    size += sizeOf(data[key] ?? "");
  }
  return size;
}

/** A new ConfigMap: legal keys, 1 MiB in all. */
export function validateConfigMap(configMap: ConfigMap, errors: FieldErrors): void {
  validateObjectMeta(configMap.metadata, true, subdomainName, errors);
  const { data, binaryData } = configMap;
  const size = validateKeys(data, DATA, byteLength, errors) + validateKeys(binaryData, BINARY_DATA, decodedLength, errors);
  for (const key in data) {
    if (binaryData !== undefined && Object.hasOwn(binaryData, key)) invalid(errors, DATA.key(key), key, "duplicate of key present in binaryData");
  }
  if (size > MAX_SIZE) tooLong(errors, rootPath(""), MAX_SIZE);
}

interface Freezable {
  readonly immutable?: boolean;
  readonly data?: Texts;
  readonly binaryData?: Texts;
}

function validateFrozen(next: Freezable, previous: Freezable, errors: FieldErrors): void {
  if (previous.immutable !== true) return;
  if (next.immutable !== true) forbidden(errors, rootPath("immutable"), FROZEN);
  if (!semanticEqual(next.data, previous.data)) forbidden(errors, DATA, FROZEN);
  if (!semanticEqual(next.binaryData, previous.binaryData)) forbidden(errors, BINARY_DATA, FROZEN);
}

/** A changed ConfigMap. */
export function validateConfigMapUpdate(next: ConfigMap, previous: ConfigMap, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  validateFrozen(next as Freezable, previous as Freezable, errors);
  validateConfigMap(next, errors);
}

const ACCOUNT_NAME = "kubernetes.io/service-account.name";
const REDACTED = "<secret contents redacted>";

function decodeBase64(text: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let bits = 0;
  let count = 0;
  let decoded = "";
  for (const char of text) {
    const value = alphabet.indexOf(char);
    if (value < 0) continue;
    bits = (bits << 6) | value;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += String.fromCharCode((bits >> count) & 0xff);
  }
  return decoded;
}

/** Go's words for the commonest slips; other faults are named without a position. */
function jsonError(base64: string): string | undefined {
  const text = decodeBase64(base64);
  if (text.trim() === "") return "unexpected end of JSON input";
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return undefined;
    return "json: cannot unmarshal value into Go value of type map[string]interface {}";
  } catch {
    return `invalid character '${text.trim().charAt(0)}' looking for beginning of value`;
  }
}

function validateDockerConfig(data: Texts, key: string, errors: FieldErrors): void {
  const value = data?.[key];
  if (value === undefined) {
    required(errors, DATA.key(key));
    return;
  }
  const error = jsonError(value);
  if (error !== undefined) invalid(errors, DATA.key(key), REDACTED, error);
}

function validateSecretType(secret: Secret, errors: FieldErrors): void {
  const { data } = secret;
  const need = (key: string): void => {
    if (data?.[key] === undefined) required(errors, DATA.key(key));
  };
  switch (secret.type) {
    case "kubernetes.io/service-account-token":
      if ((secret.metadata?.annotations?.[ACCOUNT_NAME] ?? "") === "") required(errors, METADATA.child("annotations").key(ACCOUNT_NAME));
      break;
    case "kubernetes.io/dockercfg":
      validateDockerConfig(data, ".dockercfg", errors);
      break;
    case "kubernetes.io/dockerconfigjson":
      validateDockerConfig(data, ".dockerconfigjson", errors);
      break;
    case "kubernetes.io/basic-auth":
      if (data?.["username"] === undefined && data?.["password"] === undefined) ["username", "password"].forEach(need);
      break;
    case "kubernetes.io/ssh-auth":
      if ((data?.["ssh-privatekey"] ?? "") === "") required(errors, DATA.key("ssh-privatekey"));
      break;
    case "kubernetes.io/tls":
      ["tls.crt", "tls.key"].forEach(need);
      break;
    default:
  }
}

/** A new Secret: legal keys, 1 MiB in all, and the keys its type needs. */
export function validateSecret(secret: Secret, errors: FieldErrors): void {
  validateObjectMeta(secret.metadata, true, subdomainName, errors);
  const size = validateKeys(secret.data, DATA, decodedLength, errors);
  if (size > MAX_SIZE) tooLong(errors, DATA, MAX_SIZE);
  validateSecretType(secret, errors);
}

/** A changed Secret: its type stays. */
export function validateSecretUpdate(next: Secret, previous: Secret, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
  immutable(errors, rootPath("type"), next.type ?? "", previous.type);
  validateFrozen(next as Freezable, previous as Freezable, errors);
  validateSecret(next, errors);
}
