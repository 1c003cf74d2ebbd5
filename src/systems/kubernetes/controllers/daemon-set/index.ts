/** DaemonSet: a pod on every node that fits. */
import { deepEqual } from "../../../../base/json/index.ts";
import { controllerOf, namespacedKey, type Node } from "../../api/index.ts";
import { type Controller, type Enqueue, type View } from "../runtime/index.ts";
import { shouldRun } from "./daemon-pods.ts";
import { planDaemonSet, planDaemonStatus } from "./plan-daemon-set.ts";

/** Keeps a pod of each DaemonSet on each node that fits. */
export const daemonSetController: Controller<null> = {
  name: "daemonset",
  workers: 2,
  needs: ["daemonsets.apps", "pods", "nodes", "controllerrevisions.apps"],
  createMemory: () => null,
  on: {
    "daemonsets.apps": (_memory, enqueue, _view, key) => {
      enqueue.add(key);
    },
    pods: (_memory, enqueue, _view, _key, before, after) => {
      for (const pod of [before, after]) {
        const owner = pod === undefined ? undefined : controllerOf(pod);
        if (owner?.kind === "DaemonSet") enqueue.add(namespacedKey(pod?.metadata?.namespace, owner.name));
      }
    },
    "controllerrevisions.apps": (_memory, enqueue, _view, _key, before, after) => {
      const owner = controllerOf(after ?? before ?? {});
      if (owner?.kind === "DaemonSet") enqueue.add(namespacedKey((after ?? before)?.metadata?.namespace, owner.name));
    },
    nodes: (_memory, enqueue, view, _key, before, after) => {
      nodeChanged(enqueue, view, before as Node | undefined, after as Node | undefined);
    },
  },
  plan: (key, view, _memory, now) => planDaemonSet(key, view, now),
  conclude: (key, view, _memory, now) => planDaemonStatus(key, view, now),
};

/** Only labels and taints decide where daemon pods belong; heartbeats don't. */
function nodeChanged(enqueue: Enqueue, view: View, before: Node | undefined, after: Node | undefined): void {
  if (before !== undefined && after !== undefined) {
    const isSame = (before.metadata?.labels === after.metadata?.labels || deepEqual(before.metadata?.labels, after.metadata?.labels))
      && (before.spec?.taints === after.spec?.taints || deepEqual(before.spec?.taints, after.spec?.taints));
    if (isSame) return;
  }
  for (const set of view.all("daemonsets.apps")) {
    const was = before === undefined ? undefined : shouldRun(set, before);
    const is = after === undefined ? undefined : shouldRun(set, after);
    if (!deepEqual(was, is)) enqueue.add(namespacedKey(set.metadata?.namespace, set.metadata?.name ?? ""));
  }
}
