import { describe, expect, it } from "vitest";
import { copyPlain } from "../../../base/plain/index.ts";
import type { ContainerStatus, Pod } from "../api/index.ts";
import { TestNode } from "./test-cluster.ts";

function statusOf(pod: Pod | undefined, name: string): ContainerStatus | undefined {
  return [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])].find((status) => status.name === name);
}

function startedAt(node: TestNode, pod: string): Record<string, number> {
  const seen: Record<string, number> = {};
  for (const note of node.world.trace.notes) if (note.kind === "ContainerStarted" && note.object === `pods/default/${pod}`) seen[String(note.data["container"])] ??= note.at;
  return seen;
}

const sh = (name: string, script: string): { name: string; image: string; command: string[] } => ({ name, image: "busybox:1.36", command: ["sh", "-c", script] });

describe("init containers and sidecars", () => {
  it("run in order; the sidecar before the containers, and it outlives them", () => {
    const node = new TestNode();
    node.pod("p", {
      initContainers: [sh("one", "sleep 2"), { ...sh("side", "trap 'exit 0' TERM; while true; do sleep 1; done"), restartPolicy: "Always" }, sh("two", "sleep 3")],
      containers: [sh("main", "sleep 5")], restartPolicy: "Never",
    });
    node.run(2);
    expect(node.readPod("p")?.status?.phase).toBe("Pending");
    expect(node.readPod("p")?.status?.conditions?.find((condition) => condition.type === "Initialized")).toMatchObject({ status: "False", reason: "ContainersNotInitialized", message: "containers with incomplete status: [one side two]" });
    expect(statusOf(node.readPod("p"), "main")?.state?.waiting?.reason).toBe("PodInitializing");
    node.run(6.5);
    expect(node.readPod("p")?.status?.phase).toBe("Running");
    const at = startedAt(node, "p");
    expect([at["one"]! < at["side"]!, at["side"]! < at["two"]!, at["two"]! < at["main"]!]).toEqual([true, true, true]);
    node.run(15);
    expect(node.readPod("p")?.status?.phase).toBe("Succeeded");
    expect(statusOf(node.readPod("p"), "side")?.state?.terminated?.exitCode).toBe(0);
  });

  it("a failing one holds the pod up, with back-off", () => {
    const node = new TestNode();
    node.pod("p", { initContainers: [sh("one", "exit 1")] });
    node.run(20);
    expect(node.readPod("p")?.status?.phase).toBe("Pending");
    expect(statusOf(node.readPod("p"), "one")).toMatchObject({ restartCount: 2, state: { waiting: { reason: "CrashLoopBackOff" } } });
  });

  it("a failing one fails the pod that must not restart", () => {
    const node = new TestNode();
    node.pod("p", { initContainers: [sh("one", "exit 1")], restartPolicy: "Never" });
    node.run(10);
    expect(node.readPod("p")?.status?.phase).toBe("Failed");
  });
});

describe("probes", () => {
  it("a startup probe comes first, then readiness, and steady success costs nothing", () => {
    const node = new TestNode();
    node.pod("slow", { containers: [{ name: "app", image: "shop/web:slow", startupProbe: { httpGet: { path: "/healthz", port: 80 }, periodSeconds: 5, failureThreshold: 20 }, readinessProbe: { httpGet: { path: "/ready", port: 80 } } }] });
    node.run(30);
    expect(statusOf(node.readPod("slow"), "app")).toMatchObject({ started: false, ready: false, restartCount: 0 });
    expect(node.events("slow").some((event) => event.startsWith("Unhealthy: Startup probe failed: Get \"http://10.244.1.2:80/healthz\": dial tcp 10.244.1.2:80: connect: connection refused"))).toBe(true);
    node.run(30);
    expect(statusOf(node.readPod("slow"), "app")).toMatchObject({ started: true, ready: true });
    let probes = 0;
    node.world.observer = { onDelivered: (envelope) => { if ((envelope.body as { type?: string } | undefined)?.type === "probe") probes++; } };
    node.run(300);
    expect(probes).toBe(0);
  });

  it("liveness failing three times restarts the container", () => {
    const node = new TestNode();
    node.pod("live", { terminationGracePeriodSeconds: 1, containers: [{ name: "app", image: "registry.k8s.io/e2e-test-images/agnhost:2.40", args: ["liveness"], livenessProbe: { httpGet: { path: "/healthz", port: 8080 }, initialDelaySeconds: 3, periodSeconds: 3 } }] });
    node.run(60);
    const status = statusOf(node.readPod("live"), "app");
    expect(status?.restartCount).toBeGreaterThanOrEqual(1);
    expect(node.events("live").some((event) => event.startsWith("Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 500"))).toBe(true);
    expect(node.events("live").some((event) => event.startsWith("Killing: Container app failed liveness probe, will be restarted"))).toBe(true);
  });

  it("readiness follows a file, both ways", () => {
    const node = new TestNode();
    node.pod("r", { containers: [{ ...sh("app", "touch /tmp/ok; sleep 20; rm /tmp/ok; sleep 20; touch /tmp/ok; sleep 600"), readinessProbe: { exec: { command: ["cat", "/tmp/ok"] }, periodSeconds: 2, failureThreshold: 2 } }] });
    node.run(10);
    expect(statusOf(node.readPod("r"), "app")?.ready).toBe(true);
    node.run(20);
    expect(statusOf(node.readPod("r"), "app")?.ready).toBe(false);
    node.run(20);
    expect(statusOf(node.readPod("r"), "app")?.ready).toBe(true);
    expect(node.notes("pods/default/r")).toEqual(["ContainerStarted", "PodReady", "ProbeFailed", "PodNotReady", "ProbeRecovered", "PodReady"]);
  });
});

