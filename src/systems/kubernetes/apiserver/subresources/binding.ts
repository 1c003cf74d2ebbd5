/** Binding a pod to a node. Source: kubernetes v1.36 pkg/registry/core/pod/storage/storage.go, BindingREST. */
import { extended } from "../../../../base/plain/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import type { Binding, Pod, PodCondition, Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { conflict, notFound, unprocessable } from "../answers/status.ts";
import { type Operation, type Outcome, refuse } from "../handlers/operation.ts";
import { unownedFields } from "../resources/ownership.ts";
import type { Server } from "../state.ts";

const PODS = { group: "", resource: "pods" };
const BINDINGS = { group: "", resource: "pods/binding" };

/** The mutation of POST pods/NAME/binding: sets spec.nodeName once, and the condition PodScheduled. */
export function bindingMutation(server: Server, operation: Operation, existing: EtcdValue | undefined): Outcome {
  const { objectName } = operation;
  const binding = operation.body as Binding;
  if (existing === undefined) return refuse(notFound(PODS, objectName));
  const pod = existing.object as Stored<Pod>;
  const node = binding.target.name ?? "";
  if (node === "") return refuse(unprocessable(`Binding "${objectName}" is invalid: target.name: Required value`));
  const why = notBindable(pod, binding);
  if (why !== undefined) return refuse(conflict(BINDINGS, objectName, why));
  return { do: "put", object: bound(pod, binding, node, server.context.now), fields: unownedFields(server, pod, existing.fields) };
}

function notBindable(pod: Stored<Pod>, binding: Binding): string | undefined {
  const { name, uid, deletionTimestamp } = pod.metadata;
  const wanted = binding.metadata?.uid ?? "";
  if (wanted !== "" && wanted !== uid) return `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid}`;
  if (deletionTimestamp !== undefined) return `pod ${name} is being deleted, cannot be assigned to a host`;
  const assigned = pod.spec?.nodeName ?? "";
  if (assigned !== "") return `pod ${name} is already assigned to node "${assigned}"`;
  return (pod.spec?.schedulingGates?.length ?? 0) > 0 ? `pod ${name} has non-empty .spec.schedulingGates` : undefined;
}

function bound(pod: Stored<Pod>, binding: Binding, nodeName: string, now: number): Stored<Pod> {
  const { annotations, labels } = binding.metadata ?? {};
  const metadata = {
    ...pod.metadata,
    ...(pod.metadata.generation === undefined ? {} : { generation: pod.metadata.generation + 1 }),
    ...(annotations === undefined ? {} : { annotations: { ...pod.metadata.annotations, ...annotations } }),
    ...(labels === undefined ? {} : { labels: { ...pod.metadata.labels, ...labels } }),
  };
  const scheduled: PodCondition = { type: "PodScheduled", status: "True", lastTransitionTime: rfc3339(now) };
  const others = (pod.status?.conditions ?? []).filter((condition) => condition.type !== "PodScheduled");
  const spec = extended(pod.spec ?? {}, { nodeName }) as NonNullable<Pod["spec"]>;
  return { ...pod, metadata, spec, status: extended(pod.status ?? {}, { conditions: [...others, scheduled] }) };
}

