import { describe, expect, it } from "vitest";
import type { Deployment, KubeObject, ManagedFieldsEntry, Stored } from "../api/index.ts";
import { type Call, TestCluster } from "./testing/world.ts";

function deployment(extra: object = {}, containers: readonly object[] = [{ name: "nginx", image: "nginx:1.27" }]): KubeObject {
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web", labels: { app: "web" } },
    spec: { selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: { containers } }, ...extra },
  } as KubeObject;
}

const path = { group: "apps", version: "v1", resource: "deployments", namespace: "default", name: "web" } as const;

function apply(body: KubeObject, fieldManager: string, force?: boolean): Call {
  return { ...path, verb: "patch", body, options: { patchType: "application/apply-patch+yaml", fieldManager, ...(force === undefined ? {} : { force }) } };
}

function fieldsOf(object: KubeObject, manager: string): unknown {
  return object.metadata?.managedFields?.find((entry: ManagedFieldsEntry) => entry.manager === manager)?.fieldsV1;
}

describe("server-side apply", () => {
  it("creates the object and owns exactly what was applied", () => {
    const cluster = new TestCluster();
    const answer = cluster.ask(apply(deployment({ replicas: 2 }), "kubectl"));
    expect(answer.code).toBe(201);
    expect(fieldsOf(answer.body as KubeObject, "kubectl")).toEqual({
      "f:metadata": { "f:labels": { "f:app": {} } },
      "f:spec": {
        "f:replicas": {}, "f:selector": {},
        "f:template": { "f:metadata": { "f:labels": { "f:app": {} } }, "f:spec": { "f:containers": { 'k:{"name":"nginx"}': { ".": {}, "f:image": {}, "f:name": {} } } } },
      },
    });
  });

  it("applies again without a new revision when nothing differs", () => {
    const cluster = new TestCluster();
    const first = cluster.do(apply(deployment({ replicas: 2 }), "kubectl"));
    cluster.pass(5000);
    expect(cluster.do(apply(deployment({ replicas: 2 }), "kubectl")).metadata?.resourceVersion).toBe(first.metadata?.resourceVersion);
  });

  it("refuses to take a field from a client-side apply, unless forced", () => {
    const cluster = new TestCluster();
    cluster.do({ ...path, verb: "create", body: deployment({ replicas: 3 }), options: { fieldManager: "kubectl-client-side-apply" } });
    expect(cluster.refused(apply(deployment({ replicas: 2 }), "kubectl"))).toEqual({
      code: 409, reason: "Conflict", message: 'Apply failed with 1 conflict: conflict with "kubectl-client-side-apply" using apps/v1: .spec.replicas',
    });
    const forced = cluster.do<Stored<Deployment>>(apply(deployment({ replicas: 2 }), "kubectl", true));
    expect(forced.spec?.replicas).toBe(2);
    expect(JSON.stringify(fieldsOf(forced, "kubectl-client-side-apply"))).not.toContain("f:replicas");
  });

  it("names every field when there are several conflicts", () => {
    const cluster = new TestCluster();
    cluster.do({ ...path, verb: "create", body: deployment({ replicas: 3 }), options: { fieldManager: "me" } });
    expect(cluster.refused(apply(deployment({ replicas: 2 }, [{ name: "nginx", image: "nginx:1.28" }]), "kubectl")).message)
      .toBe('Apply failed with 2 conflicts: conflicts with "me" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="nginx"].image');
  });

  it("removes what is no longer applied and leaves what others own", () => {
    const cluster = new TestCluster();
    cluster.do(apply(deployment({ replicas: 2, minReadySeconds: 7 }, [{ name: "nginx", image: "nginx:1.27" }, { name: "side", image: "busybox:1.36" }]), "kubectl"));
    cluster.do({ ...path, verb: "patch", body: { metadata: { labels: { mine: "1" } } }, options: { patchType: "application/merge-patch+json", fieldManager: "me" } });
    const next = cluster.do<Stored<Deployment>>(apply(deployment({ replicas: 2 }), "kubectl"));
    expect(next.spec?.template.spec?.containers.map((container) => container.name)).toEqual(["nginx"]);
    expect(next.spec?.minReadySeconds).toBeUndefined();
    expect(next.metadata.labels).toEqual({ app: "web", mine: "1" });
  });

  it("gives a removed field back to its default", () => {
    const cluster = new TestCluster();
    cluster.do(apply(deployment({ replicas: 5 }), "kubectl"));
    expect(cluster.do<Stored<Deployment>>(apply(deployment(), "kubectl")).spec?.replicas).toBe(1);
  });

  it("shares fields that two appliers agree on", () => {
    const cluster = new TestCluster();
    cluster.do(apply(deployment({ replicas: 2 }), "one"));
    const both = cluster.do<Stored<Deployment>>(apply(deployment({ replicas: 2 }), "two"));
    expect(both.metadata.managedFields?.map((entry) => [entry.manager, entry.operation])).toEqual([["one", "Apply"], ["two", "Apply"]]);
    const left = cluster.do<Stored<Deployment>>(apply(deployment(), "one"));
    expect(left.spec?.replicas).toBe(2);
  });

  it("wants a field manager, and refuses unknown fields and force elsewhere", () => {
    const cluster = new TestCluster();
    expect(cluster.refused(apply(deployment(), "")).message).toBe('PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch');
    expect(cluster.refused(apply(deployment({ replcas: 1 }), "kubectl"))).toEqual({
      code: 500, reason: "", message: "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.replcas: field not declared in schema",
    });
    expect(cluster.refused({ ...path, verb: "patch", body: {}, options: { patchType: "application/merge-patch+json", force: true } }).message)
      .toBe('PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch');
  });
});