describe("ends", () => {
  it("a shell without a trap is killed after its grace period: 137", () => {
    const node = new TestNode();
    node.pod("stubborn", { terminationGracePeriodSeconds: 7, containers: [sh("app", "sleep 3600")] });
    node.run(5);
    node.drop("pods", "default/stubborn", 7);
    node.run(6);
    expect(node.readPod("stubborn")).toBeDefined();
    node.run(3);
    expect(node.readPod("stubborn")).toBeUndefined();
    expect(node.world.trace.notes.find((note) => note.kind === "ContainerExited")?.data).toMatchObject({ exitCode: 137 });
  });

  it("preStop counts against the grace period", () => {
    const node = new TestNode();
    node.pod("hook", { containers: [{ name: "app", image: "nginx:1.27", lifecycle: { preStop: { exec: { command: ["sh", "-c", "sleep 4"] } } } }] });
    node.run(10);
    node.drop("pods", "default/hook", 30);
    node.run(3);
    expect(node.readPod("hook")).toBeDefined();
    node.run(3);
    expect(node.readPod("hook")).toBeUndefined();
  });

  it("memory beyond the limit is OOMKilled", () => {
    const node = new TestNode();
    node.pod("oom", { restartPolicy: "Never", containers: [{ name: "app", image: "polinux/stress", command: ["stress"], args: ["--vm", "1", "--vm-bytes", "250M"], resources: { limits: { memory: "100Mi" } } }] });
    node.run(10);
    expect(statusOf(node.readPod("oom"), "app")?.state?.terminated).toMatchObject({ exitCode: 137, reason: "OOMKilled" });
    expect(node.readPod("oom")?.status?.phase).toBe("Failed");
  });

  it("a command the image lacks is a StartError", () => {
    const node = new TestNode();
    node.pod("none", { containers: [{ name: "app", image: "nginx:1.27", command: ["nope"] }] });
    node.run(5);
    const status = statusOf(node.readPod("none"), "app");
    expect(status?.lastState?.terminated).toMatchObject({ exitCode: 128, reason: "StartError" });
    expect(status?.lastState?.terminated?.message).toContain('exec: "nope": executable file not found in $PATH');
  });

  it("activeDeadlineSeconds fails the pod", () => {
    const node = new TestNode();
    node.pod("late", { activeDeadlineSeconds: 10, containers: [sh("app", "trap 'exit 0' TERM; while true; do sleep 1; done")] });
    node.run(25);
    expect(node.readPod("late")?.status).toMatchObject({ phase: "Failed", reason: "DeadlineExceeded" });
  });
});

