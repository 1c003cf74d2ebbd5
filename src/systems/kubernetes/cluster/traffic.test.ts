import { describe, expect, it } from "vitest";
import { World } from "../../../engine/bus/index.ts";
import { get } from "../../../engine/store/index.ts";
import type { NetworkState } from "../../containers/network/index.ts";
import { CLIENTS, ETCD, type KubeObject, type Service } from "../api/index.ts";
import { clientSummary, type ClientsState, type ClientSummary } from "../clients/index.ts";
import type { EtcdState } from "../etcd/index.ts";
import { InvariantChecker } from "../invariants/index.ts";
import { CLUSTER_BEHAVIOURS, createCluster } from "./assemble.ts";
import { applyInput } from "./inputs.ts";
import { type ClusterSpec, readClusterSpec } from "./spec.ts";

interface WebOptions {
  readonly image?: string;
  readonly probe?: boolean;
  readonly preStop?: boolean;
  readonly replicas?: number;
  readonly service?: string;
}

/** A Deployment and its Service. */
function web({ image = "shop/web:1", probe = true, preStop = true, replicas = 3, service = "" }: WebOptions = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: ${image}
          ports: [{ containerPort: 80 }]
${probe ? "          readinessProbe: { httpGet: { path: /ready, port: 80 }, periodSeconds: 1 }\n" : ""}${preStop ? "          lifecycle: { preStop: { sleep: { seconds: 5 } } }\n" : ""}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
${service}`;
}

class Lab {
  readonly world: World;
  private ticket = 1;

  constructor(seed = 1, nodes = 3) {
    this.world = createCluster(readClusterSpec({ nodes }) as ClusterSpec, seed);
    this.run(15);
  }
  run(seconds: number): void {
    this.world.run(this.world.now + seconds * 1000);
  }
  apply(manifest: string): void {
    applyInput(this.world, { kind: "apply", ticket: this.ticket++, manifest });
  }
  traffic(url: string, perSecond = 20, from: "inside" | "outside" = "inside", on = true): void {
    applyInput(this.world, { kind: "traffic", on, spec: { name: "customers", url, perSecond, from } });
  }
  fault(kind: "stop-component" | "start-component" | "crash-node" | "start-node", target: string): void {
    applyInput(this.world, { kind: "fault", fault: { kind, target } });
  }
  get customers(): ClientSummary {
    return clientSummary(this.world.stateOf<ClientsState>(CLIENTS)!, "customers")!;
  }
  stored<T extends KubeObject>(key: string): T | undefined {
    return get(this.world.stateOf<EtcdState>(ETCD)!.store, `/registry/${key}`)?.value.object as unknown as T | undefined;
  }
  /** Services that a node has rules for. */
  rulesOf(node: string): string[] {
    return [...this.world.stateOf<NetworkState>(`network/${node}`)!.rules.services.keys()].sort();
  }
  notes(kind: string): readonly { readonly object: string; readonly data: Readonly<Record<string, unknown>> }[] {
    return this.world.trace.notes.filter((note) => note.kind === kind);
  }
}

/** A lab with a Deployment that runs, and customers that get answers. */
function busyLab(seed: number, options: WebOptions = {}): Lab {
  const lab = new Lab(seed);
  lab.apply(web(options));
  lab.run(30);
  lab.traffic("http://web.default/");
  lab.run(5);
  expect(lab.customers.failed).toBe(0);
  expect(lab.customers.answered).toBeGreaterThan(90);
  return lab;
}

describe("traffic through a service", () => {
  it("is answered by every pod, and rules are told of", () => {
    const lab = busyLab(1);
    lab.run(10);
    expect(lab.customers.byPod.size).toBe(3);
    expect(lab.customers.latencyMs).toBeGreaterThan(5);
    expect(lab.customers.latencyMs).toBeLessThan(60);
    expect(lab.notes("RulesProgrammed").at(-1)?.data).toMatchObject({ service: "web", endpoints: 3 });
    expect(lab.notes("TrafficStarted")).toHaveLength(1);
  });

  it("costs a few events for each request", () => {
    const lab = busyLab(1);
    lab.traffic("http://web.default/", 0, "inside", false);
    lab.run(5);
    const idleFrom = lab.world.handled;
    lab.run(20);
    const idle = lab.world.handled - idleFrom;
    lab.traffic("http://web.default/", 100);
    const from = lab.world.handled;
    lab.run(20);
    const perRequest = (lab.world.handled - from - idle) / 2000;
    expect(perRequest).toBeLessThan(8);
    expect(perRequest).toBeGreaterThan(4);
  });

  it("fails with a reason where there is no such name, and is refused without endpoints", () => {
    const lab = new Lab();
    lab.traffic("http://nothing.default/");
    lab.run(2);
    expect(lab.customers).toMatchObject({ answered: 0, lastErrors: expect.arrayContaining([expect.objectContaining({ reason: "no such host" })]) });
    lab.apply(web({ replicas: 0 }));
    lab.run(2);
    lab.traffic("http://web/");
    lab.run(8);
    expect(lab.customers.lastErrors.at(-1)?.reason).toBe("connection refused");
    expect(lab.notes("TrafficFailed").length).toBeLessThan(13);
  });
});

describe("a rolling update under traffic", () => {
  it.each([1, 2, 3, 4, 5])("loses nothing with readiness probe and preStop sleep (seed %i)", (seed) => {
    const lab = busyLab(seed);
    const checker = new InvariantChecker(lab.world);
    lab.apply(web({ image: "shop/web:2" }));
    lab.run(60);
    checker.atRest();
    expect(lab.customers.failed).toBe(0);
    expect([...lab.customers.byPod.keys()].length).toBeGreaterThanOrEqual(3);
    expect(checker.violations.filter(({ invariant }) => invariant === 24 || invariant === 25)).toEqual([]);
  });

  it.each([1, 2, 3])("loses requests without a readiness probe: pods get traffic before they listen (seed %i)", (seed) => {
    const lab = busyLab(seed, { probe: false });
    lab.apply(web({ probe: false, image: "shop/web:2" }));
    lab.run(60);
    expect(lab.customers.failed).toBeGreaterThan(0);
    expect(lab.customers.lastErrors.some(({ reason }) => reason === "connection refused")).toBe(true);
  });

  it("loses requests without a preStop sleep: rules lag behind pods that stop", () => {
    let failed = 0;
    for (const seed of [1, 2, 3]) {
      const lab = busyLab(seed, { preStop: false });
      lab.apply(web({ preStop: false, image: "shop/web:2" }));
      lab.run(60);
      failed += lab.customers.failed;
    }
    expect(failed).toBeGreaterThan(0);
  });
});

describe("a world with traffic", () => {
  it("goes on from a saved image exactly as it would have gone on", () => {
    const lab = busyLab(3);
    lab.apply(web({ image: "shop/web:2" }));
    lab.run(7);
    const { world } = lab;
    const copy = World.restore({ seed: 3, startAt: 0, behaviours: CLUSTER_BEHAVIOURS }, world.save());
    lab.run(30);
    copy.run(world.now);
    expect(copy.logHash()).toBe(world.logHash());
    expect(clientSummary(copy.stateOf<ClientsState>(CLIENTS)!, "customers")).toEqual(lab.customers);
  });
});

describe("parts that fail", () => {
  it("a node without power: some requests are lost, then none", () => {
    const lab = busyLab(1, { replicas: 6 });
    lab.fault("crash-node", "node-2");
    lab.run(120);
    const { failed, sent } = lab.customers;
    expect(failed).toBeGreaterThan(0);
    lab.run(60);
    expect(lab.customers.failed).toBe(failed);
    expect(lab.customers.sent).toBeGreaterThan(sent + 1000);
  });

  it("a stopped kube-proxy leaves its node's rules to go stale, and only that node's", () => {
    const lab = busyLab(1);
    lab.fault("stop-component", "kube-proxy/node-1");
    lab.run(2);
    expect(lab.customers.failed).toBe(0);
    lab.apply(web({ image: "shop/web:2" }));
    lab.run(60);
    const tail = lab.customers.failed;
    lab.run(30);
    const lost = lab.customers.failed - tail;
    expect(lost).toBeGreaterThan(150);
    expect(lost).toBeLessThan(250);
    lab.fault("start-component", "kube-proxy/node-1");
    lab.run(15);
    const recovered = lab.customers.failed;
    lab.run(20);
    expect(lab.customers.failed).toBe(recovered);
  });

  it("a node that comes back serves again, with all its rules", () => {
    const lab = busyLab(2, { replicas: 6 });
    lab.fault("crash-node", "node-2");
    lab.run(100);
    lab.fault("start-node", "node-2");
    lab.run(60);
    const { failed } = lab.customers;
    const rules = lab.rulesOf("node-2");
    expect(rules).toEqual(lab.rulesOf("node-1"));
    expect(rules).toContain("default/web");
    lab.run(30);
    expect(lab.customers.failed).toBe(failed);
  });

  it("a network part that restarts finds its pods again, and gets its rules back", () => {
    const lab = busyLab(1);
    lab.fault("stop-component", "network/node-1");
    lab.run(10);
    expect(lab.customers.failed).toBeGreaterThan(0);
    lab.fault("start-component", "network/node-1");
    lab.run(40);
    const { failed } = lab.customers;
    lab.run(20);
    expect(lab.customers.failed).toBe(failed);
    expect(lab.customers.byPod.size).toBe(3);
  });

  it("without the DNS, names that are still known work for a moment, then none", () => {
    const lab = busyLab(1);
    lab.fault("stop-component", "cluster-dns");
    lab.run(10);
    expect(lab.customers.lastErrors.at(-1)?.reason).toBe("temporary failure in name resolution");
    lab.fault("start-component", "cluster-dns");
    lab.run(5);
    const { failed } = lab.customers;
    lab.run(10);
    expect(lab.customers.failed).toBe(failed);
  });

  it("a cut between two nodes loses what has to cross it, and heals", () => {
    const lab = busyLab(1);
    applyInput(lab.world, { kind: "fault", fault: { kind: "cut-link", target: "node-1", other: "node-2" } });
    lab.run(20);
    expect(lab.customers.failed).toBeGreaterThan(20);
    applyInput(lab.world, { kind: "fault", fault: { kind: "heal-link", target: "node-1", other: "node-2" } });
    lab.run(12);
    const { failed } = lab.customers;
    lab.run(20);
    expect(lab.customers.failed).toBe(failed);
  });

  it("rules and routes stay without the control plane", () => {
    const lab = busyLab(1);
    for (const part of ["kube-apiserver", "etcd", "kube-controller-manager", "kube-scheduler", "cloud-controller-manager"]) lab.fault("stop-component", part);
    lab.run(60);
    expect(lab.customers.failed).toBe(0);
  });
});

describe("from outside", () => {
  it("a node port answers on every node", () => {
    const lab = new Lab();
    lab.apply(web({ replicas: 2, service: "  type: NodePort\n" }));
    lab.run(30);
    const port = lab.stored<Service>("services/specs/default/web")?.spec?.ports?.[0]?.nodePort ?? 0;
    for (const node of ["node-1", "node-2", "node-3"]) {
      lab.traffic(`http://${node}:${port}/`, 20, "outside");
      lab.run(5);
    }
    expect(lab.customers.failed).toBe(0);
    expect(lab.customers.byPod.size).toBe(2);
  });

  it("externalTrafficPolicy Local: once the health checks know, only nodes with a pod are asked", () => {
    const lab = new Lab();
    lab.apply(web({ replicas: 1, service: "  type: LoadBalancer\n  externalTrafficPolicy: Local\n" }));
    lab.run(45);
    const ip = lab.stored<Service>("services/specs/default/web")?.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
    lab.traffic(`http://${ip}/`, 20, "outside");
    lab.run(40);
    const { failed } = lab.customers;
    expect(failed).toBeGreaterThan(0);
    lab.run(30);
    expect(lab.customers.failed).toBe(failed);
    expect(lab.customers.byPod.size).toBe(1);
  });

  it("a load balancer gets an address, takes traffic, and goes with its Service", () => {
    const lab = new Lab();
    lab.apply(web({ service: "  type: LoadBalancer\n" }));
    lab.run(40);
    const service = lab.stored<Service>("services/specs/default/web");
    const ip = service?.status?.loadBalancer?.ingress?.[0]?.ip ?? "";
    expect(ip).toMatch(/^203\.0\.113\./);
    expect(service?.metadata?.finalizers).toEqual(["service.kubernetes.io/load-balancer-cleanup"]);
    lab.traffic(`http://${ip}/`, 20, "outside");
    lab.run(10);
    expect(lab.customers).toMatchObject({ failed: 0 });
    expect(lab.customers.byPod.size).toBe(3);
    applyInput(lab.world, { kind: "request", ticket: 99, call: { verb: "delete", group: "", version: "v1", resource: "services", namespace: "default", name: "web" } });
    lab.run(10);
    expect(lab.stored("services/specs/default/web")).toBeUndefined();
    expect(lab.customers.failed).toBeGreaterThan(0);
  });
});
