/** Requests that are answered at once and kept nowhere: reviews and tokens. Source: kubernetes v1.36 pkg/registry/authentication, pkg/registry/authorization and core/serviceaccount/storage/token.go. */
import { base64UrlEncode, utf8Bytes } from "../../../../base/encoding/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import { nextUint32 } from "../../../../engine/random/index.ts";
import type { ApiRequest, ApiResponse, KubeObject, Verb } from "../../api/index.ts";
import { authorize } from "../access/authorize.ts";
import { notFound } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import type { Server } from "../state.ts";

interface Review extends KubeObject {
  readonly spec?: {
    readonly token?: string;
    readonly user?: string;
    readonly resourceAttributes?: { readonly verb?: string; readonly group?: string; readonly resource?: string; readonly subresource?: string; readonly namespace?: string; readonly name?: string };
    readonly expirationSeconds?: number;
    readonly audiences?: readonly string[];
  };
}

function created(body: object): ApiResponse {
  return { type: "api-response", code: 201, body: body as KubeObject };
}

/** The answer to a review; undefined when the resource is none. */
export function answerReview(server: Server, call: ApiRequest, body: KubeObject): ApiResponse | undefined {
  const review = body as Review;
  const base = { apiVersion: review.apiVersion, kind: review.kind, metadata: { creationTimestamp: null }, spec: review.spec };
  switch (call.resource) {
    case "selfsubjectaccessreviews":
    case "localsubjectaccessreviews":
    case "subjectaccessreviews": return created({ ...base, status: accessOf(server, call, review) });
    case "selfsubjectrulesreviews": return created({ ...base, status: { resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"] }], nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }], incomplete: false } });
    case "selfsubjectreviews": return created({ ...base, status: { userInfo: userInfo(call.user) } });
    case "tokenreviews": return created({ ...base, status: tokenStatus(server, review) });
    default: return undefined;
  }
}

function accessOf(server: Server, call: ApiRequest, review: Review): object {
  const wanted = review.spec?.resourceAttributes ?? {};
  const user = call.resource === "selfsubjectaccessreviews" ? call.user : (review.spec?.user ?? "");
  const { verb = "get", group = "", resource = "", subresource, namespace, name } = wanted;
  const asked: ApiRequest = {
    type: "api-request", verb: verb as Verb, group, version: "", resource, user, agent: "",
    ...(subresource === undefined ? {} : { subresource }), ...(namespace === undefined ? {} : { namespace }), ...(name === undefined ? {} : { name }),
  };
  return authorize(server.state, asked) === undefined ? { allowed: true } : { allowed: false };
}

/** Groups that go with a user name (apiserver pkg/authentication/user, serviceaccount/util.go). */
export function userInfo(username: string): { readonly username: string; readonly groups: readonly string[] } {
  if (username.startsWith("system:node:")) return { username, groups: ["system:nodes", "system:authenticated"] };
  if (username.startsWith("system:serviceaccount:")) {
    const namespace = username.split(":")[2] ?? "";
    return { username, groups: ["system:serviceaccounts", `system:serviceaccounts:${namespace}`, "system:authenticated"] };
  }
  return { username, groups: username === "kubernetes-admin" ? ["kubeadm:cluster-admins", "system:authenticated"] : ["system:authenticated"] };
}

function tokenStatus(server: Server, review: Review): object {
  const token = review.spec?.token ?? "";
  const { tokens } = server.state.config;
  const user = tokens !== undefined && Object.hasOwn(tokens, token) ? tokens[token] : undefined;
  return user === undefined ? { user: {}, error: "[invalid bearer token, unknown]" } : { authenticated: true, user: userInfo(user) };
}

const HOUR_SECONDS = 3600;

/** POST serviceaccounts/NAME/token. The token has the form of a JWT; nothing signs it. */
export function answerTokenRequest(server: Server, call: ApiRequest, body: KubeObject): ApiResponse {
  const { namespace = "", name = "" } = call;
  const accounts = server.state.caches.get("serviceaccounts");
  const account = accounts === undefined ? undefined : cached(accounts, namespace, `${namespace}/${name}`);
  if (account === undefined) return notFound({ group: "", resource: "serviceaccounts" }, name);
  const request = body as Review;
  const seconds = request.spec?.expirationSeconds ?? HOUR_SECONDS;
  const { now, random } = server.context;
  const part = (value: object): string => base64UrlEncode(utf8Bytes(JSON.stringify(value)));
  const issued = Math.floor(now / 1000);
  const claims = { exp: issued + seconds, iat: issued, iss: "https://kubernetes.default.svc.cluster.local", sub: `system:serviceaccount:${namespace}:${name}`, jti: nextUint32(random).toString(16) };
  const token = `${part({ alg: "RS256" })}.${part(claims)}.${part({ s: nextUint32(random) })}`;
  const status = { token, expirationTimestamp: rfc3339(now + seconds * 1000) };
  return created({ apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", metadata: { name, namespace, creationTimestamp: rfc3339(now) }, spec: { ...request.spec, expirationSeconds: seconds, boundObjectRef: null }, status });
}
