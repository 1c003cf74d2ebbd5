/**
 * Which fields a field selector may name, by storage name, and how they are read.
 * Source: kubernetes v1.36 pkg/apis/<group>/v1/conversion.go (AddFieldLabelConversionFunc) and the ToSelectableFields of
 * pkg/registry/<group>/<resource>/strategy.go.
 */
import type { Stored } from "../../api/index.ts";

/** Paths of a kind's fields by label; the label is the path unless it says otherwise. */
const labels: Readonly<Record<string, readonly string[]>> = {
  pods: [
    "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP",
    "status.nominatedNodeName",
  ],
  nodes: ["spec.unschedulable"],
  namespaces: ["status.phase"],
  secrets: ["type"],
  services: ["spec.clusterIP", "spec.type"],
  replicationcontrollers: ["status.replicas"],
  "replicasets.apps": ["status.replicas"],
  "jobs.batch": ["status.successful"],
  "certificatesigningrequests.certificates.k8s.io": ["spec.signerName"],
  events: [
    "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion",
    "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type",
  ],
};
const unset: Readonly<Record<string, string>> = { "spec.unschedulable": "false", "spec.hostNetwork": "false", "status.replicas": "0", "status.successful": "0" };
const paths: Readonly<Record<string, string>> = { "status.successful": "status.succeeded", source: "source.component" };

/** True when a field selector on this resource may name the field. */
export function supportsFieldLabel(storage: string, field: string, selectable: readonly string[]): boolean {
  return field === "metadata.name" || field === "metadata.namespace" || labels[storage]?.includes(field) === true || selectable.includes(field);
}

/** Reads fields of one object as texts, "" when unset. */
export function fieldReader(storage: string, object: Stored): (field: string) => string {
  return (field) => fieldValue(storage, object, field);
}

function fieldValue(_storage: string, object: Stored, field: string): string {
  if (field === "metadata.name") return object.metadata.name;
  if (field === "metadata.namespace") return object.metadata.namespace ?? "";
  const value = atPath(object, paths[field] ?? field);
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (field === "source") return textAt(object, "reportingComponent");
  return unset[field] ?? "";
}

function textAt(object: Stored, path: string): string {
  const value = atPath(object, path);
  return typeof value === "string" ? value : "";
}

function atPath(object: unknown, path: string): unknown {
  let value = object;
  for (const part of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[part];
  }
  return value;
}
