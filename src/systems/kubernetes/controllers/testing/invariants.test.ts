import { describe, expect, it } from "vitest";
import { rfc3339 } from "../../../../base/time/index.ts";
import { createStream, nextBelow, type RandomStream } from "../../../../engine/random/index.ts";
import type { Deployment, EndpointSlice, KubeObject, Pod, ReplicaSet, Service, StatefulSet } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { FakeCluster } from "./cluster.fake.ts";

const ready = (pod: Pod): boolean => pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true;

/** Random doings of a user and random faults; what must hold is checked all along (invariants 13 to 18 and 24; 18 in the weak form that an ordinal is never made before the lower ones were once ready). */
class Chaos extends FakeCluster {
  private readonly random: RandomStream;
  private version = 1;

  constructor(seed: number) {
    super(CONTROLLERS, { seed, runMs: 40 });
    this.random = createStream(seed, "chaos");
    this.api.watchLagMs = 10 + this.pick(60);
    this.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-1" }, status: { conditions: [{ type: "Ready", status: "True" }] } } as KubeObject);
    this.create("deployments.apps", {
      apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", namespace: "default" },
      spec: { replicas: 4, revisionHistoryLimit: 2, progressDeadlineSeconds: 600, strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } }, selector: { matchLabels: { app: "web" } }, template: this.template() },
    } as Deployment);
    this.create("statefulsets.apps", {
      apiVersion: "apps/v1", kind: "StatefulSet", metadata: { name: "db", namespace: "default" },
      spec: { replicas: 3, serviceName: "db", selector: { matchLabels: { app: "db" } }, template: { metadata: { labels: { app: "db" } }, spec: { containers: [{ name: "c", image: "db" }] } } },
    } as StatefulSet);
    this.create("services", { apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "default" }, spec: { selector: { app: "web" }, ports: [{ port: 80 }] } } as Service);
  }
  pick(below: number): number {
    return nextBelow(this.random, below);
  }
  template(): unknown {
    return { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: `web:${String(this.version++)}` }] } };
  }
  act(): void {
    const pods = this.pods();
    const pod = pods[this.pick(Math.max(1, pods.length))];
    const where = pod === undefined ? undefined : pod.metadata!.name!;
    switch (this.pick(9)) {
      case 0: this.patch("deployments.apps", "default", "web", { spec: { replicas: this.pick(8) } }); break;
      case 1: this.patch("deployments.apps", "default", "web", { spec: { template: this.template() } }); break;
      case 2: if (where !== undefined) this.delete("pods", "default", where); break;
      case 3: if (where !== undefined) this.patch("pods", "default", where, { status: { phase: "Failed", conditions: [] } }); break;
      case 4: this.api.refusals.set("create pods", { code: 500, reason: "InternalError", message: "etcd is tired", times: 1 + this.pick(4) }); break;
      case 5: this.api.refusals.set("update replicasets.apps", { code: 409, reason: "Conflict", message: "stale", times: 1 + this.pick(3) }); break;
      case 6: this.patch("statefulsets.apps", "default", "db", { spec: { replicas: this.pick(5) } }); break;
      case 7: {
        this.world.crash("kube-controller-manager");
        this.run(this.pick(200));
        this.world.startComponent("kube-controller-manager");
        break;
      }
      default: this.patch("deployments.apps", "default", "web", { spec: { paused: this.pick(2) === 0 } });
    }
  }
  pods(): Pod[] {
    return this.all<Pod>("pods");
  }
  check(): void {
    const byOrdinal = new Map<string, number>();
    for (const pod of this.pods()) {
      expect((pod.metadata?.ownerReferences ?? []).filter((owner) => owner.controller === true).length, "15: one controller").toBeLessThanOrEqual(1);
      if (pod.metadata?.labels?.["app"] === "db") byOrdinal.set(pod.metadata.name!, (byOrdinal.get(pod.metadata.name!) ?? 0) + 1);
    }
    for (const [name, count] of byOrdinal) expect(count, `17: ${name}`).toBe(1);
    this.checkOrder();
    const hashes = this.all<ReplicaSet>("replicasets.apps").map((set) => set.metadata?.labels?.["pod-template-hash"]);
    expect(new Set(hashes).size, "14: one set per hash").toBe(hashes.length);
  }
  private seen = 0;
  /** 18: when an ordinal is made, all lower ones are there and ready, as far as the watch could have told. */
  private checkOrder(): void {
    const made = this.notes("PodCreatedByController");
    for (const note of made.slice(this.seen)) {
      const ordinal = /^pods\/default\/db-([0-9]+)$/.exec(note.object)?.[1];
      for (let lower = 0; lower < Number(ordinal ?? "0"); lower++) expect(this.everReady?.has(`db-${String(lower)}`), `18: db-${String(lower)} before ${note.object}`).toBe(true);
    }
    this.seen = made.length;
  }
  /** Lets time pass in small steps, and remembers who was ready. */
  override run(ms: number): void {
    for (let left = ms; left > 0; left -= 10) {
      super.run(Math.min(10, left));
      if (this.everReady !== undefined) for (const pod of this.pods()) if (ready(pod)) this.everReady.add(pod.metadata!.name!);
    }
  }
  private readonly everReady: Set<string> | undefined = new Set<string>();
  settle(): void {
    this.api.refusals.clear();
    this.patch("deployments.apps", "default", "web", { spec: { paused: false } });
    for (let beat = 0; beat < 6; beat++) this.heartbeat();
  }
  /** The node's kubelet reports, and ten seconds pass. */
  heartbeat(): void {
    const conditions = [{ type: "Ready", status: "True", lastHeartbeatTime: rfc3339(this.world.now) }];
    this.ask({ verb: "patch", resource: "nodes", name: "node-1", body: { status: { conditions } }, subresource: "status", options: { patchType: "application/merge-patch+json" } });
    this.run(10_000);
  }
}

