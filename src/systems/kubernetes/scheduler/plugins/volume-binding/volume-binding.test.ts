import { describe, expect, it } from "vitest";
import type { KubeObject } from "../../../api/index.ts";
import { drop, makeNode, makePod, makeWorld, nodeOf, put, schedulerOf, serverOf, whyPending } from "../../testing/test-cluster.ts";

const withClaims = (name: string, ...claims: string[]): ReturnType<typeof makePod> =>
  makePod(name, { spec: { volumes: claims.map((claim) => ({ name: claim, persistentVolumeClaim: { claimName: claim } })) } });
const claim = (name: string, more: object = {}, status: object = {}): KubeObject =>
  ({ apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name, namespace: "default" }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "local", resources: { requests: { storage: "1Gi" } }, ...more }, status } as KubeObject);
const volume = (name: string, node: string, size: string): KubeObject => ({
  apiVersion: "v1", kind: "PersistentVolume", metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], storageClassName: "local", capacity: { storage: size }, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [node] }] }] } } },
  status: { phase: "Available" },
} as KubeObject);
const storageClass = (provisioner: string, mode: string): KubeObject => ({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "local" }, provisioner, volumeBindingMode: mode } as KubeObject);
const bound = (name: string, to: string): KubeObject => claim(name, { volumeName: to }, { phase: "Bound" });

function started(): ReturnType<typeof makeWorld> {
  const world = makeWorld();
  put(world, "nodes", [makeNode("a"), makeNode("b")]);
  return world;
}

describe("volume binding", () => {
  it("waits for the claim, with the product's words, and goes on when it comes", () => {
    const world = started();
    put(world, "pods", [withClaims("web", "data")]);
    expect(whyPending(world, "web")).toBe('0/2 nodes are available: persistentvolumeclaim "data" not found. no new claims to deallocate, preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.');
    put(world, "persistentvolumeclaims", [claim("data")]);
    expect(whyPending(world, "web")).toContain("pod has unbound immediate PersistentVolumeClaims");
    put(world, "persistentvolumes", [volume("pv", "b", "1Gi")], 1500);
    put(world, "persistentvolumeclaims", [bound("data", "pv")], 5000);
    expect(nodeOf(world, "web")).toBe("b");
  });

  it("refuses nodes a bound volume doesn't reach", () => {
    const world = started();
    put(world, "persistentvolumes", [volume("pv", "elsewhere", "1Gi")]);
    put(world, "persistentvolumeclaims", [bound("data", "pv"), bound("lost", "gone")]);
    put(world, "pods", [withClaims("web", "data"), withClaims("other", "lost")]);
    expect(whyPending(world, "web")).toContain("2 node(s) didn't match PersistentVolume's node affinity");
    expect(whyPending(world, "other")).toContain("2 node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)");
  });

  it("chooses the smallest volume that suits, claims it, and binds the pod when the claim is bound", () => {
    const world = started();
    put(world, "storageclasses", [storageClass("kubernetes.io/no-provisioner", "WaitForFirstConsumer")]);
    put(world, "persistentvolumes", [volume("large", "b", "9Gi"), volume("small", "b", "2Gi"), volume("tiny", "a", "1Mi")]);
    put(world, "persistentvolumeclaims", [claim("data")]);
    put(world, "pods", [withClaims("web", "data")]);
    expect(serverOf(world).log.find((call) => call.resource === "persistentvolumes")).toMatchObject({ name: "small", body: { spec: { claimRef: { namespace: "default", name: "data" } } } });
    expect(nodeOf(world, "web")).toBe("");
    put(world, "persistentvolumeclaims", [bound("data", "small")]);
    expect(nodeOf(world, "web")).toBe("b");
    expect(schedulerOf(world).cluster.volumes.assumed.size).toBe(0);
  });

  it("names the node to the provisioner, and gives up after ten minutes", () => {
    const world = started();
    put(world, "storageclasses", [storageClass("csi.example", "WaitForFirstConsumer")]);
    put(world, "persistentvolumeclaims", [claim("data")]);
    put(world, "pods", [withClaims("web", "data")]);
    const patch = serverOf(world).log.find((call) => call.resource === "persistentvolumeclaims");
    expect(["a", "b"]).toContain((patch?.body as { metadata: { annotations: Record<string, string> } }).metadata.annotations["volume.kubernetes.io/selected-node"]);
    world.run(world.now + 600_500);
    expect(whyPending(world, "web")).toBe("binding volumes: timed out waiting for the condition");
  });
});

