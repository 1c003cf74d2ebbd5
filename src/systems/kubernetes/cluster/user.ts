/**
 * The person at the controls, as a component: sends what kubectl or the editor would send, in the same order, and keeps
 * the answers by ticket for whoever shows them.
 */
import type { Behaviour, Context, FailureReason, Message } from "../../../engine/bus/index.ts";
import { API_SERVER, type ApiResponse, type CustomResourceDefinition, type KubeObject, type Status } from "../api/index.ts";
import { type ApiCall, type ApiClient, callApi, createInformers, type InformerSet, type InformerSpecs, informerClosed, informerData, informerFailure, informerReply, informerTimer, startInformers } from "../client/index.ts";
import { emptyRegistry, findKind, type KindRegistry, lookupKind, registerCustomResource, type ResourceInfo, suggestKinds, unregisterCustomResource } from "../schema/index.ts";

/** One request of the person, answered under `ticket`. */
export interface UserRequest extends Message {
  readonly type: "user/request";
  readonly ticket: number;
  readonly call: ApiCall;
}

/** Objects to apply one after the other, as `kubectl apply --server-side` does; answered under `ticket`. */
export interface UserApply extends Message {
  readonly type: "user/apply";
  readonly ticket: number;
  readonly objects: readonly KubeObject[];
  readonly options: UserApplyOptions;
}

/**
 * How to apply. `verb` "create" posts instead (generateName, kubectl create); "create-or-patch" looks first, posts what
 * isn't there and patches what is with what differs from the earlier manifest, as a client-side `kubectl apply` does.
 */
export interface UserApplyOptions {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly fieldManager?: string;
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
  readonly verb?: "apply" | "create" | "create-or-patch";
}

/** One answer; a failure on the way is turned into a code-0 answer with the client's words. */
export interface UserAnswer {
  readonly code: number;
  readonly body: ApiResponse["body"];
  readonly warnings: readonly string[];
}

/** A job that is under way or done. */
export interface UserJob {
  readonly ticket: number;
  readonly answers: UserAnswer[];
  readonly objects: readonly KubeObject[];
  readonly options: UserApplyOptions;
  done: boolean;
  /** Whether the answer that is awaited only says if the object is there. */
  looking: boolean;
}

/** The person's state. */
export interface UserState {
  readonly client: ApiClient;
  readonly informers: InformerSet;
  registry: KindRegistry;
  readonly jobs: Map<number, UserJob>;
  /** Tickets that are done, oldest first; old ones are forgotten. */
  readonly finished: number[];
}

/** Who the person is to the API server (kubeadm's admin is in system:masters). */
const PERSON: ApiClient = { server: API_SERVER, user: "kubernetes-admin", agent: "kubectl" };
const SPECS: InformerSpecs = { definitions: { group: "apiextensions.k8s.io", version: "v1", resource: "customresourcedefinitions" } };
const KEPT_JOBS = 500;

/** The person's behaviour. */
export const user: Behaviour<UserState> = {
  type: "user",
  start(context) {
    const state: UserState = { client: PERSON, informers: createInformers(PERSON, SPECS), registry: emptyRegistry, jobs: new Map(), finished: [] };
    startInformers(state.informers, SPECS, context);
    return state;
  },
  onMessage(state, context, body) {
    if (body.type === "user/request") request(state, context, body as UserRequest);
    else if (body.type === "user/apply") apply(state, context, body as UserApply);
  },
  onReply(state, context, body, tag) {
    if (informerReply(state.informers, SPECS, context, body, tag, state, definitionChanged)) return;
    const { code, body: answer, warnings } = body as ApiResponse;
    answered(state, context, tag as number, { code, body: answer, warnings: warnings ?? [] });
  },
  onFailure(state, context, reason, tag) {
    if (informerFailure(state.informers, context, tag)) return;
    answered(state, context, tag as number, { code: 0, body: clientError(connectionProblem(reason)), warnings: [] });
  },
  onData: (state, context, body, stream, tag) => void informerData(state.informers, SPECS, context, body, stream, tag, state, definitionChanged),
  onClosed: (state, context, reason, stream, tag) => void informerClosed(state.informers, SPECS, context, reason, stream, tag),
  onTimer: (state, context, name) => void informerTimer(state.informers, SPECS, context, name),
};

function request(state: UserState, context: Context, message: UserRequest): void {
  state.jobs.set(message.ticket, { ticket: message.ticket, answers: [], objects: [], options: {}, done: false, looking: false });
  callApi(context, state.client, message.call, message.ticket);
}

function apply(state: UserState, context: Context, message: UserApply): void {
  const job: UserJob = { ticket: message.ticket, answers: [], objects: message.objects, options: message.options, done: false, looking: false };
  state.jobs.set(message.ticket, job);
  applyNext(state, context, job);
}

/** Sends the next object of the job; objects whose kind is unknown are answered by the client itself, as kubectl does. */
function applyNext(state: UserState, context: Context, job: UserJob): void {
  for (let object = job.objects[job.answers.length]; object !== undefined; object = job.objects[job.answers.length]) {
    const info = lookupKind(state.registry, object.apiVersion ?? "", object.kind ?? "")?.info;
    if (info !== undefined) {
      job.looking = job.options.verb === "create-or-patch" && object.metadata?.name !== undefined;
      callApi(context, state.client, job.looking ? lookFor(object, info) : callFor(object, info, job.options), job.ticket);
      return;
    }
    job.answers.push({ code: 0, body: clientError(noMatch(state.registry, object)), warnings: [] });
  }
  finish(state, job);
}

