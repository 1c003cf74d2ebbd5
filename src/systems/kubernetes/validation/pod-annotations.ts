/** Annotations with a meaning for pods. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, ValidatePodSpecificAnnotations. */
import type { ObjectMeta, PodSpec } from "../api/index.ts";
import { forbidden, invalid, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { validateLocalDescendingPath } from "./local-paths.ts";

type Annotations = Readonly<Record<string, string>> | undefined;

const MIRROR = "kubernetes.io/config.mirror";
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
const SECCOMP_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";
const APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";
const MAX_INT32 = 2_147_483_647;

function isCost(text: string): boolean {
  return /^(?:0|-?[1-9][0-9]*)$/.test(text) && Math.abs(Number(text)) <= MAX_INT32;
}

function validateSeccomp(profile: string, path: FieldPath, errors: FieldErrors): void {
  if (profile === "runtime/default" || profile === "docker/default" || profile === "unconfined") return;
  if (profile.startsWith("localhost/")) validateLocalDescendingPath(profile.slice("localhost/".length), path, errors);
  else invalid(errors, path, profile, "must be a valid seccomp profile");
}

function hasContainer(spec: PodSpec | undefined, name: string): boolean {
  return [spec?.initContainers, spec?.containers, spec?.ephemeralContainers].some((list) => list?.some((container) => container.name === name) === true);
}

function validateAppArmor(key: string, profile: string, spec: PodSpec | undefined, path: FieldPath, errors: FieldErrors): void {
  const container = key.slice(APP_ARMOR.length);
  if (!hasContainer(spec, container)) invalid(errors, path.key(key), container, "container not found");
  if (profile === "" || profile === "runtime/default" || profile === "unconfined" || profile.startsWith("localhost/")) return;
  invalid(errors, path.key(key), profile, `invalid AppArmor profile name: "${profile}"`);
}

/** The annotations the API server reads on pods and templates. */
export function validatePodAnnotations(annotations: Annotations, spec: PodSpec | undefined, path: FieldPath, errors: FieldErrors): void {
  for (const key in annotations) {
    const value = annotations[key] ?? "";
    if (key === MIRROR && (spec?.nodeName ?? "") === "") invalid(errors, path.key(key), value, "must set spec.nodeName if mirror pod annotation is set");
    else if (key === DELETION_COST && !isCost(value)) invalid(errors, path.key(key), value, "must be a 32bit integer");
    else if (key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER)) validateSeccomp(value, path.child(key), errors);
    else if (key.startsWith(APP_ARMOR)) validateAppArmor(key, value, spec, path, errors);
  }
}

/** The mirror and AppArmor annotations may not come, change or go. */
export function validatePodAnnotationUpdates(next: ObjectMeta | undefined, previous: ObjectMeta | undefined, path: FieldPath, errors: FieldErrors): void {
  const after = next?.annotations ?? {};
  const before = previous?.annotations ?? {};
  for (const key in before) {
    if (after[key] === before[key]) continue;
    if (key.startsWith(APP_ARMOR)) forbidden(errors, path.key(key), "may not remove or update AppArmor annotations");
    if (key === MIRROR) forbidden(errors, path.key(key), "may not remove or update mirror pod annotation");
  }
  for (const key in after) {
    if (Object.hasOwn(before, key)) continue;
    if (key.startsWith(APP_ARMOR)) forbidden(errors, path.key(key), "may not add AppArmor annotations");
    if (key === MIRROR) forbidden(errors, path.key(key), "may not add mirror pod annotation");
  }
}

/** True for the API's picture of a pod that a kubelet runs from a file. */
export function isMirrorPod(meta: ObjectMeta | undefined): boolean {
  return meta?.annotations !== undefined && Object.hasOwn(meta.annotations, MIRROR);
}
