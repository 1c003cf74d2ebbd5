/**
 * kube-controller-manager: one process with shared informers and many controllers, each with its own queue.
 * Leader election is not modelled yet: one instance runs and leads ({@link createControllerManager} is its place).
 */
import type { Behaviour, Context, Message } from "../../../../engine/bus/index.ts";
import { addAfter, createWorkQueue, timerFired } from "../../../../engine/reconcile/index.ts";
import { API_SERVER, type ApiResponse, type KubeObject } from "../../api/index.ts";
import {
  type ApiClient, createInformers, informerClosed, informerData, informerFailure, informerReply, type InformerSpecs, informerTimer, startInformers,
} from "../../client/index.ts";
import { createRecorder, eventFailure, eventReply, eventTimer, type RecorderState } from "../../events/index.ts";
import { customResourceChanged, specsOf } from "./custom-resources.ts";
import { DeskEnqueue } from "./desk-enqueue.ts";
import { answered, keepPatience, PATIENCE_TIMER, pump, type RequestTag, unanswered } from "./flight.ts";
import { INFORMER_SPECS } from "./kinds.ts";
import type { AnyController, OnChange } from "./planner.ts";
import { giveUpWaiting, objectChanged, revisionReached } from "./read-your-writes.ts";
import type { Desk, ManagerState } from "./state.ts";
import { viewOf } from "./view.ts";

/** Who it is to the API server, if not the usual. */
export interface ControllerManagerConfig {
  readonly client?: ApiClient;
}

const CLIENT: ApiClient = { server: API_SERVER, user: "system:kube-controller-manager", agent: "kube-controller-manager" };
const CRDS = "customresourcedefinitions.apiextensions.k8s.io";
const START_ANYWAY_TIMER = "start-anyway:";

interface Route {
  readonly index: number;
  readonly handler: OnChange<never>;
}

/** The component made of these controllers. */
export function createControllerManager(controllers: readonly AnyController[]): Behaviour<ManagerState, ControllerManagerConfig> {
  const routes = routesOf(controllers);
  const observers = controllers.flatMap((controller, index) => (controller.onAny === undefined ? [] : [{ index, handler: controller.onAny.bind(controller) }]));
  const enqueue = new DeskEnqueue();

  function changed(state: ManagerState, context: Context, informer: string, key: string, before: KubeObject | undefined, after: KubeObject | undefined): void {
    objectChanged(state, informer, key, after);
    if (informer === CRDS) customResourceChanged(state, context, before, after);
    const view = viewOf(state.informers);
    for (const { index, handler } of routes.get(informer) ?? NO_ROUTES) {
      handler((state.desks[index] as Desk).memory, enqueue.at(state, context, index), view, key, before, after);
    }
    for (const { index, handler } of observers) handler((state.desks[index] as Desk).memory, enqueue.at(state, context, index), informer, key, before, after);
  }

  function specs(state: ManagerState): InformerSpecs {
    return specsOf(state.customSpecs);
  }

  return {
    type: "kube-controller-manager",
    start: (context, config) => start(controllers, context, config),
    onReply(state, context, body, tag) {
      if (eventReply(recorderOf(state, tag), context, state.client, body, tag)) return;
      if (informerReply(state.informers, specs(state), context, body, tag, state, changed)) {
        revisionReached(state, informerOf(tag));
        startDesks(controllers, state, context);
      } else if (isRequestTag(tag)) {
        answered(controllers, state, context, tag, body as ApiResponse);
      }
      pump(controllers, state, context);
    },
    onFailure(state, context, reason, tag) {
      if (eventFailure(recorderOf(state, tag), context, reason, tag)) return;
      if (!informerFailure(state.informers, context, tag) && isRequestTag(tag)) unanswered(controllers, state, context, tag, reason);
      pump(controllers, state, context);
    },
    onData(state, context, body: Message, stream, tag) {
      if (informerData(state.informers, specs(state), context, body, stream, tag, state, changed)) revisionReached(state, informerOf(tag));
      pump(controllers, state, context);
    },
    onClosed(state, context, reason, stream, tag) {
      informerClosed(state.informers, specs(state), context, reason, stream, tag);
    },
    onTimer(state, context, name, body) {
      if (eventTimer(recorderOf(state, body), context, state.client, name, body)) return;
      if (!informerTimer(state.informers, specs(state), context, name)) timer(controllers, state, context, name, body);
      pump(controllers, state, context);
    },
  };
}

