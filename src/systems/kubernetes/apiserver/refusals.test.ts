import { describe, expect, it } from "vitest";
import type { Behaviour } from "../../../engine/bus/index.ts";
import type { ApiRequest, ApiResponse, KubeObject } from "../api/index.ts";
import type { EtcdState } from "../etcd/index.ts";
import { type Call, pod, TestCluster } from "./testing/world.ts";

const inDefault = { namespace: "default" };
const web: Call = { verb: "get", resource: "pods", ...inDefault, name: "web" };

function service(spec: object): KubeObject {
  return { apiVersion: "v1", kind: "Service", metadata: { name: "s" }, spec } as KubeObject;
}

const refusals: readonly (readonly [string, Call, number])[] = [
  ["a name that is taken", { ...web, verb: "create", body: pod("web") }, 409],
  ["a bad name", { ...web, verb: "create", body: pod("Web_1") }, 422],
  ["no name", { ...web, verb: "create", body: { apiVersion: "v1", kind: "Pod", spec: { containers: [{ name: "c", image: "i" }] } } }, 422],
  ["the wrong kind", { ...web, verb: "create", body: service({}) }, 400],
  ["the wrong version", { ...web, verb: "create", body: { ...pod("x"), apiVersion: "v2" } }, 400],
  ["another namespace", { ...web, verb: "create", body: pod("x", {}, { namespace: "kube-system" }) }, 400],
  ["a wrong type", { ...web, verb: "create", body: pod("x", { terminationGracePeriodSeconds: "long" }) }, 400],
  ["an unknown field, strictly", { ...web, verb: "create", body: pod("x", { colour: "red" }), options: { fieldValidation: "Strict" } }, 400],
  ["a stale update", { ...web, verb: "update", body: pod("web", {}, { resourceVersion: "1" }) }, 409],
  ["another object's uid", { ...web, verb: "update", body: pod("web", {}, { uid: "other" }) }, 409],
  ["a change of what can't change", { ...web, verb: "patch", body: { spec: { restartPolicy: "Never" } } }, 422],
  ["an operation JSON patch hasn't", { ...web, verb: "patch", body: [{ op: "jump", path: "/x" }], options: { patchType: "application/json-patch+json" } }, 422],
  ["a merge patch that is a list", { ...web, verb: "patch", body: [] }, 400],
  ["a failed test of a JSON patch", { ...web, verb: "patch", body: [{ op: "test", path: "/metadata/name", value: "x" }], options: { patchType: "application/json-patch+json" } }, 422],
  ["a deletion with another uid", { ...web, verb: "delete", options: { preconditions: { uid: "other" } } }, 409],
  ["a deletion of nothing", { ...web, verb: "delete", name: "none" }, 404],
  ["a verb the resource hasn't", { verb: "update", resource: "bindings", ...inDefault, body: {} }, 405],
  ["a sub-resource it hasn't", { ...web, verb: "get", subresource: "scale" }, 405],
  ["an unknown resource", { verb: "list", resource: "pods", group: "apps" }, 404],
  ["a token nobody knows", { ...web, token: "stolen" }, 401],
  ["an anonymous user", { ...web, user: "system:anonymous" }, 403],
  ["a Service with a taken address", { verb: "create", resource: "services", ...inDefault, body: service({ clusterIP: "10.96.0.1", ports: [{ port: 1 }] }) }, 422],
];

describe("a refused request", () => {
  it("changes nothing", () => {
    const cluster = new TestCluster();
    cluster.do({ ...web, verb: "create", body: pod("web") });
    const revision = (): number => (cluster.world.stateOf<EtcdState>("etcd") as EtcdState).store.revision;
    const before = revision();
    const codes = refusals.map(([what, call]) => [what, cluster.ask(call).code]);
    expect(codes).toEqual(refusals.map(([what, , code]) => [what, code]));
    cluster.pass(100);
    expect(revision()).toBe(before);
    expect(cluster.world.trace.notes.filter((note) => note.kind === "RequestRefused").length).toBeGreaterThan(15);
  });
});

describe("log and exec", () => {
  it("are answered by the pod's kubelet, or say why not", () => {
    const kubelet: Behaviour<object> = {
      type: "fake-kubelet",
      start: () => ({}),
      onRequest(_state, context, body, request) {
        const call = body as ApiRequest;
        const answer: ApiResponse = { type: "api-response", code: 200, body: { kind: "Log", metadata: { name: `${call.subresource ?? ""} of ${call.name ?? ""}` } } };
        context.reply(request, answer);
      },
    };
    const cluster = new TestCluster({ behaviours: [kubelet as Behaviour<unknown>] });
    cluster.do({ ...web, verb: "create", body: pod("web", { nodeName: "n1" }) });
    cluster.do({ ...web, verb: "create", body: pod("lone") });
    expect(cluster.refused({ ...web, name: "lone", subresource: "log" }).message).toBe("pod lone does not have a host assigned");
    expect(cluster.refused({ ...web, subresource: "log" }).message).toContain('Get "https://n1:10250/containerLogs/default/web"');
    cluster.world.spawn({ id: "kubelet/n1", type: "fake-kubelet", host: "n1", config: undefined });
    cluster.pass(10);
    expect(cluster.do({ ...web, subresource: "log" }).metadata?.name).toBe("log of web");
    expect(cluster.do({ ...web, verb: "create", subresource: "exec", body: { command: ["sh"] } }).metadata?.name).toBe("exec of web");
  });
});

describe("reviews", () => {
  it("say who asks and what they may", () => {
    const cluster = new TestCluster({ apiServer: { tokens: { abc: "jane" } } });
    expect(cluster.do({ verb: "create", group: "authentication.k8s.io", resource: "selfsubjectreviews", body: { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" }, token: "abc" }))
      .toMatchObject({ status: { userInfo: { username: "jane", groups: ["system:authenticated"] } } });
    const review = { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", spec: { resourceAttributes: { verb: "create", resource: "pods" } } } as KubeObject;
    expect(cluster.do({ verb: "create", group: "authorization.k8s.io", resource: "selfsubjectaccessreviews", body: review })).toMatchObject({ status: { allowed: true } });
    const tokenReview = { apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token: "abc" } } as KubeObject;
    expect(cluster.do({ verb: "create", group: "authentication.k8s.io", resource: "tokenreviews", body: tokenReview })).toMatchObject({ status: { authenticated: true, user: { username: "jane" } } });
  });

  it("make tokens for accounts", () => {
    const cluster = new TestCluster();
    cluster.do({ verb: "create", resource: "serviceaccounts", ...inDefault, body: { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "robot" } } });
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: { audiences: ["a"], expirationSeconds: 600 } } as KubeObject;
    const made = cluster.do({ verb: "create", resource: "serviceaccounts", subresource: "token", ...inDefault, name: "robot", body }) as { readonly status?: { readonly token: string; readonly expirationTimestamp: string } };
    expect(made.status?.token.split(".").length).toBe(3);
    expect(made.status?.expirationTimestamp).toBe("2026-01-01T00:10:00Z");
  });
});
