/** StatefulSet: pods with an order, names that stay, and claims that outlive them. */
import { controllerOf, namespacedKey } from "../../api/index.ts";
import { type Controller, type OnChange } from "../runtime/index.ts";
import { planStatefulSet, planStatefulStatus } from "./plan-stateful-set.ts";

const ownedChanged: OnChange<null> = (_memory, enqueue, _view, _key, before, after) => {
  for (const object of [before, after]) {
    const owner = object === undefined ? undefined : controllerOf(object);
    if (owner?.kind === "StatefulSet") enqueue.add(namespacedKey(object?.metadata?.namespace, owner.name));
  }
};

/** Keeps the pods of each StatefulSet. */
export const statefulSetController: Controller<null> = {
  name: "statefulset",
  workers: 5,
  needs: ["statefulsets.apps", "pods", "controllerrevisions.apps", "persistentvolumeclaims"],
  createMemory: () => null,
  on: {
    "statefulsets.apps": (_memory, enqueue, _view, key) => {
      enqueue.add(key);
    },
    pods: ownedChanged,
    "controllerrevisions.apps": ownedChanged,
  },
  plan: (key, view, _memory, now) => planStatefulSet(key, view, now),
  conclude: (key, view, _memory, now) => planStatefulStatus(key, view, now),
};
