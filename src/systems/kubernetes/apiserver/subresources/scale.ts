/** The scale sub-resource. Source: kubernetes v1.36 pkg/registry/apps/deployment/storage/storage.go (ScaleREST, scaleFromDeployment). */
import type { ApiResponse, KubeObject, LabelSelector, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import { formatSelector, selectorFromLabelSelector } from "../../selectors/index.ts";
import { conflict, failure, notFound, OPTIMISTIC_LOCK } from "../answers/status.ts";
import { type Operation, type Outcome, refuse } from "../handlers/operation.ts";
import { changeTo } from "../handlers/update.ts";
import type { Server } from "../state.ts";

interface Scalable extends KubeObject {
  readonly spec?: { readonly replicas?: number; readonly selector?: LabelSelector | Readonly<Record<string, string>> };
  readonly status?: { readonly replicas?: number };
}

/** autoscaling/v1 Scale. */
interface Scale extends KubeObject {
  readonly spec?: { readonly replicas?: number };
}

/** The Scale of an object. */
export function scaleOf(object: Stored): KubeObject {
  const { spec, status } = object as Stored<Scalable>;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const selector = selectorText(spec?.selector);
  return {
    apiVersion: "autoscaling/v1", kind: "Scale",
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), uid, resourceVersion, creationTimestamp },
    spec: spec?.replicas === undefined || spec.replicas === 0 ? {} : { replicas: spec.replicas },
    status: { replicas: status?.replicas ?? 0, ...(selector === "" ? {} : { selector }) },
  } as KubeObject;
}

function selectorText(selector: LabelSelector | Readonly<Record<string, string>> | undefined): string {
  if (selector === undefined) return "";
  const like = "matchLabels" in selector || "matchExpressions" in selector ? (selector as LabelSelector) : { matchLabels: selector as Readonly<Record<string, string>> };
  const result = selectorFromLabelSelector(like);
  return "selector" in result ? formatSelector(result.selector) : "";
}

/** The answer to GET …/scale. */
export function readScale(_info: ResourceInfo, object: Stored): ApiResponse {
  return { type: "api-response", code: 200, body: scaleOf(object) };
}

/** The mutation of PUT …/scale (and of patches, once applied to the Scale). */
export function scaleMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { info, objectName } = operation;
  if (existing === undefined) return refuse(notFound(info, objectName));
  const scale = operation.body as Scale;
  const version = scale.metadata?.resourceVersion ?? "";
  if (version !== "" && version !== existing.object.metadata.resourceVersion) return refuse(conflict(info, objectName, OPTIMISTIC_LOCK));
  const replicas = scale.spec?.replicas ?? 0;
  if (replicas < 0) return refuse(negative(objectName, replicas));
  const old = existing.object as Stored<Scalable>;
  const wanted = { ...old, spec: { ...old.spec, replicas } } as KubeObject;
  const { subresource: _scale, ...call } = operation.call;
  return changeTo(server, { ...operation, call }, existing, wanted);
}

function negative(name: string, replicas: number): ApiResponse {
  const body = `Invalid value: ${replicas}: must be greater than or equal to 0`;
  const details = { name, group: "autoscaling", kind: "Scale", causes: [{ reason: "FieldValueInvalid", message: body, field: "spec.replicas" }] };
  return failure(422, "Invalid", `Scale.autoscaling "${name}" is invalid: spec.replicas: ${body}`, details);
}