function checkRest(c: Chaos): void {
  const web = c.get<Deployment>("deployments.apps", "default/web")!;
  const replicas = web.spec!.replicas!;
  const living = c.pods().filter((pod) => pod.metadata?.deletionTimestamp === undefined && pod.status?.phase === "Running");
  const webPods = living.filter((pod) => pod.metadata?.labels?.["app"] === "web");
  expect(webPods.length).toBe(replicas);
  expect(webPods.every((pod) => pod.spec?.containers[0]?.image === web.spec?.template.spec?.containers[0]?.image)).toBe(true);
  const count = (value: number | undefined): number => value ?? 0;
  expect([count(web.status?.replicas), count(web.status?.updatedReplicas), count(web.status?.availableReplicas)]).toEqual([replicas, replicas, replicas]);
  expect(c.all<ReplicaSet>("replicasets.apps").filter((set) => set.spec?.replicas === 0).length, "14: history").toBeLessThanOrEqual(2 + (replicas === 0 ? 1 : 0));
  const uids = new Set(["replicasets.apps", "statefulsets.apps", "deployments.apps"].flatMap((resource) => c.all(resource)).map((owner) => owner.metadata?.uid));
  for (const pod of c.pods()) for (const owner of pod.metadata?.ownerReferences ?? []) expect(uids.has(owner.uid), "16: no orphans").toBe(true);
  const addresses = c.all<EndpointSlice>("endpointslices.discovery.k8s.io").flatMap((slice) => slice.endpoints ?? []).filter((endpoint) => endpoint.conditions?.ready === true);
  expect(addresses.map((endpoint) => endpoint.targetRef?.name).sort(), "24: endpoints are the ready pods").toEqual(webPods.filter(ready).map((pod) => pod.metadata?.name).sort());
  const db = living.filter((pod) => pod.metadata?.labels?.["app"] === "db").map((pod) => pod.metadata?.name).sort();
  expect(db).toEqual(Array.from({ length: c.get<StatefulSet>("statefulsets.apps", "default/db")!.spec!.replicas! }, (_, ordinal) => `db-${String(ordinal)}`));
}

describe("whatever happens", () => {
  for (let seed = 1; seed <= 25; seed++) {
    it(`holds the invariants and comes to rest as desired (seed ${String(seed)})`, () => {
      const c = new Chaos(seed);
      for (let turn = 0; turn < 25; turn++) {
        c.act();
        for (let step = 0; step < 4; step++) {
          c.run(1 + c.pick(80));
          c.check();
        }
      }
      c.settle();
      checkRest(c);
      const { revision } = c.api;
      c.run(35_000);
      expect(c.api.revision, "nothing loops").toBe(revision);
    });
  }

  it("keeps to maxSurge in every moment of a rollout (13), with every request delayed at random", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const c = new Chaos(seed);
      c.world.setLinkRule({ id: "slow", from: "*", to: "kube-apiserver", both: true, latencyMs: 3, jitterMs: 30 });
      c.run(4000);
      for (let round = 0; round < 3; round++) {
        c.patch("deployments.apps", "default", "web", { spec: { template: c.template() } });
        for (let step = 0; step < 150; step++) {
          c.run(20);
          const living = c.pods().filter((pod) => pod.metadata?.deletionTimestamp === undefined && pod.metadata?.labels?.["app"] === "web");
          expect(living.length).toBeLessThanOrEqual(5);
          expect(living.filter(ready).length).toBeGreaterThanOrEqual(3);
        }
      }
      checkRest(c);
    }
  });

  it("gives the same events for the same seed", () => {
    const hash = (seed: number): string => {
      const c = new Chaos(seed);
      for (let turn = 0; turn < 10; turn++) c.act();
      c.run(5000);
      return c.world.logHash();
    };
    expect(hash(3)).toBe(hash(3));
    expect(hash(3)).not.toBe(hash(4));
  });
});
