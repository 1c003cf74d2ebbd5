import type { Context } from "../../../engine/bus/index.ts";
import type { ApiRequest } from "../api/index.ts";

/** Who a component is to the API server. Plain data. */
export interface ApiClient {
  readonly server: string;
  readonly user: string;
  readonly agent: string;
}

/** A request without its envelope: {@link callApi} fills in who asks. */
export type ApiCall = Omit<ApiRequest, "type" | "user" | "agent">;

/** Sends a request to the API server; the answer arrives at onReply or onFailure with `tag`. */
export function callApi(context: Context, client: ApiClient, call: ApiCall, tag: unknown, timeoutMs?: number): number {
  const request: ApiRequest = { type: "api-request", user: client.user, agent: client.agent, ...call };
  return context.request(client.server, request, tag, timeoutMs);
}