describe("configuration", () => {
  it("a missing ConfigMap key is a CreateContainerConfigError until it is there", () => {
    const node = new TestNode();
    node.pod("cfg", { containers: [{ ...sh("app", "echo $GREETING on $(cat /etc/cfg/mode) at $NODE; sleep 600"), env: [{ name: "GREETING", valueFrom: { configMapKeyRef: { name: "app", key: "greeting" } } }, { name: "NODE", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } }] }] });
    node.run(5);
    expect(statusOf(node.readPod("cfg"), "app")?.state?.waiting).toEqual({ reason: "CreateContainerConfigError", message: 'configmap "app" not found' });
    node.put("configmaps", { metadata: { name: "app", namespace: "default" }, data: { greeting: "hello" } } as Pod);
    node.run(20);
    expect(node.readPod("cfg")?.status?.phase).toBe("Running");
  });

  it("a missing Secret volume is a FailedMount", () => {
    const node = new TestNode();
    node.pod("vol", { containers: [{ name: "app", image: "nginx:1.27", volumeMounts: [{ name: "s", mountPath: "/s" }] }], volumes: [{ name: "s", secret: { secretName: "gone" } }] });
    node.run(5);
    expect(node.events("vol")).toContain('FailedMount: MountVolume.SetUp failed for volume "s" : secret "gone" not found');
    expect(statusOf(node.readPod("vol"), "app")?.state?.waiting?.reason).toBe("ContainerCreating");
    node.put("secrets", { metadata: { name: "gone", namespace: "default" }, data: { k: "dg==" } } as Pod);
    node.run(15);
    expect(node.readPod("vol")?.status?.phase).toBe("Running");
  });

  it("two containers share an emptyDir", () => {
    const node = new TestNode();
    const volumeMounts = [{ name: "v", mountPath: "/v" }];
    node.pod("pair", { volumes: [{ name: "v", emptyDir: {} }], containers: [{ ...sh("w", "while true; do date >> /v/log; sleep 1; done"), volumeMounts }, { ...sh("r", "tail -n+1 -F /v/log"), volumeMounts }] });
    node.run(6);
    const runtime = node.world.stateOf<{ containers: Map<string, { config: { name: string }; log: unknown[] }> }>("runtime/node-1");
    const reader = [...runtime!.containers.values()].find((container) => container.config.name === "r");
    expect(reader!.log.length).toBeGreaterThanOrEqual(4);
  });

  it("a pod too large for the node is refused", () => {
    const node = new TestNode();
    node.pod("big", { containers: [{ name: "app", image: "nginx:1.27", resources: { requests: { cpu: "64" } } }] });
    node.run(3);
    expect(node.readPod("big")?.status).toMatchObject({ phase: "Failed", reason: "OutOfcpu", message: "Pod was rejected: Node didn't have enough resource: cpu, requested: 64000, used: 0, capacity: 4000" });
  });
});

describe("crashes", () => {
  it("a kubelet that comes back finds its pods running", () => {
    const node = new TestNode();
    node.pod("web", {});
    node.run(10);
    const before = statusOf(node.readPod("web"), "app")?.containerID;
    node.world.crash("kubelet/node-1");
    node.run(30);
    node.world.startComponent("kubelet/node-1");
    node.run(10);
    expect(statusOf(node.readPod("web"), "app")).toMatchObject({ containerID: before, ready: true, restartCount: 0 });
  });

  it("after the node's own crash containers start again in a new sandbox, counted", () => {
    const node = new TestNode();
    node.pod("web", {});
    node.run(10);
    node.world.crashHost("node-1");
    node.run(60);
    node.world.startHost("node-1");
    node.run(15);
    expect(statusOf(node.readPod("web"), "app")).toMatchObject({ ready: true, restartCount: 1, lastState: { terminated: { exitCode: 255, reason: "Unknown" } } });
    expect(node.readPod("web")?.status?.phase).toBe("Running");
    expect(node.events("web").filter((event) => event.startsWith("Pulling")).length).toBe(1);
  });

  it("a pod deleted while the kubelet was away is cleared", () => {
    const node = new TestNode();
    node.pod("web", {});
    node.run(10);
    node.world.crash("kubelet/node-1");
    node.drop("pods", "default/web");
    node.run(5);
    node.world.startComponent("kubelet/node-1");
    node.run(5);
    expect(node.world.stateOf<{ containers: Map<string, unknown> }>("runtime/node-1")!.containers.size).toBe(0);
  });

  it("a runtime that restarts makes the node unready and its pods restart", () => {
    const node = new TestNode();
    node.pod("web", {});
    node.run(10);
    node.world.crash("runtime/node-1");
    node.run(5);
    expect(node.readNode()?.status?.conditions?.find((condition) => condition.type === "Ready")).toMatchObject({ status: "False", message: "container runtime is down" });
    node.world.startComponent("runtime/node-1");
    node.run(20);
    expect(node.readNode()?.status?.conditions?.find((condition) => condition.type === "Ready")?.status).toBe("True");
    expect(statusOf(node.readPod("web"), "app")).toMatchObject({ ready: true, restartCount: 1 });
  });

  it("static pods run without the API's say and show as mirrors", () => {
    const node = new TestNode({ staticPods: [{ apiVersion: "v1", kind: "Pod", metadata: { name: "agent", namespace: "default" }, spec: { containers: [{ name: "a", image: "nginx:1.27" }] } }] });
    node.run(10);
    const mirror = node.readPod("agent-node-1");
    expect(mirror?.metadata?.annotations?.["kubernetes.io/config.source"]).toBe("file");
    expect(mirror?.status?.phase).toBe("Running");
  });

  it("state survives a copy at any moment", () => {
    const node = new TestNode();
    node.pod("a", { containers: [sh("app", "while true; do echo hi; sleep 1; done")] });
    for (let second = 0; second < 8; second++) {
      node.run(0.7);
      for (const id of ["kubelet/node-1", "runtime/node-1", "network/node-1"]) expect(() => copyPlain(node.world.stateOf(id))).not.toThrow();
    }
  });
});