describe("managed fields of ordinary writes", () => {
  it("shows people who created and who wrote the status, and hides them from components", () => {
    const cluster = new TestCluster();
    const controller = { user: "system:kube-controller-manager", agent: "kube-controller-manager" };
    const made = cluster.do<Stored<Deployment>>({ ...path, verb: "create", body: deployment({ replicas: 1 }) });
    const { status: _status, ...rest } = made;
    cluster.do({ ...path, ...controller, verb: "update", subresource: "status", body: { ...rest, status: { observedGeneration: 1, conditions: [{ type: "Available", status: "True" }] } } as KubeObject });
    const shown = cluster.do<Stored<Deployment>>({ ...path, verb: "get" });
    expect(shown.metadata.managedFields?.map((entry) => [entry.manager, entry.operation, entry.subresource])).toEqual([
      ["kube-controller-manager", "Update", "status"], ["kubectl", "Update", undefined],
    ]);
    expect(fieldsOf(shown, "kube-controller-manager")).toEqual({
      "f:status": { "f:conditions": { ".": {}, 'k:{"type":"Available"}': { ".": {}, "f:status": {}, "f:type": {} } }, "f:observedGeneration": {} },
    });
    expect(fieldsOf(shown, "kubectl")).toMatchObject({
      "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
      "f:spec": { "f:progressDeadlineSeconds": {}, "f:strategy": { "f:rollingUpdate": { ".": {}, "f:maxSurge": {} }, "f:type": {} } },
    });
    expect(cluster.do<Stored<Deployment>>({ ...path, ...controller, verb: "get" }).metadata.managedFields).toBeUndefined();
  });

  it("moves a field to whoever changed it last", () => {
    const cluster = new TestCluster();
    cluster.do({ ...path, verb: "create", body: deployment({ replicas: 1 }), options: { fieldManager: "a" } });
    cluster.do({ ...path, verb: "patch", body: { spec: { replicas: 4 } }, options: { patchType: "application/merge-patch+json", fieldManager: "b" } });
    const shown = cluster.do({ ...path, verb: "get" });
    expect(fieldsOf(shown, "b")).toEqual({ "f:spec": { "f:replicas": {} } });
    expect(JSON.stringify(fieldsOf(shown, "a"))).not.toContain("replicas");
  });
});
