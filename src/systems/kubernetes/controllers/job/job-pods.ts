/** Pods of a Job (pkg/controller/job/job_controller.go, indexed_job_utils.go). */
import type { Job, Pod, PodTemplateSpec } from "../../api/index.ts";
import { createPod, podOfTemplate } from "../pods/index.ts";
import type { PlannedRequest, Regarding } from "../runtime/index.ts";

/** Finalizer that keeps a pod until its end has been counted (batch/v1 JobTrackingFinalizer). */
export const TRACKING = "batch.kubernetes.io/job-tracking";
/** Annotation and label with the index of a pod of an Indexed Job. */
export const INDEX = "batch.kubernetes.io/job-completion-index";

/** The Job as the object of events and references. */
export function regarding(job: Job): Regarding {
  return { apiVersion: "batch/v1", kind: "Job", metadata: job.metadata ?? {} };
}

/** True for a Job whose pods have an index each. */
export function isIndexed(job: Job): boolean {
  return job.spec?.completionMode === "Indexed";
}

/** The index a pod works on; -1 for none. */
export function indexOf(pod: Pod): number {
  const text = pod.metadata?.annotations?.[INDEX];
  return text === undefined || !/^[0-9]+$/.test(text) ? -1 : Number(text);
}

/** Asks for a pod of the Job, with an index for an Indexed one. */
export function createJobPod(job: Job, index: number | undefined): PlannedRequest {
  const template: PodTemplateSpec = job.spec?.template ?? {};
  const tracked = { ...template, metadata: { ...template.metadata, finalizers: [...(template.metadata?.finalizers ?? []), TRACKING] } };
  const owner = regarding(job);
  if (index === undefined) return createPod(podOfTemplate(tracked, owner), owner);
  const text = String(index);
  const pod = podOfTemplate(tracked, owner, { labels: { [INDEX]: text }, annotations: { [INDEX]: text } });
  const name = `${job.metadata?.name ?? ""}-${text}`;
  const env = { name: "JOB_COMPLETION_INDEX", valueFrom: { fieldRef: { fieldPath: `metadata.labels['${INDEX}']` } } };
  const withEnv = <C extends { readonly env?: readonly { readonly name: string }[] }>(containers: readonly C[]): C[] =>
    containers.map((container) => (container.env?.some((variable) => variable.name === env.name) === true ? container : { ...container, env: [...(container.env ?? []), env] }));
  const spec = pod.spec ?? { containers: [] };
  const indexed: Pod = {
    ...pod,
    metadata: { ...pod.metadata, generateName: `${name}-` },
    spec: { ...spec, hostname: spec.hostname ?? name, containers: withEnv(spec.containers), ...(spec.initContainers === undefined ? {} : { initContainers: withEnv(spec.initContainers) }) },
  };
  return createPod(indexed, owner);
}

/** Takes the tracking finalizer off a pod that has been counted. */
export function untrack(pod: Pod): PlannedRequest {
  const { namespace = "", name = "", uid, finalizers = [], resourceVersion } = pod.metadata ?? {};
  const left = finalizers.filter((finalizer) => finalizer !== TRACKING);
  return {
    call: {
      verb: "patch", group: "", version: "v1", resource: "pods", namespace, name,
      body: { metadata: { uid, resourceVersion, finalizers: left.length === 0 ? null : left } }, options: { patchType: "application/merge-patch+json" },
    },
    accept: [404],
  };
}

/** Indexes as upstream writes them: "0,2-4". */
export function formatIndexes(indexes: readonly number[]): string {
  const sorted = [...indexes].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let from = 0; from < sorted.length;) {
    let to = from;
    while (sorted[to + 1] === (sorted[to] as number) + 1) to++;
    const first = String(sorted[from]);
    parts.push(to === from ? first : to === from + 1 ? `${first},${String(sorted[to])}` : `${first}-${String(sorted[to])}`);
    from = to + 1;
  }
  return parts.join(",");
}

/** Reads {@link formatIndexes} again. */
export function parseIndexes(text: string | undefined): Set<number> {
  const indexes = new Set<number>();
  if (text === undefined || text === "") return indexes;
  for (const part of text.split(",")) {
    const [first = "", last = first] = part.split("-");
    for (let index = Number(first); index <= Number(last); index++) indexes.add(index);
  }
  return indexes;
}
