/** Carries plans out: sends their requests step by step, collects the answers, and puts the key back or to rest. */
import type { Context, FailureReason } from "../../../../engine/bus/index.ts";
import { addAfter, addRateLimited, done, failuresOf, forget, takeNext } from "../../../../engine/reconcile/index.ts";
import { type ApiResponse, type KubeObject, namespacedKey, type Status, succeeded } from "../../api/index.ts";
import { callApi } from "../../client/index.ts";
import type { RecorderState } from "../../events/index.ts";
import { DeskEnqueue, wake } from "./desk-enqueue.ts";
import { informerName } from "./kinds.ts";
import type { AnyController, Plan, PlannedRequest } from "./planner.ts";
import { blockUntilSeen } from "./read-your-writes.ts";
import { type Desk, type Flight, goneKey, type ManagerState } from "./state.ts";
import { tell } from "./tell.ts";
import { viewOf } from "./view.ts";

/** Says which planned request an answer belongs to. */
export interface RequestTag {
  readonly desk: number;
  readonly key: string;
  readonly index: number;
}

/** Starts work on every ready key that a controller has a free worker for. */
export function pump(controllers: readonly AnyController[], state: ManagerState, context: Context): void {
  for (const index of state.awake) {
    state.awake.delete(index);
    const desk = state.desks[index] as Desk;
    const controller = controllers[index] as AnyController;
    if (desk.started) pumpDesk(controller, state, context, index, desk);
  }
}

function pumpDesk(controller: AnyController, state: ManagerState, context: Context, index: number, desk: Desk): void {
  const { queue } = desk;
  while (queue.working.size < controller.workers) {
    const key = takeNext(queue);
    if (key === undefined) return;
    const block = desk.blocked.get(key);
    if (block === undefined) {
      takeOff(controller, state, context, index, desk, key);
    } else {
      block.dirty = true;
      done(queue, key);
    }
  }
}

function takeOff(controller: AnyController, state: ManagerState, context: Context, index: number, desk: Desk, key: string): void {
  const plan = controller.plan(key, viewOf(state.informers), desk.memory, context.now);
  const flight: Flight = {
    key, phase: "plan", steps: plan.steps, step: 0, pending: 0, stopped: false, failures: [], answers: [], requeueAfterMs: plan.requeueAfterMs, revisions: new Map(), gone: new Map(),
  };
  desk.flights.set(key, flight);
  tellPlan(state, context, index, plan);
  advance(controller, state, context, index, flight);
}

const QUEUE = new DeskEnqueue();

function tellPlan(state: ManagerState, context: Context, index: number, plan: Plan): void {
  if (plan.also !== undefined) for (const key of plan.also) wake(state, index, key);
  if (plan.tell !== undefined) for (const item of plan.tell) tell(state, recorderOf(state, index), context, item);
}

function recorderOf(state: ManagerState, index: number): RecorderState {
  return (state.desks[index] as Desk).recorder;
}

/** Sends the next step, goes on to the conclusion, or lands. */
function advance(controller: AnyController, state: ManagerState, context: Context, index: number, flight: Flight): void {
  for (;;) {
    const requests = flight.stopped ? undefined : flight.steps[flight.step];
    if (requests === undefined) {
      if (flight.phase === "conclude" || controller.conclude === undefined) break;
      conclude(controller, state, context, index, flight);
    } else if (requests.length === 0) {
      flight.step++;
    } else {
      send(state, context, index, flight, requests);
      return;
    }
  }
  land(state, context, index, flight);
}

function send(state: ManagerState, context: Context, index: number, flight: Flight, requests: readonly PlannedRequest[]): void {
  flight.pending = requests.length;
  for (let position = 0; position < requests.length; position++) {
    const tag: RequestTag = { desk: index, key: flight.key, index: position };
    callApi(context, state.client, (requests[position] as PlannedRequest).call, tag);
  }
}

function conclude(controller: AnyController, state: ManagerState, context: Context, index: number, flight: Flight): void {
  const desk = state.desks[index] as Desk;
  const plan = (controller.conclude as NonNullable<AnyController["conclude"]>)(flight.key, viewOf(state.informers), desk.memory, context.now, { failures: flight.failures, answers: flight.answers });
  flight.phase = "conclude";
  flight.stopped = false;
  flight.steps = plan.steps;
  flight.step = 0;
  if (plan.requeueAfterMs !== undefined) flight.requeueAfterMs = Math.min(plan.requeueAfterMs, flight.requeueAfterMs ?? Number.POSITIVE_INFINITY);
  tellPlan(state, context, index, plan);
}

function land(state: ManagerState, context: Context, index: number, flight: Flight): void {
  const desk = state.desks[index] as Desk;
  const { queue } = desk;
  const { key } = flight;
  desk.flights.delete(key);
  if (flight.failures.length > 0) {
    addRateLimited(queue, context, key);
  } else {
    forget(queue, key);
    if (flight.requeueAfterMs !== undefined) addAfter(queue, context, key, flight.requeueAfterMs);
  }
  done(queue, key);
  if ((flight.revisions.size > 0 || flight.gone.size > 0) && blockUntilSeen(state, index, flight, context.now)) keepPatience(context);
  if (queue.ready.size > 0) state.awake.add(index);
}

