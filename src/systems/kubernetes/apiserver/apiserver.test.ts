import { describe, expect, it } from "vitest";
import type { KubeObject, Pod, Stored } from "../api/index.ts";
import { pod, TestCluster } from "./testing/world.ts";

const inDefault = { namespace: "default" };

describe("create, read, update, delete", () => {
  it("creates a pod, Pending and numbered, and reads it back", () => {
    const cluster = new TestCluster();
    const made = cluster.do<Stored<Pod>>({ verb: "create", resource: "pods", ...inDefault, body: pod("web") });
    expect(made.metadata).toMatchObject({ name: "web", namespace: "default", generation: 1 });
    expect(made.metadata.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(made.status).toMatchObject({ phase: "Pending", qosClass: "BestEffort" });
    const read = cluster.do<Stored<Pod>>({ verb: "get", resource: "pods", ...inDefault, name: "web" });
    expect(read.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
    expect(cluster.names({ resource: "pods", ...inDefault })).toEqual(["web"]);
  });

  it("refuses a second object of the same name, and what is not there", () => {
    const cluster = new TestCluster();
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("web") });
    expect(cluster.refused({ verb: "create", resource: "pods", ...inDefault, body: pod("web") })).toEqual({ code: 409, reason: "AlreadyExists", message: 'pods "web" already exists' });
    expect(cluster.refused({ verb: "get", resource: "pods", ...inDefault, name: "none" })).toEqual({ code: 404, reason: "NotFound", message: 'pods "none" not found' });
    expect(cluster.refused({ verb: "create", resource: "pods", namespace: "nowhere", body: pod("web") }).message).toBe('namespaces "nowhere" not found');
  });

  it("refuses a stale update with 409 and takes a fresh one", () => {
    const cluster = new TestCluster();
    const made = cluster.do<Stored>({ verb: "create", resource: "configmaps", ...inDefault, body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "1" } } });
    const next = cluster.do<Stored>({ verb: "update", resource: "configmaps", ...inDefault, name: "c", body: { ...made, data: { a: "2" } } });
    expect(Number(next.metadata.resourceVersion)).toBeGreaterThan(Number(made.metadata.resourceVersion));
    expect(cluster.refused({ verb: "update", resource: "configmaps", ...inDefault, name: "c", body: { ...made, data: { a: "3" } } })).toEqual({
      code: 409, reason: "Conflict", message: 'Operation cannot be fulfilled on configmaps "c": the object has been modified; please apply your changes to the latest version and try again',
    });
  });

  it("writes nothing when nothing changes", () => {
    const cluster = new TestCluster();
    const made = cluster.do<Stored>({ verb: "create", resource: "configmaps", ...inDefault, body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "1" } } });
    const same = cluster.do<Stored>({ verb: "update", resource: "configmaps", ...inDefault, name: "c", body: { ...made } });
    expect(same.metadata.resourceVersion).toBe(made.metadata.resourceVersion);
  });

  it("binds a pod once", () => {
    const cluster = new TestCluster();
    cluster.do({ verb: "create", resource: "pods", ...inDefault, body: pod("web") });
    const binding = { apiVersion: "v1", kind: "Binding", metadata: { name: "web" }, target: { kind: "Node", name: "node-1" } } as KubeObject;
    cluster.do({ verb: "create", resource: "pods", subresource: "binding", ...inDefault, name: "web", body: binding });
    const bound = cluster.do<Stored<Pod>>({ verb: "get", resource: "pods", ...inDefault, name: "web" });
    expect(bound.spec?.nodeName).toBe("node-1");
    expect(cluster.refused({ verb: "create", resource: "pods", subresource: "binding", ...inDefault, name: "web", body: binding }).message)
      .toBe('Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "node-1"');
  });
});

describe("watch", () => {
  it("tells additions, changes and deletions, and resumes from a revision", () => {
    const cluster = new TestCluster();
    const watch = cluster.watch({ verb: "watch", resource: "pods" });
    const made = cluster.do<Stored<Pod>>({ verb: "create", resource: "pods", ...inDefault, body: pod("web") });
    cluster.do({ verb: "patch", resource: "pods", ...inDefault, name: "web", body: { metadata: { labels: { a: "b" } } } });
    cluster.do({ verb: "delete", resource: "pods", ...inDefault, name: "web" });
    cluster.pass(20);
    expect(cluster.told(watch)).toEqual(["ADDED web", "MODIFIED web", "DELETED web"]);
    const resumed = cluster.watch({ verb: "watch", resource: "pods", options: { resourceVersion: made.metadata.resourceVersion } });
    expect(cluster.told(resumed)).toEqual(["MODIFIED web", "DELETED web"]);
  });
});