describe("the other volume plugins", () => {
  it("keep a ReadWriteOncePod claim to one pod", () => {
    const world = started();
    put(world, "persistentvolumes", [volume("pv", "a", "1Gi")]);
    put(world, "persistentvolumeclaims", [claim("data", { volumeName: "pv", accessModes: ["ReadWriteOncePod"] }, { phase: "Bound" })]);
    put(world, "pods", [withClaims("one", "data")]);
    put(world, "pods", [withClaims("two", "data")]);
    expect(nodeOf(world, "one")).toBe("a");
    expect(whyPending(world, "two")).toContain("1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode");
    drop(world, "pods", ["default/one"], 15_000);
    expect(nodeOf(world, "two")).toBe("a");
  });

  it("keep volumes of a zone to nodes of the zone", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a", { labels: { "topology.kubernetes.io/zone": "z1" } }), makeNode("b", { labels: { "topology.kubernetes.io/zone": "z2" } })]);
    put(world, "persistentvolumes", [{ apiVersion: "v1", kind: "PersistentVolume", metadata: { name: "pv", labels: { "topology.kubernetes.io/zone": "z2__z3" } }, spec: {} } as KubeObject]);
    put(world, "persistentvolumeclaims", [bound("data", "pv")]);
    put(world, "pods", [withClaims("web", "data"), makePod("far", { spec: { nodeSelector: { "topology.kubernetes.io/zone": "z1" }, volumes: [{ name: "d", persistentVolumeClaim: { claimName: "data" } }] } })]);
    expect(nodeOf(world, "web")).toBe("b");
    expect(whyPending(world, "far")).toContain("1 node(s) had no available volume zone");
  });

  it("keep to a driver's limit of volumes on a node", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    put(world, "csinodes", [{ apiVersion: "storage.k8s.io/v1", kind: "CSINode", metadata: { name: "a" }, spec: { drivers: [{ name: "csi.example", nodeID: "a", allocatable: { count: 1 } }] } } as KubeObject]);
    put(world, "persistentvolumes", ["p", "q"].map((name) => ({ apiVersion: "v1", kind: "PersistentVolume", metadata: { name }, spec: { csi: { driver: "csi.example", volumeHandle: name } } } as KubeObject)));
    put(world, "persistentvolumeclaims", [bound("x", "p"), bound("y", "q")]);
    put(world, "pods", [withClaims("one", "x")]);
    put(world, "pods", [withClaims("two", "y"), withClaims("same", "x")], 500);
    expect(whyPending(world, "two")).toContain("1 node(s) exceed max volume count");
    expect(nodeOf(world, "same")).toBe("a");
  });

  it("keep two pods of a node off one disk", () => {
    const world = makeWorld();
    put(world, "nodes", [makeNode("a")]);
    const disk = (name: string, readOnly: boolean): ReturnType<typeof makePod> => makePod(name, { spec: { volumes: [{ name: "d", gcePersistentDisk: { pdName: "disk", readOnly } }] } });
    put(world, "pods", [disk("one", true)]);
    put(world, "pods", [disk("two", true), disk("three", false)], 500);
    expect(nodeOf(world, "two")).toBe("a");
    expect(whyPending(world, "three")).toContain("1 node(s) had no available disk");
  });
});
