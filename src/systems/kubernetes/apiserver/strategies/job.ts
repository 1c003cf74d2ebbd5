/** Jobs. Source: kubernetes v1.36 pkg/registry/batch/job/strategy.go (PrepareForCreate, generateSelector). */
import type { Job, KubeObject } from "../../api/index.ts";
import type { Parts, Strategy } from "./strategy.ts";

/** Unless the Job says otherwise, its pods are told from all others by the Job's uid. */
function withSelector(object: Parts): Parts {
  const job = object as KubeObject as Job;
  const { spec } = job;
  if (spec === undefined || spec.manualSelector === true || (spec.template as unknown) === undefined) return object;
  const uid = job.metadata?.uid ?? "";
  const name = job.metadata?.name ?? "";
  const own = { "batch.kubernetes.io/controller-uid": uid, "batch.kubernetes.io/job-name": name, "controller-uid": uid, "job-name": name };
  const metadata = { ...spec.template.metadata, labels: { ...spec.template.metadata?.labels, ...own } };
  const matchLabels = { ...spec.selector?.matchLabels, "batch.kubernetes.io/controller-uid": uid };
  const next: Job = { ...job, spec: { ...spec, selector: { ...spec.selector, matchLabels }, template: { ...spec.template, metadata } } };
  return next as KubeObject as Parts;
}

/** Deleted Jobs leave their pods unless asked otherwise. */
export const jobStrategy: Strategy = { propagation: "Orphan", prepareForCreate: withSelector };
