/** Defaults of rbac, authentication and API priority. Source: pkg/apis/rbac/v1, authentication/v1 and flowcontrol/v1 defaults.go. */
import type { ClusterRoleBinding, FlowSchema, LimitedPriorityLevelConfiguration, PriorityLevelConfiguration, RoleBinding, Subject, TokenRequest } from "../../api/index.ts";
import { always, eachOf, fill, fillZeros, inside, type Filler } from "./edit.ts";

const RBAC = "rbac.authorization.k8s.io";
const TOKEN_SECONDS = 3600;

const subject: Filler<Subject> = (value) => (value.kind === "User" || value.kind === "Group" ? fill(value, { apiGroup: RBAC }) : value);

/** SetDefaults_RoleBinding and SetDefaults_ClusterRoleBinding. */
export function roleBinding<T extends RoleBinding | ClusterRoleBinding>(value: T): T {
  const binding: RoleBinding = value;
  return eachOf(always(binding, "roleRef", (ref) => fill(ref, { apiGroup: RBAC })), "subjects", subject) as T;
}

/** SetDefaults_TokenRequestSpec: one hour. */
export const tokenRequest: Filler<TokenRequest> = (value) => always(value, "spec", (spec) => fill(spec, { expirationSeconds: TOKEN_SECONDS }));

/** SetDefaults_FlowSchemaSpec. */
export const flowSchema: Filler<FlowSchema> = (value) => always(value, "spec", (spec) => fillZeros(spec, { matchingPrecedence: 1000 }));

const limited: Filler<LimitedPriorityLevelConfiguration> = (value) => {
  const out = fill(value, { nominalConcurrencyShares: 30, lendablePercent: 0 });
  return inside(out, "limitResponse", (response) => inside(response, "queuing", (queuing) => fillZeros(queuing, { handSize: 8, queues: 64, queueLengthLimit: 50 })));
};

/** SetDefaults_LimitedPriorityLevelConfiguration, its exempt sibling and SetDefaults_QueuingConfiguration. */
export const priorityLevel: Filler<PriorityLevelConfiguration> = (value) => inside(value, "spec", (spec) =>
  inside(inside(spec, "limited", limited), "exempt", (exempt) => fill(exempt, { nominalConcurrencyShares: 0, lendablePercent: 0 })));
