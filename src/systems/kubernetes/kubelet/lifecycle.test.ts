import { describe, expect, it } from "vitest";
import { START, TestNode } from "./test-cluster.ts";

describe("a node", () => {
  it("registers, is ready, and keeps its lease", () => {
    const node = new TestNode();
    expect(node.readNode()?.status?.conditions?.find((condition) => condition.type === "Ready")?.status).toBe("True");
    expect(node.readNode()?.metadata?.labels?.["kubernetes.io/hostname"]).toBe("node-1");
    expect(node.readNode()?.status?.allocatable?.["cpu"]).toBe("4");
    const before = (node.objects().get("leases/kube-node-lease/node-1") as { spec?: { renewTime?: string } }).spec?.renewTime ?? "";
    node.run(25);
    const after = (node.objects().get("leases/kube-node-lease/node-1") as { spec?: { renewTime?: string } }).spec?.renewTime ?? "";
    expect(after > before).toBe(true);
    expect(node.notes("nodes/node-1")).toContain("NodeRegistered");
  });
});

describe("a pod", () => {
  it("goes from bound to ready through the CRI", () => {
    const node = new TestNode();
    node.pod("web", {});
    node.run(10);
    const status = node.readPod("web")?.status;
    expect(status?.phase).toBe("Running");
    expect(status?.podIP).toBe("10.244.1.2");
    expect(status?.conditions?.map((condition) => `${condition.type}=${condition.status}`)).toEqual([
      "PodReadyToStartContainers=True", "Initialized=True", "Ready=True", "ContainersReady=True", "PodScheduled=True",
    ]);
    expect(status?.containerStatuses?.[0]).toMatchObject({ ready: true, started: true, restartCount: 0, image: "docker.io/library/nginx:1.27" });
    expect(node.events("web").map((event) => event.split(":")[0])).toEqual(["Pulling", "Pulled", "Created", "Started"]);
    expect(node.notes("pods/default/web")).toEqual(["ContainerStarted", "PodReady"]);
  });

  it("costs few events when its image is there", () => {
    const node = new TestNode();
    node.pod("first", {});
    node.run(10);
    const seen = new Map<string, number>();
    node.world.observer = { onDelivered: (envelope) => seen.set(JSON.stringify([envelope.kind, (envelope.body as { type?: string } | undefined)?.type]), (seen.get(JSON.stringify([envelope.kind, (envelope.body as { type?: string } | undefined)?.type])) ?? 0) + 1) };
    node.pod("second", {});
    node.run(3);
    const cri = [...seen].filter(([type]) => type.includes("cri/") || type.includes("cni/")).reduce((sum, [, count]) => sum + count, 0);
    expect(node.readPod("second")?.status?.phase).toBe("Running");
    expect(cri).toBeLessThanOrEqual(8);
    expect(node.log().filter((entry) => entry === "patch pods/status second").length).toBeLessThanOrEqual(2);
  });

  it("is deleted gracefully: stopped, reported, and only then gone", () => {
    const node = new TestNode();
    node.pod("web", {});
    node.run(10);
    node.drop("pods", "default/web", 30);
    node.run(5);
    expect(node.readPod("web")).toBeUndefined();
    expect(node.log().filter((entry) => entry.includes("pods")).slice(-2)).toEqual(["patch pods/status web", "delete pods web"]);
    expect(node.kubelet().workers.size).toBe(0);
    expect(node.events("web").at(-1)).toBe("Killing: Stopping container app");
    expect(node.world.stateOf<{ containers: Map<string, unknown>; sandboxes: Map<string, unknown> }>("runtime/node-1")).toMatchObject({ containers: new Map(), sandboxes: new Map() });
  });
});

describe("a crashing container", () => {
  it("restarts at once, then after 10 s, 20 s, 40 s …", () => {
    const node = new TestNode();
    node.pod("bad", { containers: [{ name: "app", image: "shop/web:broken" }] });
    node.run(120);
    const starts = node.world.trace.notes.filter((note) => note.kind === "ContainerStarted").map((note) => Math.round((note.at - START) / 1000));
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    expect(gaps.slice(0, 4)).toEqual([1, 11, 21, 41]);
    const status = node.readPod("bad")?.status?.containerStatuses?.[0];
    expect(status?.state?.waiting?.reason).toBe("CrashLoopBackOff");
    expect(status?.state?.waiting?.message).toBe("back-off 1m20s restarting failed container=app pod=bad_default(uid-bad)");
    expect(status?.lastState?.terminated).toMatchObject({ exitCode: 1, reason: "Error" });
    expect(status?.restartCount).toBe(4);
  });

  it("counts a completed pod as Succeeded when it need not restart", () => {
    const node = new TestNode();
    node.pod("job", { restartPolicy: "Never", containers: [{ name: "app", image: "hello-world" }] });
    node.run(10);
    const status = node.readPod("job")?.status;
    expect(status?.phase).toBe("Succeeded");
    expect(status?.containerStatuses?.[0]?.state?.terminated).toMatchObject({ exitCode: 0, reason: "Completed" });
    expect(status?.conditions?.find((condition) => condition.type === "Ready")).toMatchObject({ status: "False", reason: "PodCompleted" });
  });
});

describe("images", () => {
  it("an unknown name fails as the registry refuses it, with back-off", () => {
    const node = new TestNode();
    node.pod("typo", { containers: [{ name: "app", image: "ngnix" }] });
    node.run(1.2);
    const denied = 'failed to pull and unpack image "docker.io/library/ngnix:latest": failed to resolve reference "docker.io/library/ngnix:latest": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed';
    expect(node.readPod("typo")?.status?.containerStatuses?.[0]?.state?.waiting).toEqual({ reason: "ErrImagePull", message: denied });
    node.run(4);
    expect(node.readPod("typo")?.status?.containerStatuses?.[0]?.state?.waiting).toEqual({ reason: "ImagePullBackOff", message: `Back-off pulling image "ngnix": ErrImagePull: ${denied}` });
    node.run(100);
    expect(node.events("typo")).toEqual([
      'Pulling: Pulling image "ngnix" (x4)', `Failed: Failed to pull image "ngnix": ${denied} (x4)`, "Failed: Error: ErrImagePull (x4)",
      'BackOff: Back-off pulling image "ngnix" (x4)', "Failed: Error: ImagePullBackOff (x4)",
    ]);
  });

  it("an unknown tag is not found", () => {
    const node = new TestNode();
    node.pod("tag", { containers: [{ name: "app", image: "nginx:1.99" }] });
    node.run(3);
    expect(node.events("tag")).toContain('Failed: Failed to pull image "nginx:1.99": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:1.99": failed to resolve reference "docker.io/library/nginx:1.99": docker.io/library/nginx:1.99: not found');
  });

  it("a name that can't be parsed is InvalidImageName", () => {
    const node = new TestNode();
    node.pod("upper", { containers: [{ name: "app", image: "Nginx" }] });
    node.run(3);
    expect(node.readPod("upper")?.status?.containerStatuses?.[0]?.state?.waiting?.reason).toBe("InvalidImageName");
  });
});
