/** Wires the plan of a Deployment to what changes. */
import { controllerOf, type Deployment, type KubeObject, namespacedKey, type Pod, type ReplicaSet } from "../../api/index.ts";
import { compileSelector } from "../../selectors/index.ts";
import { BY_NAMESPACE, type Controller, type Enqueue, NO_PLAN, type View } from "../runtime/index.ts";
import { planStatus } from "./deployment-status.ts";
import { isRolling } from "./limits.ts";
import { planDeployment } from "./plan-deployment.ts";

/** Rolls out changes of a pod template by way of ReplicaSets. It keeps no memory of its own. */
export const deploymentController: Controller<null> = {
  name: "deployment",
  workers: 5,
  wantsAnswers: true,
  needs: ["deployments.apps", "replicasets.apps", "pods"],
  createMemory: () => null,
  on: {
    "deployments.apps": (_memory, enqueue, _view, key) => {
      enqueue.add(key);
    },
    "replicasets.apps": (_memory, enqueue, view, _key, before, after) => {
      replicaSetChanged(enqueue, view, before as ReplicaSet | undefined, after as ReplicaSet | undefined);
    },
    pods: (_memory, enqueue, view, _key, before, after) => {
      if (after === undefined && before !== undefined) podGone(enqueue, view, before as Pod);
    },
  },
  plan: (key, view) => planDeployment(key, view),
  conclude: (key, view, _memory, now, outcome) => {
    const deployment = view.get("deployments.apps", key);
    const isWritten = outcome.failures.some(isOwnStatus) || outcome.answers.some(isOwnStatus);
    return deployment === undefined || isWritten ? NO_PLAN : planStatus(deployment, view, outcome, now);
  },
};

function isOwnStatus(done: { readonly call: { readonly resource: string } }): boolean {
  return done.call.resource === "deployments";
}

function replicaSetChanged(enqueue: Enqueue, view: View, before: ReplicaSet | undefined, after: ReplicaSet | undefined): void {
  const old = before === undefined ? undefined : controllerOf(before);
  const owner = after === undefined ? undefined : controllerOf(after);
  const namespace = (after ?? before)?.metadata?.namespace;
  if (old?.kind === "Deployment") enqueue.add(namespacedKey(namespace, old.name));
  if (owner?.kind === "Deployment" && owner.uid !== old?.uid) enqueue.add(namespacedKey(namespace, owner.name));
  if (after !== undefined && owner === undefined) orphanChanged(enqueue, view, after);
}

function orphanChanged(enqueue: Enqueue, view: View, set: ReplicaSet): void {
  for (const key of view.keys("deployments.apps", BY_NAMESPACE, set.metadata?.namespace ?? "")) {
    const deployment: Deployment | undefined = view.get("deployments.apps", key);
    if (deployment !== undefined && compileSelector(deployment.spec?.selector)(set.metadata?.labels)) enqueue.add(key);
  }
}

/** Recreate goes on when the last old pod has gone. */
function podGone(enqueue: Enqueue, view: View, pod: KubeObject): void {
  const owner = controllerOf(pod);
  if (owner?.kind !== "ReplicaSet") return;
  const set = view.get("replicasets.apps", namespacedKey(pod.metadata?.namespace, owner.name));
  const parent = set === undefined ? undefined : controllerOf(set);
  if (parent?.kind !== "Deployment") return;
  const key = namespacedKey(pod.metadata?.namespace, parent.name);
  const deployment = view.get("deployments.apps", key);
  if (deployment !== undefined && !isRolling(deployment)) enqueue.add(key);
}
