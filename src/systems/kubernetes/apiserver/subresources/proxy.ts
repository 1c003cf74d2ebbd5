/**
 * log, exec, attach and portforward: the API server passes them on to the pod's kubelet, as a bus request with the same
 * ApiRequest; the kubelet's ApiResponse goes back. Source: kubernetes v1.36 pkg/registry/core/pod/strategy.go (LogLocation, streamLocation).
 */
import { type ApiRequest, type ApiResponse, kubeletId, type Pod, type Stored } from "../../api/index.ts";
import { badRequest, failure, notFound } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import type { Server } from "../state.ts";

/** Sub-resources of pods that their kubelet answers. */
export const kubeletSubresources: ReadonlySet<string> = new Set(["log", "exec", "attach", "portforward"]);

/** A request passed on to a kubelet. */
export interface ProxyTag {
  readonly tag: "proxy";
  readonly call: ApiRequest;
  readonly request: number;
  readonly node: string;
}

const TIMEOUT_MS = 30_000;

/** Passes a request on; the refusal when there is nobody to pass it to. */
export function passToKubelet(server: Server, call: ApiRequest, request: number): ApiResponse | undefined {
  const { namespace = "", name = "" } = call;
  const pods = server.state.caches.get("pods");
  const value = pods === undefined ? undefined : cached(pods, namespace, `${namespace}/${name}`);
  if (value === undefined) return notFound({ group: "", resource: "pods" }, name);
  const node = (value.object as Stored<Pod>).spec?.nodeName ?? "";
  if (node === "") return badRequest(`pod ${name} does not have a host assigned`);
  const tag: ProxyTag = { tag: "proxy", call, request, node };
  server.context.request(kubeletId(node), call, tag, TIMEOUT_MS, true);
  return undefined;
}

/** The answer when the kubelet can't be reached. */
export function kubeletUnreachable(tag: ProxyTag, reason: "refused" | "reset" | "timeout"): ApiResponse {
  const { namespace = "", name = "", subresource = "" } = tag.call;
  const path = subresource === "log" ? "containerLogs" : subresource;
  const why = reason === "refused" ? "connect: connection refused" : reason === "reset" ? "EOF" : "i/o timeout";
  return failure(500, "", `Get "https://${tag.node}:10250/${path}/${namespace}/${name}": dial tcp ${tag.node}:10250: ${why}`);
}
