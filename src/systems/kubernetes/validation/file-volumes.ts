/** Volumes made of files: config maps, secrets, downward API, projections. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go. */
import type { DownwardAPIVolumeFile, KeyToPath, ProjectedVolumeSource, Volume, VolumeProjection } from "../api/index.ts";
import { forbidden, invalid, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { isEmpty, requiredText } from "./field-rules.ts";
import { validateObjectField, validateResourceField } from "./env.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateLocalNonReservedPath } from "./local-paths.ts";

const MAX_MODE = 0o777;
const MODE_WORDS = "must be a number between 0 and 0777 (octal), both inclusive";
const VOLUME_FIELDS: readonly string[] = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];
const TOKEN_MIN_SECONDS = 600;
const TOKEN_MAX_SECONDS = 2 ** 32;
const CONFLICT = "conflicting duplicate paths";

function validateMode(mode: number | undefined, path: FieldPath, errors: FieldErrors): void {
  if (mode !== undefined && (mode > MAX_MODE || mode < 0)) invalid(errors, path, mode, MODE_WORDS);
}

function validateKeyToPath(item: KeyToPath, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "key", item.key);
  requiredText(errors, path, "path", item.path);
  validateLocalNonReservedPath(item.path ?? "", path.child("path"), errors);
  validateMode(item.mode, path.child("mode"), errors);
}

function validateItems(items: readonly KeyToPath[] | undefined, path: FieldPath, errors: FieldErrors): void {
  items?.forEach((item, index) => validateKeyToPath(item, path.child("items").index(index), errors));
}

/** secret volumes. */
export function validateSecretVolume(source: NonNullable<Volume["secret"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "secretName", source.secretName);
  validateMode(source.defaultMode, path.child("defaultMode"), errors);
  validateItems(source.items, path, errors);
}

/** configMap volumes. */
export function validateConfigMapVolume(source: NonNullable<Volume["configMap"]>, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "name", source.name);
  validateMode(source.defaultMode, path.child("defaultMode"), errors);
  validateItems(source.items, path, errors);
}

function validateDownwardFile(file: DownwardAPIVolumeFile, path: FieldPath, errors: FieldErrors): void {
  requiredText(errors, path, "path", file.path);
  validateLocalNonReservedPath(file.path ?? "", path.child("path"), errors);
  if (file.fieldRef !== undefined) {
    validateObjectField(file.fieldRef, VOLUME_FIELDS, path.child("fieldRef"), errors);
    if (file.resourceFieldRef !== undefined) invalid(errors, path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
  } else if (file.resourceFieldRef !== undefined) validateResourceField(file.resourceFieldRef, true, path.child("resourceFieldRef"), errors);
  else required(errors, path, "one of fieldRef and resourceFieldRef is required");
  validateMode(file.mode, path.child("mode"), errors);
}

/** downwardAPI volumes; upstream gives the volume's path for every file. */
export function validateDownwardVolume(source: NonNullable<Volume["downwardAPI"]>, path: FieldPath, errors: FieldErrors): void {
  validateMode(source.defaultMode, path.child("defaultMode"), errors);
  for (const file of source.items ?? []) validateDownwardFile(file, path, errors);
}

/** One projected volume while its sources are read: the paths taken so far. */
interface Projection {
  readonly path: FieldPath;
  readonly errors: FieldErrors;
  readonly paths: Set<string>;
}

function takePath(projection: Projection, file: string, shown: string): void {
  if (file === "") return;
  if (projection.paths.has(file)) invalid(projection.errors, projection.path, shown, CONFLICT);
  else projection.paths.add(file);
}

function validateKeyed(
  projection: Projection, source: { readonly name?: string; readonly items?: readonly KeyToPath[] } | undefined, path: FieldPath,
): number {
  if (source === undefined) return 0;
  requiredText(projection.errors, path, "name", source.name);
  source.items?.forEach((item, index) => {
    validateKeyToPath(item, path.child("items").index(index), projection.errors);
    takePath(projection, item.path ?? "", source.name ?? "");
  });
  return 1;
}

function validateDownward(projection: Projection, source: VolumeProjection["downwardAPI"], path: FieldPath): number {
  if (source === undefined) return 0;
  for (const file of source.items ?? []) {
    validateDownwardFile(file, path, projection.errors);
    takePath(projection, file.path ?? "", file.path ?? "");
  }
  return 1;
}

function validateToken(projection: Projection, source: VolumeProjection["serviceAccountToken"], path: FieldPath): number {
  if (source === undefined) return 0;
  const { errors } = projection;
  const seconds = source.expirationSeconds ?? 3600;
  if (seconds < TOKEN_MIN_SECONDS) invalid(errors, path.child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
  if (seconds > TOKEN_MAX_SECONDS) invalid(errors, path.child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
  if (isEmpty(source.path)) required(errors, projection.path.child("path"));
  else validateLocalNonReservedPath(source.path, projection.path.child("path"), errors);
  return 1;
}

function validateTrustBundle(projection: Projection, source: VolumeProjection["clusterTrustBundle"], path: FieldPath): number {
  if (source === undefined) return 0;
  const { errors } = projection;
  if (source.name !== undefined && source.signerName !== undefined) invalid(errors, path, source, "only one of name and signerName may be used");
  else if (source.name === undefined && source.signerName === undefined) required(errors, path, "either name or signerName must be specified");
  else if (source.name === "") required(errors, path.child("name"), "must be a valid object name");
  if (source.name !== undefined && source.signerName === undefined && source.labelSelector !== undefined) {
    invalid(errors, path.child("labelSelector"), source.labelSelector, "labelSelector must be unset if name is specified");
  }
  if (source.signerName !== undefined) validateLabelSelector(source.labelSelector, path.child("labelSelector"), errors);
  requiredText(errors, path, "path", source.path);
  validateLocalNonReservedPath(source.path ?? "", path.child("path"), errors);
  takePath(projection, source.path ?? "", source.path ?? "");
  return 1;
}

/** projected volumes: several sources, one directory. */
export function validateProjectedVolume(source: ProjectedVolumeSource, path: FieldPath, errors: FieldErrors): void {
  validateMode(source.defaultMode, path.child("defaultMode"), errors);
  const projection: Projection = { path, errors, paths: new Set() };
  source.sources?.forEach((part, index) => {
    const at = path.child("sources").index(index);
    const types =
      validateKeyed(projection, part.secret, at.child("secret")) +
      validateKeyed(projection, part.configMap, at.child("configMap")) +
      validateDownward(projection, part.downwardAPI, at.child("downwardAPI")) +
      validateToken(projection, part.serviceAccountToken, at.child("serviceAccountToken")) +
      validateTrustBundle(projection, part.clusterTrustBundle, at.child("clusterTrustBundle")) +
      (part.podCertificate === undefined ? 0 : 1);
    if (types > 1) forbidden(errors, at, "may not specify more than 1 volume type per source");
  });
}
