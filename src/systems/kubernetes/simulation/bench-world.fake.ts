/** A cluster for tests of single histories: inputs at times, then rest. */
import type { World } from "../../../engine/bus/index.ts";
import { Session, SESSION_FORMAT, SESSION_VERSION } from "../../../engine/session/index.ts";
import type { KubeObject, Stored } from "../api/index.ts";
import { type ClusterFault, type ClusterInput, clusterSession } from "../cluster/index.ts";
import { InvariantChecker } from "../invariants/index.ts";
import { endStateProblems } from "./end-state.ts";
import { storedObjects } from "./targets.ts";

/** One history: what is done when (ms), and the cluster it is done to. */
export class History {
  readonly session: Session<unknown, ClusterInput>;
  readonly checker: InvariantChecker;
  private ticket = 1;

  constructor(nodes: number | readonly object[] = 1, seed = 1) {
    this.session = new Session(clusterSession, { format: SESSION_FORMAT, version: SESSION_VERSION, seed, world: { nodes }, inputs: [] });
    this.checker = new InvariantChecker(this.session.world);
    this.session.world.observer = this.checker;
  }

  get world(): World {
    return this.session.world;
  }

  at(ms: number): this {
    this.session.run(ms);
    return this;
  }

  apply(...objects: KubeObject[]): this {
    this.session.input({ kind: "apply-objects", ticket: this.ticket++, objects, options: { force: true } });
    return this;
  }

  delete(group: string, resource: string, name: string, propagationPolicy: "Background" | "Foreground" | "Orphan" = "Background"): this {
    this.session.input({ kind: "request", ticket: this.ticket++, call: { verb: "delete", group, version: "v1", resource, namespace: "default", name, options: { propagationPolicy } } });
    return this;
  }

  fault(fault: ClusterFault): this {
    this.session.input({ kind: "fault", fault });
    return this;
  }

  /** Objects in the store below a prefix. */
  readonly stored = (prefix: string): Stored[] => storedObjects(this.session.world, prefix);

  /** What is wrong at a moment, invariants included. */
  problemsAt(ms: number): string[] {
    this.session.run(ms);
    this.checker.atRest();
    return [...this.checker.violations.map(({ message }) => message), ...endStateProblems(this.world, this.world.now - 15_000)];
  }
}

/** A workload whose pods run an image, or these containers. */
export function workload(kind: "Deployment" | "ReplicaSet", name: string, replicas: number, image: string | readonly object[] = "shop/web:1", pod: object = {}): KubeObject {
  return { apiVersion: "apps/v1", kind, metadata: { name, namespace: "default" }, spec: { replicas, selector: { matchLabels: { app: name } }, template: { metadata: { labels: { app: name } }, spec: { containers: typeof image === "string" ? [{ name: "main", image }] : image, ...pod } } } } as KubeObject;
}

/** A Job whose pods sleep. */
export function sleepingJob(name: string, seconds: number): KubeObject {
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name, namespace: "default" }, spec: { parallelism: 2, completions: 2, template: { spec: { restartPolicy: "Never", containers: [{ name: "main", image: "busybox:1.36", command: ["sleep", String(seconds)] }] } } } } as KubeObject;
}

/** A bare pod. */
export function barePod(name: string, image = "shop/web:1", more: object = {}): KubeObject {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default" }, spec: { containers: [{ name: "main", image }], ...more } } as KubeObject;
}
