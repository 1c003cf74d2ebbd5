/** Requests of the person to the API server, one or a few in a row, as kubectl would send them. */
import type { Commands, ObjectRef } from "../../protocol/index.ts";
import { controllerOf, type Deployment, type KubeObject, type ReplicaSet, type Status, type Stored, USER } from "../../systems/kubernetes/api/index.ts";
import type { ApiCall } from "../../systems/kubernetes/client/index.ts";
import type { UserAnswer, UserState } from "../../systems/kubernetes/cluster/index.ts";
import { emptyRegistry, lookupKind, type ResourceInfo } from "../../systems/kubernetes/schema/index.ts";
import { routeRequest } from "../../systems/kubernetes/rest/index.ts";
import type { CommandHost } from "../command-host.ts";
import { findObject, objectsOfKind } from "../store-reader.ts";

type In<N extends keyof Commands> = Commands[N]["input"];
type Outcome = { readonly message: string; readonly ok: boolean };

/** More replicas than this would stall the page rather than teach anything. */
export const MOST_REPLICAS = 5_000;

/** Sends one call as the person and waits for its answer (in virtual time). */
export async function send(host: CommandHost, call: ApiCall): Promise<UserAnswer> {
  const { ticket, answer } = host.stage.desk.issue();
  host.input({ kind: "request", ticket, call });
  const job = await answer;
  return job.answers[0] as UserAnswer;
}

/** The resource of a reference, custom ones included. */
export function resourceOf(host: CommandHost, ref: ObjectRef): ResourceInfo {
  const registry = host.stage.session.world.stateOf<UserState>(USER)?.registry ?? emptyRegistry;
  const found = lookupKind(registry, ref.apiVersion, ref.kind)?.info;
  if (found === undefined) throw new Error(`no matches for kind "${ref.kind}" in version "${ref.apiVersion}"`);
  return found;
}

/** Group, version, resource, namespace and name of a call on a reference. */
export function placeOf(host: CommandHost, ref: ObjectRef): Pick<ApiCall, "group" | "version" | "resource" | "namespace" | "name"> {
  const { group, version, resource, namespaced } = resourceOf(host, ref);
  return { group, version, resource, name: ref.name, ...(namespaced ? { namespace: ref.namespace } : {}) };
}

/** "deployment.apps/web", as kubectl names things. */
export function kubectlName(info: ResourceInfo, name: string): string {
  return `${info.singular}${info.group === "" ? "" : `.${info.group}`}/${name}`;
}

/** Deletes an object. */
export async function deleteObject(host: CommandHost, { ref, gracePeriodSeconds }: In<"delete-object">): Promise<Outcome> {
  const options = { propagationPolicy: "Background" as const, ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }) };
  const answer = await send(host, { ...placeOf(host, ref), verb: "delete", options });
  return outcome(answer, `${kubectlName(resourceOf(host, ref), ref.name)} deleted`);
}

/** Sets the number of replicas through the scale sub-resource, as kubectl scale does. */
export async function scale(host: CommandHost, { ref, replicas }: In<"scale">): Promise<Outcome> {
  if (replicas > MOST_REPLICAS) return { ok: false, message: `${replicas} replicas are more than this lab simulates smoothly (at most ${MOST_REPLICAS}). Choose fewer.` };
  const answer = await send(host, { ...placeOf(host, ref), verb: "patch", subresource: "scale", body: { spec: { replicas } }, options: { patchType: "application/merge-patch+json", fieldManager: "kubectl" } });
  return outcome(answer, `${kubectlName(resourceOf(host, ref), ref.name)} scaled`);
}

/** Sets a container's image, as kubectl set image does. */
export async function setImage(host: CommandHost, { ref, container, image }: In<"set-image">): Promise<Outcome> {
  const live = findObject(host.stage.session.world, ref) as Deployment | undefined;
  const containers = live?.spec?.template.spec?.containers ?? [];
  const index = container === "" ? 0 : containers.findIndex((candidate) => candidate.name === container);
  if (containers[index] === undefined) return { ok: false, message: `error: unable to find container named "${container}"` };
  const body = [{ op: "replace", path: `/spec/template/spec/containers/${index}/image`, value: image }];
  const answer = await send(host, { ...placeOf(host, ref), verb: "patch", body, options: { patchType: "application/json-patch+json", fieldManager: "kubectl-set" } });
  return outcome(answer, `${kubectlName(resourceOf(host, ref), ref.name)} image updated`);
}

/** Goes back to the previous revision of a Deployment: its template is written again (kubectl rollout undo). */
export async function undoRollout(host: CommandHost, { ref }: In<"undo-rollout">): Promise<Outcome> {
  const { world } = host.stage.session;
  const deployment = findObject(world, ref) as (Deployment & Stored) | undefined;
  if (deployment === undefined) return { ok: false, message: `Error from server (NotFound): deployments.apps "${ref.name}" not found` };
  const previous = previousRevision(deployment, objectsOfKind(world, "ReplicaSet") as (ReplicaSet & Stored)[]);
  if (previous === undefined) return { ok: false, message: `error: no rollout history found for deployment "${ref.name}"` };
  const body = [{ op: "replace", path: "/spec/template", value: templateOf(previous) }];
  const answer = await send(host, { ...placeOf(host, ref), verb: "patch", body, options: { patchType: "application/json-patch+json", fieldManager: "kubectl-rollout" } });
  return outcome(answer, `${kubectlName(resourceOf(host, ref), ref.name)} rolled back`);
}

function previousRevision(deployment: Deployment & Stored, sets: readonly (ReplicaSet & Stored)[]): (ReplicaSet & Stored) | undefined {
  const revision = (object: KubeObject): number => Number(object.metadata?.annotations?.["deployment.kubernetes.io/revision"] ?? "0");
  const own = sets.filter((set) => controllerOf(set)?.uid === deployment.metadata.uid && revision(set) < revision(deployment));
  return own.sort((a, b) => revision(b) - revision(a))[0];
}

/** The template without the hash that the Deployment controller added. */
function templateOf(set: ReplicaSet): unknown {
  const template = set.spec?.template;
  const { "pod-template-hash": _hash, ...labels } = template?.metadata?.labels ?? {};
  return { ...template, metadata: { ...template?.metadata, labels } };
}

/** Any request, by method and path. */
export async function request(host: CommandHost, { method, path, body, contentType }: In<"request">): Promise<{ readonly code: number; readonly body: unknown }> {
  const registry = host.stage.session.world.stateOf<UserState>(USER)?.registry ?? emptyRegistry;
  const headers = contentType === undefined ? {} : { "content-type": contentType };
  const routed = routeRequest(registry, { method, target: path, headers, ...(body === undefined ? {} : { body }) }, "kubernetes-admin");
  if (routed.to === "refusal") return { code: routed.response.code, body: routed.response.body };
  if (routed.to !== "api") return { code: 404, body: "404 page not found" };
  const { type: _type, user: _user, agent: _agent, ...call } = routed.call;
  const answer = await send(host, call);
  return { code: answer.code, body: answer.body };
}

function outcome(answer: UserAnswer, done: string): Outcome {
  if (answer.code >= 200 && answer.code < 300) return { ok: true, message: done };
  return { ok: false, message: refusal(answer.body as Status) };
}

/** What kubectl prints for a refusal: "Error from server (Reason): message". */
export function refusal(status: Status): string {
  if (status.code === 0 || status.reason === "ClientError") return status.message ?? "unknown error";
  return status.reason === "Invalid" ? `The ${status.message ?? ""}` : `Error from server${status.reason === undefined ? "" : ` (${status.reason})`}: ${status.message ?? ""}`;
}
