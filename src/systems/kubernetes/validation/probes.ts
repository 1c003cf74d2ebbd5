/** Probes and lifecycle hooks. Source: kubernetes v1.36 pkg/apis/core/validation/validation.go, validateProbe, validateHandler. */
import { httpHeaderNameErrors } from "../../../base/names/index.ts";
import type { Container, HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from "../api/index.ts";
import { forbidden, invalid, notSupported, required, type FieldErrors } from "./field-errors.ts";
import type { FieldPath } from "./field-path.ts";
import { complain, isEmpty, nonNegative } from "./field-rules.ts";
import { validatePortNumberOrName } from "./ports.ts";

type Handler = Pick<LifecycleHandler, "exec" | "httpGet" | "tcpSocket" | "sleep"> & Pick<Probe, "grpc">;

const SCHEMES: readonly string[] = ["HTTP", "HTTPS"];
const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;

function validateHttpGet(action: HTTPGetAction, path: FieldPath, errors: FieldErrors): void {
  if (isEmpty(action.path)) required(errors, path.child("path"));
  validatePortNumberOrName(action.port, path.child("port"), errors);
  if (action.scheme === undefined || !SCHEMES.includes(action.scheme)) notSupported(errors, path.child("scheme"), action.scheme ?? "", SCHEMES);
  for (const header of action.httpHeaders ?? []) complain(errors, path, "httpHeaders", header.name, httpHeaderNameErrors(header.name));
}

function validateAction(handler: Handler, type: (typeof HANDLERS)[number], gracePeriod: number | undefined, path: FieldPath, errors: FieldErrors): void {
  if (type === "exec") {
    if ((handler.exec?.command?.length ?? 0) === 0) required(errors, path.child("command"));
  } else if (type === "httpGet") {
    if (handler.httpGet !== undefined) validateHttpGet(handler.httpGet, path, errors);
  } else if (type === "sleep") {
    const seconds = handler.sleep?.seconds ?? 0;
    if (gracePeriod !== undefined && (seconds < 0 || seconds > gracePeriod)) {
      invalid(errors, path, seconds, `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`);
    }
  } else validatePortNumberOrName((type === "grpc" ? handler.grpc : handler.tcpSocket)?.port, path.child("port"), errors);
}

function validateHandler(handler: Handler, gracePeriod: number | undefined, path: FieldPath, errors: FieldErrors): void {
  let found = false;
  for (const type of HANDLERS) {
    if (handler[type] === undefined) continue;
    if (found) forbidden(errors, path.child(type), "may not specify more than 1 handler type");
    else validateAction(handler, type, gracePeriod, path.child(type), errors);
    found = true;
  }
  if (!found) required(errors, path, "must specify a handler type");
}

function validateProbe(probe: Probe, gracePeriod: number | undefined, path: FieldPath, errors: FieldErrors): void {
  validateHandler(probe, gracePeriod, path, errors);
  nonNegative(errors, path, "initialDelaySeconds", probe.initialDelaySeconds);
  nonNegative(errors, path, "timeoutSeconds", probe.timeoutSeconds);
  nonNegative(errors, path, "periodSeconds", probe.periodSeconds);
  nonNegative(errors, path, "successThreshold", probe.successThreshold);
  nonNegative(errors, path, "failureThreshold", probe.failureThreshold);
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0) invalid(errors, path.child("terminationGracePeriodSeconds"), grace, "must be greater than 0");
}

function validateOneSuccess(probe: Probe, path: FieldPath, errors: FieldErrors): void {
  if (probe.successThreshold !== 1) invalid(errors, path.child("successThreshold"), probe.successThreshold ?? 0, "must be 1");
}

function validateLifecycle(lifecycle: Lifecycle, gracePeriod: number | undefined, path: FieldPath, errors: FieldErrors): void {
  if (lifecycle.postStart !== undefined) validateHandler(lifecycle.postStart, gracePeriod, path.child("postStart"), errors);
  if (lifecycle.preStop !== undefined) validateHandler(lifecycle.preStop, gracePeriod, path.child("preStop"), errors);
}

/** Hooks and probes of a container that runs as long as the pod (regular, or restartable init). */
export function validateHooksAndProbes(container: Container, gracePeriod: number | undefined, path: FieldPath, errors: FieldErrors): void {
  const { lifecycle, livenessProbe, readinessProbe, startupProbe } = container;
  if (lifecycle !== undefined) validateLifecycle(lifecycle, gracePeriod, path.child("lifecycle"), errors);
  if (livenessProbe !== undefined) {
    const at = path.child("livenessProbe");
    validateProbe(livenessProbe, gracePeriod, at, errors);
    validateOneSuccess(livenessProbe, at, errors);
  }
  if (readinessProbe !== undefined) {
    const at = path.child("readinessProbe");
    validateProbe(readinessProbe, gracePeriod, at, errors);
    const grace = readinessProbe.terminationGracePeriodSeconds;
    if (grace !== undefined) invalid(errors, at.child("terminationGracePeriodSeconds"), grace, "must not be set for readinessProbes");
  }
  if (startupProbe !== undefined) {
    const at = path.child("startupProbe");
    validateProbe(startupProbe, gracePeriod, at, errors);
    validateOneSuccess(startupProbe, at, errors);
  }
}

/** Init containers that end before the pod starts have neither hooks nor probes. */
export function forbidHooksAndProbes(container: Container, path: FieldPath, errors: FieldErrors): void {
  for (const field of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const) {
    if (container[field] !== undefined) forbidden(errors, path.child(field), "may not be set for init containers without restartPolicy=Always");
  }
}
