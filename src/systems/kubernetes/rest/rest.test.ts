import { describe, expect, it } from "vitest";
import type { ApiRequest, Status } from "../api/index.ts";
import { emptyRegistry } from "../schema/index.ts";
import { apiGroup, apiGroupList, apiResourceList, apiVersions, type Routed, routeRequest } from "./index.ts";

function route(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Routed {
  return routeRequest(emptyRegistry, { method, target, headers, ...(body === undefined ? {} : { body }) }, "kubernetes-admin");
}

function call(method: string, target: string, body?: unknown, headers: Record<string, string> = {}): Partial<ApiRequest> {
  const routed = route(method, target, body, headers);
  if (routed.to !== "api" && routed.to !== "watch") throw new Error(JSON.stringify(routed));
  const { type: _type, user: _user, agent: _agent, ...rest } = routed.call;
  return rest;
}

describe("routes", () => {
  it.each([
    ["GET", "/api/v1/pods", { verb: "list", group: "", version: "v1", resource: "pods", options: {} }],
    ["GET", "/api/v1/namespaces", { verb: "list", group: "", version: "v1", resource: "namespaces", options: {} }],
    ["GET", "/api/v1/namespaces/shop", { verb: "get", group: "", version: "v1", resource: "namespaces", name: "shop", options: {} }],
    ["PUT", "/api/v1/namespaces/shop/finalize", { verb: "update", group: "", version: "v1", resource: "namespaces", name: "shop", subresource: "finalize", options: {} }],
    ["GET", "/api/v1/namespaces/shop/pods/web", { verb: "get", group: "", version: "v1", resource: "pods", namespace: "shop", name: "web", options: {} }],
    ["POST", "/api/v1/namespaces/shop/pods/web/binding", { verb: "create", group: "", version: "v1", resource: "pods", namespace: "shop", name: "web", subresource: "binding", options: {} }],
    ["DELETE", "/apis/apps/v1/namespaces/shop/deployments", { verb: "deletecollection", group: "apps", version: "v1", resource: "deployments", namespace: "shop", options: {} }],
    ["GET", "/apis/apps/v1/namespaces/shop/deployments/web/scale", { verb: "get", group: "apps", version: "v1", resource: "deployments", namespace: "shop", name: "web", subresource: "scale", options: {} }],
  ])("%s %s", (method, target, expected) => {
    expect(call(method, target)).toEqual(expected);
  });

  it("reads query parameters", () => {
    expect(call("GET", "/api/v1/pods?labelSelector=app%3Dweb&limit=5&watch=0&fieldSelector=a%3Db").options).toEqual({ labelSelector: "app=web", fieldSelector: "a=b", limit: 5 });
    expect(call("PATCH", "/api/v1/nodes/n1?dryRun=All&force=true&fieldManager=k", {}, { "content-type": "application/apply-patch+yaml" }).options)
      .toEqual({ dryRun: true, force: true, fieldManager: "k", patchType: "application/apply-patch+yaml" });
  });

  it("tells watches apart", () => {
    expect(route("GET", "/api/v1/pods?watch=1&resourceVersion=5").to).toBe("watch");
    expect(route("GET", "/api/v1/watch/namespaces/default/pods/web")).toMatchObject({ to: "watch", call: { verb: "watch", namespace: "default", name: "web" } });
  });

  it("takes delete options from the body, tokens and agents from headers", () => {
    expect(call("DELETE", "/api/v1/namespaces/a/pods/b", { propagationPolicy: "Foreground", gracePeriodSeconds: 0, preconditions: { uid: "u" } }).options)
      .toEqual({ propagationPolicy: "Foreground", gracePeriodSeconds: 0, preconditions: { uid: "u" } });
    expect(route("GET", "/api/v1/pods", undefined, { authorization: "Bearer abc", "user-agent": "kubectl/v1.36" })).toMatchObject({ call: { token: "abc", agent: "kubectl/v1.36" } });
  });

  it("hands log and exec their options", () => {
    expect(call("POST", "/api/v1/namespaces/a/pods/b/exec?command=sh&command=-c&container=c&stdin=true").body).toEqual({ command: ["sh", "-c"], container: "c", stdin: "true" });
  });

  it("refuses as the real server does", () => {
    const refused = (method: string, target: string, headers = {}): [number, string] => {
      const routed = route(method, target, {}, headers);
      return routed.to === "refusal" ? [routed.response.code, (routed.response.body as Status).message ?? ""] : [0, routed.to];
    };
    expect(refused("GET", "/api/v1/podz")).toEqual([404, "the server could not find the requested resource"]);
    expect(refused("POST", "/api/v1/namespaces/a/pods/b")).toEqual([405, "the server does not allow this method on the requested resource"]);
    expect(refused("PATCH", "/api/v1/nodes/a", { "content-type": "text/plain" })[0]).toBe(415);
    expect(refused("POST", "/api/v1/nodes?dryRun=yes")).toEqual([422, 'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: "yes": supported values: "All"']);
    expect(refused("GET", "/api/v1/nodes?limit=x")[0]).toBe(400);
    expect(refused("GET", "/nothing/here")).toEqual([0, "other"]);
  });
});

describe("discovery", () => {
  it("lists groups, versions and resources with their sub-resources", () => {
    const groups = apiGroupList(emptyRegistry) as { readonly groups: readonly { readonly name: string; readonly preferredVersion: { readonly version: string } }[] };
    expect(groups.groups.find((group) => group.name === "autoscaling")?.preferredVersion.version).toBe("v2");
    expect(apiGroup(emptyRegistry, "nope")).toBeUndefined();
    const apps = apiResourceList(emptyRegistry, "apps", "v1") as { readonly resources: readonly { readonly name: string }[] };
    expect(apps.resources).toContainEqual({ name: "deployments/scale", singularName: "", namespaced: true, group: "autoscaling", version: "v1", kind: "Scale", verbs: ["get", "patch", "update"] });
    expect(apiResourceList(emptyRegistry, "apps", "v9")).toBeUndefined();
    expect(route("GET", "/apis/apps/v1")).toEqual({ to: "discovery", level: "resources", group: "apps", version: "v1" });
    expect(apiVersions("127.0.0.1:6443")).toMatchObject({ kind: "APIVersions", versions: ["v1"] });
    expect(route("GET", "/api")).toMatchObject({ to: "discovery", level: "legacy" });
  });
});
