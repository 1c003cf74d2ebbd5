/** Who may do what. Everybody may do everything so far; RBAC comes in here. */
import type { ApiRequest, ApiResponse } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import type { ApiServerState } from "../state.ts";

/** The refusal, in the words of k8s.io/apiserver v1.36 pkg/endpoints/handlers/responsewriters/errors.go; undefined = allowed. */
export function authorize(_state: ApiServerState, call: ApiRequest): ApiResponse | undefined {
  return call.user === "system:anonymous" ? denied(call) : undefined;
}

function denied(call: ApiRequest): ApiResponse {
  const { user, verb, resource, subresource, group, namespace } = call;
  const what = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined || namespace === "" ? "at the cluster scope" : `in the namespace "${namespace}"`;
  return forbidden(call, call.name ?? "", `User "${user}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`);
}