const NO_ROUTES: readonly Route[] = [];

function routesOf(controllers: readonly AnyController[]): ReadonlyMap<string, readonly Route[]> {
  const routes = new Map<string, Route[]>();
  controllers.forEach((controller, index) => {
    for (const informer of Object.keys(controller.on)) {
      const route: Route = { index, handler: controller.on[informer] as OnChange<never> };
      const known = routes.get(informer);
      if (known === undefined) routes.set(informer, [route]);
      else known.push(route);
    }
  });
  return routes;
}

function start(controllers: readonly AnyController[], context: Context, config: ControllerManagerConfig | undefined): ManagerState {
  const client = config?.client ?? CLIENT;
  const informers = createInformers(client, INFORMER_SPECS);
  const state: ManagerState = {
    client, informers, customSpecs: {}, awake: new Set(), byRevision: new Map(), byObject: new Map(), startedAt: context.now,
    desks: controllers.map((controller) => ({
      queue: createWorkQueue(controller.name), flights: new Map(), blocked: new Map(), memory: controller.createMemory() as never, recorder: createRecorder(controller.eventSource ?? `${controller.name}-controller`, ""), started: false,
    })),
  };
  startInformers(informers, INFORMER_SPECS, context);
  controllers.forEach((controller, index) => {
    if (controller.startAnywayAfterMs !== undefined) context.setTimer(START_ANYWAY_TIMER + String(index), controller.startAnywayAfterMs, index);
  });
  return state;
}

function startDesks(controllers: readonly AnyController[], state: ManagerState, context: Context): void {
  controllers.forEach((controller, index) => {
    const desk = state.desks[index] as Desk;
    if (desk.started || !controller.needs.every((name) => state.informers.informers.get(name)?.synced ?? true)) return;
    startDesk(controller, state, context, index);
  });
}

function startDesk(controller: AnyController, state: ManagerState, context: Context, index: number): void {
  const desk = state.desks[index] as Desk;
  desk.started = true;
  state.awake.add(index);
  if (controller.every !== undefined) addAfter(desk.queue, context, controller.every.key, controller.every.periodMs);
}

function timer(controllers: readonly AnyController[], state: ManagerState, context: Context, name: string, body: unknown): void {
  if (name === PATIENCE_TIMER) {
    if (giveUpWaiting(state, context.now)) keepPatience(context);
    return;
  }
  if (name.startsWith(START_ANYWAY_TIMER)) {
    const index = body as number;
    if (!(state.desks[index] as Desk).started) startDesk(controllers[index] as AnyController, state, context, index);
    return;
  }
  const queueName = name.slice(0, name.indexOf("/"));
  controllers.forEach((controller, index) => {
    if (controller.name !== queueName) return;
    const desk = state.desks[index] as Desk;
    timerFired(desk.queue, name, body);
    state.awake.add(index);
    if (controller.every !== undefined && controller.every.key === body) addAfter(desk.queue, context, controller.every.key, controller.every.periodMs);
  });
}

/** The recorder that knows the event of a request's tag; any will do for tags that are no event's. */
function recorderOf(state: ManagerState, tag: unknown): RecorderState {
  const key = (tag as { readonly eventKey?: string } | undefined)?.eventKey;
  const desk = key === undefined ? undefined : state.desks.find((candidate) => candidate.recorder.known.has(key));
  return (desk ?? (state.desks[0] as Desk)).recorder;
}

function informerOf(tag: unknown): string {
  return (tag as { readonly informer: string }).informer;
}

function isRequestTag(tag: unknown): tag is RequestTag {
  return typeof (tag as Partial<RequestTag> | undefined)?.desk === "number";
}
