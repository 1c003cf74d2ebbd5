/** Who asks. Source: https://kubernetes.io/docs/reference/access-authn-authz/authentication/. */
import type { ApiRequest } from "../../api/index.ts";
import type { ApiServerState } from "../state.ts";

/** The user of a request; undefined when its token is unknown (401). */
export function authenticate(state: ApiServerState, call: ApiRequest): string | undefined {
  if (call.token === undefined) return call.user;
  const tokens = state.config.tokens;
  return tokens !== undefined && Object.hasOwn(tokens, call.token) ? tokens[call.token] : undefined;
}
