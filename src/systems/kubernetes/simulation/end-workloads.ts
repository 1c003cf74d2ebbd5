/** At rest: every workload is what its spec asks as far as its pods can run, and its status counts them right. */
import { controllerOf, type DaemonSet, type Deployment, type Job, type Pod, type ReplicaSet, type StatefulSet, type Stored } from "../api/index.ts";
import { type ClusterView, holds, isOver, title } from "./cluster-view.ts";
import { isHealthy } from "./end-pods.ts";
import { admits } from "./room.ts";

/** What is wrong with workloads. */
export function workloadProblems(view: ClusterView): string[] {
  return [
    ...view.deployments.flatMap((deployment) => deploymentProblems(view, deployment)), ...view.replicaSets.flatMap((set) => setProblems(view, set)),
    ...view.statefulSets.flatMap((set) => statefulProblems(view, set)), ...view.daemonSets.flatMap((set) => daemonProblems(view, set)), ...view.jobs.flatMap((job) => jobProblems(view, job)),
    ...[...view.deployments, ...view.replicaSets, ...view.statefulSets, ...view.daemonSets, ...view.jobs, ...view.namespaces].filter(({ metadata }) => metadata.deletionTimestamp !== undefined).map((object) => `${title(object)} is being deleted since ${object.metadata.deletionTimestamp ?? ""}`),
  ];
}

function unequal(object: Parameters<typeof title>[0], what: string, told: number | undefined, counted: number): string[] {
  return (told ?? 0) === counted ? [] : [`${title(object)}: status.${what} is ${told ?? 0}, it should be ${counted}`];
}

function observed(object: { readonly status?: { readonly observedGeneration?: number } | undefined; readonly metadata: { readonly generation?: number; readonly name: string } }): string[] {
  return object.status?.observedGeneration === object.metadata.generation ? [] : [`${title(object as Stored)}: generation ${object.metadata.generation ?? 0} is not observed (${object.status?.observedGeneration ?? 0})`];
}

function living(pods: readonly Stored<Pod>[] | undefined): readonly Stored<Pod>[] {
  return (pods ?? []).filter((pod) => !isOver(pod) && pod.metadata.deletionTimestamp === undefined);
}

/** All pods that are wanted have a node and could be ready: the spec can be met. */
function canBeMet(template: { readonly spec?: Pod["spec"] } | undefined, pods: readonly Stored<Pod>[]): boolean {
  return template !== undefined && isHealthy(template) && pods.every((pod) => (pod.spec?.nodeName ?? "") !== "");
}

function deploymentProblems(view: ClusterView, deployment: Stored<Deployment>): string[] {
  const { spec, status } = deployment;
  const sets = view.replicaSets.filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
  const pods = sets.flatMap((set) => living(view.podsOf.get(set.metadata.uid)));
  const ready = pods.filter((pod) => holds(pod, "Ready")).length;
  const problems = [...observed(deployment), ...unequal(deployment, "replicas", status?.replicas, pods.length), ...unequal(deployment, "readyReplicas", status?.readyReplicas, ready)];
  if (spec?.paused === true || !canBeMet(spec?.template, pods)) return problems;
  const wanted = spec?.replicas ?? 1;
  return [
    ...problems, ...unequal(deployment, "updatedReplicas", status?.updatedReplicas, wanted), ...unequal(deployment, "availableReplicas", status?.availableReplicas, wanted),
    ...unequal(deployment, "replicas", status?.replicas, wanted), ...(holds(deployment, "Available") ? [] : [`${title(deployment)} does not say that it is available`]),
  ];
}

function setProblems(view: ClusterView, set: Stored<ReplicaSet>): string[] {
  const pods = living(view.podsOf.get(set.metadata.uid));
  const ready = pods.filter((pod) => holds(pod, "Ready")).length;
  const wanted = set.spec?.replicas ?? 1;
  const problems = [...observed(set), ...unequal(set, "replicas", set.status?.replicas, pods.length), ...unequal(set, "readyReplicas", set.status?.readyReplicas, ready), ...unequal(set, "availableReplicas", set.status?.availableReplicas, ready)];
  return [...problems, ...(pods.length === wanted ? [] : [`${title(set)} has ${pods.length} pods, it wants ${wanted}`])];
}

/** With ordered management a set is stuck behind a pod that never gets ready (StatefulSet documentation, "Forced rollback"). */
function statefulProblems(view: ClusterView, set: Stored<StatefulSet>): string[] {
  const pods = living(view.podsOf.get(set.metadata.uid));
  const problems = [...observed(set), ...unequal(set, "replicas", set.status?.replicas, pods.length), ...unequal(set, "readyReplicas", set.status?.readyReplicas, pods.filter((pod) => holds(pod, "Ready")).length)];
  if (!canBeMet(set.spec?.template, pods) || !pods.every((pod) => isHealthy(pod))) return problems;
  const wanted = set.spec?.replicas ?? 1;
  return [...problems, ...unequal(set, "readyReplicas", set.status?.readyReplicas, wanted), ...unequal(set, "updatedReplicas", set.status?.updatedReplicas, wanted)];
}

function daemonProblems(view: ClusterView, set: Stored<DaemonSet>): string[] {
  const pods = living(view.podsOf.get(set.metadata.uid));
  const template = set.spec?.template;
  if (template === undefined) return [];
  const everywhere = [...(template.spec?.tolerations ?? []), { key: "node.kubernetes.io/unschedulable", operator: "Exists" as const }];
  const eligible = view.nodes.filter((node) => admits(node, { spec: { ...template.spec, containers: template.spec?.containers ?? [], tolerations: everywhere } }));
  const problems = [...observed(set), ...unequal(set, "desiredNumberScheduled", set.status?.desiredNumberScheduled, eligible.length)];
  for (const node of eligible) {
    const there = pods.filter((pod) => pod.spec?.nodeName === node.metadata.name).length;
    if (there > 1 || (there === 0 && canBeMet(template, pods))) problems.push(`${title(set)} has ${there} pods on ${node.metadata.name}`);
  }
  const misplaced = pods.filter((pod) => (pod.spec?.nodeName ?? "") !== "" && !eligible.some(({ metadata }) => metadata.name === pod.spec?.nodeName)).length;
  return [...problems, ...unequal(set, "numberMisscheduled", set.status?.numberMisscheduled, misplaced), ...unequal(set, "numberReady", set.status?.numberReady, pods.filter((pod) => holds(pod, "Ready")).length - misplaced)];
}

function jobProblems(view: ClusterView, job: Stored<Job>): string[] {
  const pods = living(view.podsOf.get(job.metadata.uid));
  const finished = holds(job, "Complete") || holds(job, "Failed");
  const problems = unequal(job, "active", job.status?.active, pods.length);
  if (finished && pods.length > 0) problems.push(`${title(job)} is finished and has ${pods.length} active pods`);
  if (!finished && job.spec?.suspend !== true && canBeMet(job.spec?.template, pods)) problems.push(`${title(job)} is not finished`);
  return problems;
}