/** Timer after which keys are looked for that wait for what will never come. */
export const PATIENCE_TIMER = "read-your-writes";
const PATIENCE_MS = 60_000;

/** Sets the timer of {@link PATIENCE_TIMER} unless it runs. */
export function keepPatience(context: Context): void {
  if (!context.hasTimer(PATIENCE_TIMER)) context.setTimer(PATIENCE_TIMER, PATIENCE_MS);
}

/** An answer to a planned request. */
export function answered(controllers: readonly AnyController[], state: ManagerState, context: Context, tag: RequestTag, response: ApiResponse): void {
  const flight = (state.desks[tag.desk] as Desk).flights.get(tag.key);
  const request = flight?.steps[flight.step]?.[tag.index];
  if (flight === undefined || request === undefined) return;
  const controller = controllers[tag.desk] as AnyController;
  controller.learn?.((state.desks[tag.desk] as Desk).memory, QUEUE.at(state, context, tag.desk), tag.key, request.call, response);
  if (succeeded(response)) {
    remember(flight, request, response.body as KubeObject);
    if (controller.wantsAnswers === true) flight.answers.push({ call: request.call, body: response.body as KubeObject });
    if (request.onSuccess !== undefined) tell(state, recorderOf(state, tag.desk), context, request.onSuccess, (response.body as KubeObject).metadata?.name);
  } else if (request.accept?.includes(response.code) === true) {
    if (request.call.verb === "delete") rememberGone(flight, request, request.call.options?.preconditions?.uid);
  } else {
    refused(state, context, tag.desk, flight, request, response);
  }
  settle(controller, state, context, tag.desk, flight);
}

/** A planned request that got no answer. */
export function unanswered(controllers: readonly AnyController[], state: ManagerState, context: Context, tag: RequestTag, reason: FailureReason): void {
  const flight = (state.desks[tag.desk] as Desk).flights.get(tag.key);
  const request = flight?.steps[flight.step]?.[tag.index];
  if (flight === undefined || request === undefined) return;
  const controller = controllers[tag.desk] as AnyController;
  controller.learn?.((state.desks[tag.desk] as Desk).memory, QUEUE.at(state, context, tag.desk), tag.key, request.call, undefined);
  fail(state, context, tag.desk, flight, request, 0, reason, NO_ANSWER[reason]);
  settle(controller, state, context, tag.desk, flight);
}

/** What Go's HTTP client says (net/http, net). */
const NO_ANSWER: Readonly<Record<FailureReason, string>> = {
  refused: "dial tcp: connect: connection refused", reset: "read tcp: connection reset by peer", timeout: "context deadline exceeded",
};

/** In a namespace that is going away nothing can be made, and trying again is pointless (core/v1 NamespaceTerminatingCause). */
function refused(state: ManagerState, context: Context, index: number, flight: Flight, request: PlannedRequest, response: ApiResponse): void {
  const { reason, message, details } = response.body as Status;
  if (details?.causes?.some((cause) => cause.reason === "NamespaceTerminating") === true) flight.stopped = true;
  else fail(state, context, index, flight, request, response.code, reason ?? "", message ?? "");
}

function fail(state: ManagerState, context: Context, index: number, flight: Flight, request: PlannedRequest, code: number, reason: string, message: string): void {
  flight.stopped = true;
  flight.failures.push({ call: request.call, code, reason, message });
  if (request.onFailure === undefined) return;
  const isFirst = flight.failures.length === 1 && failuresOf((state.desks[index] as Desk).queue, flight.key) === 0;
  const { note, ...quiet } = request.onFailure; // A failure that repeats is an event again, but no news.
  tell(state, recorderOf(state, index), context, isFirst || note === undefined ? request.onFailure : quiet, request.call.name, message);
}

function settle(controller: AnyController, state: ManagerState, context: Context, index: number, flight: Flight): void {
  if (--flight.pending > 0) return;
  flight.step++;
  advance(controller, state, context, index, flight);
}

function remember(flight: Flight, request: PlannedRequest, body: KubeObject): void {
  const { call } = request;
  if (call.verb === "get" || call.verb === "list") return;
  if (call.verb === "delete") {
    rememberGone(flight, request, call.options?.preconditions?.uid ?? body.metadata?.uid);
    return;
  }
  const revision = Number(body.metadata?.resourceVersion ?? "0");
  if (revision === 0) return;
  const informer = informerName(call.group, call.resource);
  if (revision > (flight.revisions.get(informer) ?? 0)) flight.revisions.set(informer, revision);
}

function rememberGone(flight: Flight, request: PlannedRequest, uid: string | undefined): void {
  const { call } = request;
  if (uid === undefined) return;
  flight.gone.set(goneKey(informerName(call.group, call.resource), namespacedKey(call.namespace, call.name ?? "")), uid);
}
