/** Defaults of the core group apart from pods and volumes. Source: pkg/apis/core/v1/defaults.go. */
import { base64EncodeText } from "../../../../base/encoding/index.ts";
import { setOwn } from "../../../../base/json/index.ts";
import type { Endpoints, LimitRange, LimitRangeItem, Namespace, Node, PodTemplate, ReplicationController, ResourceQuota, Secret } from "../../api/index.ts";
import { always, eachOf, fill, inside, put, type Filler } from "./edit.ts";
import { podTemplate } from "./pod.ts";
import { roundedUp, withEntries } from "./quantities.ts";

/** The label every namespace carries (LabelMetadataName). */
const NAME_LABEL = "kubernetes.io/metadata.name";

/** SetDefaults_Namespace and SetDefaults_NamespaceStatus. */
export const namespace: Filler<Namespace> = (value) => {
  const name = value.metadata?.name;
  const out = name === undefined || name === "" ? value
    : inside(value, "metadata", (meta) => always(meta, "labels", (labels) => (labels[NAME_LABEL] === name ? labels : { ...labels, [NAME_LABEL]: name })));
  return always(out, "status", (status) => fill(status, { phase: "Active" }));
};

/** SetDefaults_NodeStatus: what a node has it can give, unless said otherwise. */
export const node: Filler<Node> = (value) => inside(value, "status", (status) => {
  const out = status.allocatable === undefined && status.capacity !== undefined ? { ...status, allocatable: status.capacity } : status;
  return inside(inside(out, "capacity", roundedUp), "allocatable", roundedUp);
});

/** SetDefaults_Secret, and stringData moved into data (pkg/apis/core/v1/conversion.go, Convert_v1_Secret_To_core_Secret). */
export const secret: Filler<Secret> = (value) => {
  const out = fill(value, { type: "Opaque" });
  if (out.stringData === undefined) return out;
  const { stringData, ...rest } = out;
  const data: Record<string, string> = { ...rest.data };
  for (const [key, text] of Object.entries(stringData)) setOwn(data, key, base64EncodeText(text));
  return { ...rest, data };
};

/** SetDefaults_Endpoints. */
export const endpoints: Filler<Endpoints> = (value) =>
  eachOf(value, "subsets", (subset) => eachOf(subset, "ports", (port) => fill(port, { protocol: "TCP" })));

/** SetDefaults_LimitRangeItem: for containers max becomes the default limit, that or min the default request. */
const limitRangeItem: Filler<LimitRangeItem> = (item) => {
  let out = item;
  if (item.type === "Container") {
    const limits = withEntries(item.default, item.max ?? {});
    const requests = withEntries(withEntries(item.defaultRequest, limits ?? {}), item.min ?? {});
    if (limits !== undefined) out = put(out, "default", limits);
    if (requests !== undefined) out = put(out, "defaultRequest", requests);
  }
  for (const key of ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const) out = inside(out, key, roundedUp);
  return out;
};

/** Every item of a LimitRange. */
export const limitRange: Filler<LimitRange> = (value) => inside(value, "spec", (spec) => eachOf(spec, "limits", limitRangeItem));

/** Quotas are rounded like every resource list. */
export const resourceQuota: Filler<ResourceQuota> = (value) => {
  const out = inside(value, "spec", (spec) => inside(spec, "hard", roundedUp));
  return inside(out, "status", (status) => inside(inside(status, "hard", roundedUp), "used", roundedUp));
};

/** A template stored by itself. */
export const storedPodTemplate: Filler<PodTemplate> = (value) => inside(value, "template", podTemplate);

/** SetDefaults_ReplicationController: labels and selector follow the template's labels. */
export const replicationController: Filler<ReplicationController> = (value) => {
  const labels = value.spec?.template?.metadata?.labels;
  let out = always(value, "spec", (spec) => {
    const selected = labels !== undefined && Object.keys(spec.selector ?? {}).length === 0 ? { ...spec, selector: labels } : spec;
    return inside(fill(selected, { replicas: 1 }), "template", podTemplate);
  });
  if (labels !== undefined && Object.keys(out.metadata?.labels ?? {}).length === 0) out = always(out, "metadata", (meta) => ({ ...meta, labels }));
  return out;
};