function lookFor(object: KubeObject, info: ResourceInfo): ApiCall {
  return { ...placeFor(object, info), verb: "get", name: object.metadata?.name ?? "" };
}

function placeFor(object: KubeObject, info: ResourceInfo): Pick<ApiCall, "group" | "version" | "resource" | "namespace"> {
  const place = { group: info.group, version: info.version, resource: info.resource };
  return info.namespaced ? { ...place, namespace: object.metadata?.namespace ?? "default" } : place;
}

function callFor(object: KubeObject, info: ResourceInfo, options: UserApplyOptions): ApiCall {
  const { name } = object.metadata ?? {};
  const create = (options.verb ?? "apply") !== "apply" || name === undefined;
  const place = placeFor(object, info);
  const common = {
    fieldManager: options.fieldManager ?? (create ? "kubectl-create" : "kubectl"), fieldValidation: options.fieldValidation ?? "Strict",
    ...(options.dryRun === true ? { dryRun: true } : {}),
  } as const;
  if (create) return { ...place, verb: "create", body: object, options: common };
  return {
    ...place, verb: "patch", name, body: object,
    options: { ...common, patchType: "application/apply-patch+yaml", ...(options.force === true ? { force: true } : {}) },
  };
}

/** A patch that brings the live object to the manifest, and takes out what the last one that was applied had and this one lacks. */
function patchFor(object: KubeObject, info: ResourceInfo, job: UserJob): ApiCall {
  const applied = job.objects.filter((_, index) => succeededWith(job.answers[index]?.code ?? 0));
  const earlier = applied.findLast((candidate) => candidate.kind === object.kind && candidate.metadata?.name === object.metadata?.name && candidate.metadata?.namespace === object.metadata?.namespace);
  const call = callFor(object, info, job.options);
  const patchType = findKind(info.apiVersion, info.kind) === undefined ? "application/merge-patch+json" : "application/strategic-merge-patch+json";
  return { ...call, verb: "patch", name: object.metadata?.name ?? "", body: withRemovals(earlier, object), options: { ...call.options, patchType } };
}

/** `next`, with a null for every key that `previous` had and `next` lacks; lists are left as they are. */
function withRemovals(previous: unknown, next: unknown): unknown {
  if (!isMap(previous) || !isMap(next)) return next;
  const merged: Record<string, unknown> = {};
  for (const key of Object.keys(previous)) if (!Object.hasOwn(next, key)) merged[key] = null;
  for (const key of Object.keys(next)) merged[key] = withRemovals(previous[key], next[key]);
  return merged;
}

function succeededWith(code: number): boolean {
  return code >= 200 && code < 300;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function answered(state: UserState, context: Context, ticket: number, answer: UserAnswer): void {
  const job = state.jobs.get(ticket);
  if (job === undefined) return;
  const object = job.objects[job.answers.length];
  if (job.looking && object !== undefined && looked(state, context, job, object, answer.code)) return;
  job.answers.push(answer);
  if (job.answers.length < job.objects.length) applyNext(state, context, job);
  else finish(state, job);
}

/** Writes what was looked for; false when the look itself failed. */
function looked(state: UserState, context: Context, job: UserJob, object: KubeObject, code: number): boolean {
  job.looking = false;
  const info = lookupKind(state.registry, object.apiVersion ?? "", object.kind ?? "")?.info;
  if (info === undefined || (code !== 404 && !succeededWith(code))) return false;
  callApi(context, state.client, code === 404 ? callFor(object, info, job.options) : patchFor(object, info, job), job.ticket);
  return true;
}

function finish(state: UserState, job: UserJob): void {
  job.done = true;
  state.finished.push(job.ticket);
  if (state.finished.length > KEPT_JOBS) state.jobs.delete(state.finished.shift() as number);
}

function definitionChanged(state: UserState, _context: Context, _informer: string, _key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
  const definition = (after ?? before) as CustomResourceDefinition;
  const established = after !== undefined && (after as CustomResourceDefinition).status?.conditions?.some(({ type, status }) => type === "Established" && status === "True") === true;
  state.registry = established ? registerCustomResource(state.registry, definition) : unregisterCustomResource(state.registry, definition.metadata?.name ?? "");
}

/** kubectl's words for a kind the server doesn't serve (cli-runtime pkg/resource/mapper.go, api/meta NoKindMatchError). */
function noMatch(registry: KindRegistry, object: KubeObject): string {
  const { apiVersion = "", kind = "" } = object;
  if (apiVersion === "") return `error validating data: apiVersion not set`;
  if (kind === "") return `error validating data: kind not set`;
  const near = suggestKinds(registry, kind)[0];
  const hint = near === undefined ? "" : `\ndid you mean ${near.kind} in version "${near.apiVersion}"?`;
  return `resource mapping not found for name: "${object.metadata?.name ?? ""}" namespace: "${object.metadata?.namespace ?? ""}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first${hint}`;
}

function connectionProblem(reason: FailureReason): string {
  if (reason === "refused") return "The connection to the server kube-apiserver:6443 was refused - did you specify the right host or port?";
  if (reason === "reset") return "error: the connection to the server was reset: read: connection reset by peer";
  return "Unable to connect to the server: net/http: request canceled (Client.Timeout exceeded while awaiting headers)";
}

function clientError(message: string): Status {
  return { apiVersion: "v1", kind: "Status", metadata: {}, status: "Failure", message, reason: "ClientError", code: 0 };
}
