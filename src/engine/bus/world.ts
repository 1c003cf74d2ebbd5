/**
 * The world: components, the queue of what is to come, and the one loop that takes the next event and lets a component
 * handle it. Everything here is deterministic: the same options and the same calls between the same events give the
 * same events.
 */
import { createQueue, dequeue, enqueue, type EventQueue, nextTime } from "../clock/index.ts";
import { createStream, type RandomStream } from "../random/index.ts";
import { createHash, EventKind, hashText, type LogHash, mixNumber, mixText, type NoteData, Trace } from "../trace/index.ts";
import type { Behaviour, Message } from "./behaviour.ts";
import type { Cell, ComponentSpec, Envelope, HostState, Link, OpenRequest, OpenStream, WorldObserver } from "./cell.ts";
import { CellContext } from "./context.ts";
import { copyImage, type WorldImage } from "./image.ts";
import { createLink, type LinkRule, refreshLink } from "./links.ts";

/** What a world is made from. */
export interface WorldOptions {
  readonly seed: number;
  /** Virtual time at the start, ms since the epoch. */
  readonly startAt: number;
  /** Every kind of component that may be spawned, by type. */
  readonly behaviours: ReadonlyMap<string, Behaviour<unknown>>;
  readonly trace?: Trace;
  /** How many events one millisecond may hold before it counts as a loop that never lets time pass. */
  readonly livelockEvents?: number;
}

/** Why {@link World.run} returned. */
export type RunResult = "time" | "idle" | "budget" | "stopped";

/** A client whose server or link is dead notices after this long (client-go: HTTP/2 ping after 30 s idle, 15 s for its answer). */
const STREAM_SILENCE_MS = 45_000;
/** More events than this in one millisecond is a loop that never lets time pass. */
const LIVELOCK_EVENTS = 3_000_000;
const OUTSIDE = 0;

/** See the module's comment. Not plain data itself; {@link World.save} gives its plain image. */
export class World {
  now: number;
  readonly trace: Trace;
  readonly hash: LogHash;
  /** Events handled so far. */
  handled = 0;
  /** Events taken from the queue so far, whether or not anybody was there to handle them. */
  steps = 0;
  /** Counts changes of life and links (start, crash, pause, cut …): views look again only when it moves. */
  lifeChanges = 0;
  /** Id of the event being handled; 0 between events. */
  current = 0;
  observer: WorldObserver | undefined;
  private nextId = 1;
  private stopRequested = false;
  private sameTime = 0;
  private readonly livelockEvents: number;
  private readonly seed: number;
  private readonly behaviours: ReadonlyMap<string, Behaviour<unknown>>;
  private readonly context: CellContext;
  readonly queue: EventQueue<Envelope>;
  readonly cells: Cell[];
  private readonly byId: Map<string, Cell>;
  readonly requests: Map<number, OpenRequest>;
  readonly streams: Map<number, OpenStream>;
  private readonly hosts: Map<string, HostState>;
  private linkRules: LinkRule[];
  private linkVersion = 1;

  constructor(options: WorldOptions, image?: WorldImage) {
    this.seed = options.seed;
    this.behaviours = options.behaviours;
    this.trace = options.trace ?? new Trace();
    this.livelockEvents = options.livelockEvents ?? LIVELOCK_EVENTS;
    this.now = image?.now ?? options.startAt;
    this.nextId = image?.nextId ?? 1;
    this.handled = image?.handled ?? 0;
    this.steps = image?.steps ?? 0;
    this.hash = image?.hash ?? createHash();
    this.queue = image?.queue ?? createQueue();
    this.cells = image?.cells ?? [];
    this.requests = image?.requests ?? new Map();
    this.streams = image?.streams ?? new Map();
    this.hosts = image?.hosts ?? new Map();
    this.linkRules = image?.linkRules ?? [];
    this.linkVersion = image?.linkVersion ?? 1;
    this.byId = new Map(this.cells.map((cell) => [cell.id, cell]));
    this.context = new CellContext(this);
    if (this.cells.length === 0) this.addCell({ id: "outside", type: "outside", host: "outside", config: undefined }, "down");
  }

  /** A plain copy of everything that determines what happens next. API objects (frozen) are shared, the rest is copied. */
  save(): WorldImage {
    return copyImage({
      now: this.now, nextId: this.nextId, handled: this.handled, steps: this.steps, hash: this.hash, queue: this.queue, cells: this.cells,
      requests: this.requests, streams: this.streams, hosts: this.hosts, linkRules: this.linkRules, linkVersion: this.linkVersion,
    });
  }

  /** A world that goes on from an image; the image stays usable. */
  static restore(options: WorldOptions, image: WorldImage): World {
    return new World(options, copyImage(image));
  }

  // ---- driving -------------------------------------------------------------------------------------------------

  /** Handles events until virtual time `untilMs`, an empty queue, `maxEvents` events, or {@link World.stop}. */
  run(untilMs: number, maxEvents = Number.POSITIVE_INFINITY): RunResult {
    this.stopRequested = false;
    for (let count = 0; count < maxEvents; count++) {
      const at = nextTime(this.queue);
      if (at > untilMs || at === Number.POSITIVE_INFINITY) {
        if (untilMs !== Number.POSITIVE_INFINITY) this.now = Math.max(this.now, untilMs);
        return at === Number.POSITIVE_INFINITY ? "idle" : "time";
      }
      this.step();
      if (this.stopRequested) return "stopped";
    }
    return "budget";
  }

  /** Handles the next event. Returns false when there is none. */
  step(): boolean {
    const envelope = dequeue(this.queue);
    if (envelope === undefined) return false;
    this.steps++;
    if (envelope.at !== this.now) this.sameTime = 0;
    else if (++this.sameTime > this.livelockEvents) throw new Error(`time stands still at ${this.now} ms: more than ${this.livelockEvents} events in one millisecond`);
    this.now = envelope.at;
    this.deliver(envelope);
    return true;
  }

  /** Asks {@link World.run} to return after the current event. */
  stop(): void {
    this.stopRequested = true;
  }

  /** Time of the next event, or Infinity. */
  nextEventAt(): number {
    return nextTime(this.queue);
  }

  /** The log hash so far: 16 hexadecimal digits. */
  logHash(): string {
    return hashText(this.hash);
  }

  /** A message from outside the world (an input of the session): delivered now, with no cause. */
  inject(to: string, body: Message): number {
    const target = this.cell(to);
    const id = this.allocate(EventKind.Input, body.type, OUTSIDE, target.index, this.now, this.now, 0);
    enqueue(this.queue, this.now, { id, kind: EventKind.Input, at: this.now, from: OUTSIDE, to: target.index, epoch: -1, ref: 0, tag: undefined, body });
    return id;
  }

  /**
   * Something done to the world from outside (a fault, a power switch): noted, and the cause of all that `action` sets off.
   * Returns the trace id of the note.
   */
  act(kind: string, object: string, data: NoteData, action: () => void): number {
    const id = this.allocate(EventKind.Input, kind, OUTSIDE, OUTSIDE, this.now, this.now, 0);
    mixText(this.hash, kind);
    mixText(this.hash, object);
    this.trace.addNote({ id, cause: 0, at: this.now, component: "outside", kind, object, data });
    this.current = id;
    action();
    this.current = 0;
    return id;
  }

  /** Moves virtual time forward to a moment before the next event; does nothing when an event comes first. */
  idleUntil(timeMs: number): void {
    if (timeMs > this.now && nextTime(this.queue) >= timeMs) this.now = timeMs;
  }

  // ---- components and hosts --------------------------------------------------------------------------------------

  /** Starts a component: a new one, or one that is down (its disk is handed to it). */
  spawn(spec: ComponentSpec): void {
    const known = this.byId.get(spec.id);
    if (known === undefined) this.scheduleStart(this.addCell(spec, "down"));
    else if (known.status === "down") this.scheduleStart(known);
  }

  /** Crashes a component: its state is lost except its disk; connections are reset. */
  crash(id: string): void {
    const cell = this.cell(id);
    if (cell.status === "down") return;
    this.lifeChanges++;
    const behaviour = this.behaviours.get(cell.type);
    cell.disk = behaviour?.disk?.(cell.state);
    cell.status = "down";
    cell.state = undefined;
    cell.epoch++;
    cell.timers.clear();
    cell.held.length = 0;
    this.breakConnections(cell);
  }

  /** Starts a component that is down. */
  startComponent(id: string): void {
    const cell = this.cell(id);
    if (cell.status === "down") this.scheduleStart(cell);
  }

  /** Freezes a component; deliveries wait. Peers notice only by silence. */
  pause(id: string): void {
    const cell = this.cell(id);
    this.lifeChanges++;
    if (cell.status === "up") cell.status = "paused";
  }

  /** Lets a paused component go on. */
  resume(id: string): void {
    const cell = this.cell(id);
    if (cell.status !== "paused") return;
    this.lifeChanges++;
    cell.status = "up";
    for (const envelope of cell.held.splice(0)) enqueue(this.queue, this.now, { ...envelope, at: this.now });
  }

  /** Takes a component away for good. */
  remove(id: string): void {
    const cell = this.byId.get(id);
    if (cell === undefined) return;
    this.crash(id);
    cell.disk = undefined;
    this.byId.delete(id);
  }

  /** A machine loses power: its components crash and nobody answers for it. */
  crashHost(host: string): void {
    this.lifeChanges++;
    this.hosts.set(host, "down");
    for (const cell of this.cells) if (cell.host === host && this.byId.get(cell.id) === cell) this.crash(cell.id);
  }

  /** The machine comes back; its components start again from their disks. */
  startHost(host: string): void {
    this.lifeChanges++;
    this.hosts.set(host, "up");
    for (const cell of this.cells) if (cell.host === host && this.byId.get(cell.id) === cell) this.startComponent(cell.id);
  }

  /** Whether a host is up. */
  hostState(host: string): HostState {
    return this.hosts.get(host) ?? "up";
  }

  /** Shifts a component's clock, ms. */
  setClockSkew(id: string, skewMs: number): void {
    this.cell(id).skewMs = skewMs;
  }

  /** The component with an id. Throws if there is none: naming a component that isn't there is a bug. */
  cell(id: string): Cell {
    const cell = this.byId.get(id);
    if (cell === undefined) throw new Error(`no component "${id}"`);
    return cell;
  }

  /** The component with an id, if there is one. */
  findCell(id: string): Cell | undefined {
    return this.byId.get(id);
  }

  /** Id of the component with an index ("outside" is 0). */
  componentId(index: number): string {
    return this.cells[index]?.id ?? "outside";
  }

  /** A component's live state, for views, checkers and tests. Read only. */
  stateOf<S>(id: string): S | undefined {
    return this.byId.get(id)?.state as S | undefined;
  }

  // ---- links -------------------------------------------------------------------------------------------------------

  /** Adds or replaces a rule about links (by its id). */
  setLinkRule(rule: LinkRule): void {
    this.changeLinks(this.linkRules.filter((known) => known.id !== rule.id).concat(rule));
  }

  /** Takes a rule away; what waited in a cut goes on its way, unless its connection has broken meanwhile. */
  clearLinkRule(id: string): void {
    this.changeLinks(this.linkRules.filter((known) => known.id !== id));
  }

  /** The rules in force. */
  rules(): readonly LinkRule[] {
    return this.linkRules;
  }

  /** @internal The link between two components, worked out anew if the rules changed. */
  link(from: Cell, to: Cell): Link {
    const known = from.links.get(to.index);
    if (known === undefined) {
      const link = createLink(this.linkRules, this.linkVersion, from, to, this.now);
      from.links.set(to.index, link);
      return link;
    }
    if (known.version !== this.linkVersion) refreshLink(known, this.linkRules, this.linkVersion, from, to, this.now);
    return known;
  }

  private changeLinks(rules: LinkRule[]): void {
    this.lifeChanges++;
    this.linkRules = rules;
    this.linkVersion++;
    for (const from of this.cells) for (const [index, link] of from.links) this.releaseIfWhole(from, index, link);
    for (const [number, stream] of this.streams) this.watchOverStream(number, stream);
  }

  private releaseIfWhole(from: Cell, index: number, link: Link): void {
    const to = this.cells[index];
    if (to === undefined) return;
    refreshLink(link, this.linkRules, this.linkVersion, from, to, this.now);
    if (link.cut || link.held.length === 0) return;
    for (const envelope of link.held.splice(0)) enqueue(this.queue, this.now + link.latencyMs, { ...envelope, at: this.now + link.latencyMs });
    link.lastAt = Math.max(link.lastAt, this.now + link.latencyMs);
  }

  /** A stream across a cut breaks for both ends once it has been silent for too long. */
  private watchOverStream(number: number, stream: OpenStream): void {
    const client = this.cells[stream.client] as Cell;
    const server = this.cells[stream.server] as Cell;
    if (!this.link(client, server).cut && !this.link(server, client).cut) return;
    this.enqueueAt(EventKind.Closed, "stream-silent", OUTSIDE, OUTSIDE, this.now + STREAM_SILENCE_MS, -1, number, this.linkVersion, undefined);
  }

  // ---- delivery ------------------------------------------------------------------------------------------------------

  /** @internal Allocates an event id and writes its trace row. */
  allocate(kind: EventKind, type: string, from: number, to: number, sentAt: number, at: number, cause: number): number {
    const id = this.nextId++;
    this.trace.record(id, kind, type, from, to, sentAt, at, cause);
    return id;
  }

  /** @internal Queues an event that doesn't travel a link. */
  enqueueAt(kind: EventKind, type: string, from: number, to: number, at: number, epoch: number, ref: number, tag: unknown, body: unknown): number {
    const id = this.allocate(kind, type, from, to, this.now, at, this.current);
    enqueue(this.queue, at, { id, kind, at, from, to, epoch, ref, tag, body });
    return id;
  }

  private addCell(spec: ComponentSpec, status: Cell["status"]): Cell {
    const cell: Cell = {
      id: spec.id, index: this.cells.length, host: spec.host, type: spec.type, config: spec.config, status, state: undefined, epoch: 0,
      disk: undefined, timers: new Map(), links: new Map(), held: [], random: this.streamFor(spec.id), skewMs: 0,
    };
    this.cells.push(cell);
    this.byId?.set(cell.id, cell);
    return cell;
  }

  private streamFor(id: string): RandomStream {
    return createStream(this.seed, id);
  }

  private scheduleStart(cell: Cell): void {
    this.enqueueAt(EventKind.Start, "start", cell.index, cell.index, this.now, cell.epoch, 0, undefined, undefined);
  }

  private deliver(envelope: Envelope): void {
    const cell = this.cells[envelope.to] as Cell;
    if (envelope.to === OUTSIDE) {
      this.current = envelope.id;
      if (envelope.kind === EventKind.Closed) this.closeSilent(envelope);
      else if (envelope.kind === EventKind.Failure) this.expireRequest(envelope);
      this.current = 0;
      return;
    }
    if (envelope.epoch >= 0 && envelope.epoch !== cell.epoch) return;
    if (envelope.kind === EventKind.Start) {
      this.startCell(cell, envelope);
      return;
    }
    if (cell.status !== "up") {
      this.current = envelope.id;
      this.deliverToAbsent(cell, envelope);
      this.current = 0;
      return;
    }
    this.dispatch(cell, envelope);
  }

  private dispatch(cell: Cell, envelope: Envelope): void {
    const kind = envelope.kind;
    if (kind === EventKind.Timer) {
      if (cell.timers.get(envelope.tag as string) !== envelope.id) return;
      cell.timers.delete(envelope.tag as string);
    }
    const behaviour = this.behaviours.get(cell.type);
    if (behaviour === undefined) throw new Error(`no behaviour for component type "${cell.type}"`);
    this.begin(envelope);
    const context = this.context;
    context.enter(cell);
    this.handle(behaviour, cell, envelope, context);
    this.current = 0;
  }

  private handle(behaviour: Behaviour<unknown>, cell: Cell, envelope: Envelope, context: CellContext): void {
    const { state } = cell;
    const body = envelope.body as Message;
    switch (envelope.kind) {
      case EventKind.Timer: behaviour.onTimer?.(state, context, envelope.tag as string, envelope.body); return;
      case EventKind.Reply:
        if (this.requests.delete(envelope.ref)) behaviour.onReply?.(state, context, body, envelope.tag, this.componentId(envelope.from));
        return;
      case EventKind.Failure:
        if (this.requests.delete(envelope.ref)) behaviour.onFailure?.(state, context, envelope.body as "reset", envelope.tag, this.componentId(envelope.from));
        return;
      case EventKind.Request: behaviour.onRequest?.(state, context, body, envelope.ref, this.componentId(envelope.from)); return;
      case EventKind.Data: behaviour.onData?.(state, context, body, envelope.ref, envelope.tag); return;
      case EventKind.Open: this.openAtServer(behaviour, cell, envelope, context); return;
      case EventKind.Closed: this.closeAt(behaviour, cell, envelope, context); return;
      default: behaviour.onMessage?.(state, context, body, this.componentId(envelope.from));
    }
  }

  private begin(envelope: Envelope): void {
    this.current = envelope.id;
    this.handled++;
    const { hash } = this;
    mixNumber(hash, envelope.at);
    mixNumber(hash, envelope.id);
    mixNumber(hash, envelope.to * 16 + envelope.kind);
    this.observer?.onDelivered?.(envelope);
  }

  private startCell(cell: Cell, envelope: Envelope): void {
    if (cell.status !== "down" || this.hostState(cell.host) === "down") return;
    this.lifeChanges++;
    const behaviour = this.behaviours.get(cell.type);
    if (behaviour === undefined) throw new Error(`no behaviour for component type "${cell.type}"`);
    this.begin(envelope);
    mixText(this.hash, cell.id);
    cell.status = "up";
    this.context.enter(cell);
    cell.state = behaviour.start(this.context, cell.config, cell.disk);
    cell.disk = undefined;
    this.current = 0;
  }

  private openAtServer(behaviour: Behaviour<unknown>, cell: Cell, envelope: Envelope, context: CellContext): void {
    const stream = this.streams.get(envelope.ref);
    if (stream === undefined) return;
    stream.serverEpoch = cell.epoch;
    behaviour.onOpen?.(cell.state, context, envelope.body as Message, envelope.ref, this.componentId(envelope.from));
  }

  private closeAt(behaviour: Behaviour<unknown>, cell: Cell, envelope: Envelope, context: CellContext): void {
    const stream = this.streams.get(envelope.ref);
    if (stream !== undefined && stream.client === cell.index) this.streams.delete(envelope.ref);
    behaviour.onClosed?.(cell.state, context, envelope.body as "closed", envelope.ref, envelope.tag);
  }

  // ---- what happens when nobody is there -----------------------------------------------------------------------------

  private deliverToAbsent(cell: Cell, envelope: Envelope): void {
    if (cell.status === "paused") {
      cell.held.push(envelope);
      if (envelope.kind === EventKind.Request) this.deadline(envelope.ref);
      return;
    }
    const dark = this.hostState(cell.host) === "down";
    if (envelope.kind === EventKind.Request) {
      if (dark) this.deadline(envelope.ref);
      else this.failRequest(envelope.ref, "refused", 1);
    } else if (envelope.kind === EventKind.Open) {
      this.failStream(envelope.ref, dark ? "timeout" : "refused", dark ? STREAM_SILENCE_MS : 1);
    }
  }

  /** @internal Lets a request fail at its deadline if it has not been answered by then. */
  deadline(number: number): void {
    const request = this.requests.get(number);
    if (request === undefined) return;
    const at = Math.max(this.now, request.sentAt + request.timeoutMs);
    this.enqueueAt(EventKind.Failure, "timeout", request.to, OUTSIDE, at, -1, number, undefined, undefined);
  }

  private expireRequest(envelope: Envelope): void {
    if (this.requests.has(envelope.ref)) this.failRequest(envelope.ref, "timeout", 0);
  }

  private failRequest(number: number, reason: "refused" | "reset" | "timeout", delayMs: number): void {
    const request = this.requests.get(number);
    if (request === undefined) return;
    this.enqueueAt(EventKind.Failure, reason, request.to, request.from, this.now + delayMs, request.fromEpoch, number, request.tag, reason);
  }

  private failStream(number: number, reason: "refused" | "reset" | "timeout", delayMs: number): void {
    const stream = this.streams.get(number);
    if (stream === undefined) return;
    this.enqueueAt(EventKind.Closed, reason, stream.server, stream.client, this.now + delayMs, stream.clientEpoch, number, stream.tag, reason);
  }

  private breakConnections(cell: Cell): void {
    const dark = this.hostState(cell.host) === "down";
    for (const [number, request] of this.requests) {
      if (request.from === cell.index) this.requests.delete(number);
      else if (request.to === cell.index) dark ? this.deadline(number) : this.failRequest(number, "reset", 1);
    }
    for (const [number, stream] of this.streams) {
      if (stream.client === cell.index) {
        this.streams.delete(number);
        const delay = dark ? STREAM_SILENCE_MS : 1;
        this.enqueueAt(EventKind.Closed, "reset", cell.index, stream.server, this.now + delay, stream.serverEpoch, number, undefined, "reset");
      } else if (stream.server === cell.index) this.failStream(number, dark ? "timeout" : "reset", dark ? STREAM_SILENCE_MS : 1);
    }
  }

  private closeSilent(envelope: Envelope): void {
    const stream = this.streams.get(envelope.ref);
    if (stream === undefined) return;
    const client = this.cells[stream.client] as Cell;
    const server = this.cells[stream.server] as Cell;
    const cutAt = Math.min(this.silentSince(client, server), this.silentSince(server, client));
    if (this.now - cutAt < STREAM_SILENCE_MS) return;
    this.dropHeld(client, server, envelope.ref);
    this.dropHeld(server, client, envelope.ref);
    this.failStream(envelope.ref, "timeout", 0);
    this.enqueueAt(EventKind.Closed, "timeout", stream.client, stream.server, this.now, stream.serverEpoch, envelope.ref, undefined, "timeout");
  }

  private silentSince(from: Cell, to: Cell): number {
    const { cutAt } = this.link(from, to);
    return Number.isNaN(cutAt) ? this.now : cutAt;
  }

  private dropHeld(from: Cell, to: Cell, stream: number): void {
    const link = this.link(from, to);
    link.held = link.held.filter((envelope) => envelope.ref !== stream || (envelope.kind !== EventKind.Data && envelope.kind !== EventKind.Closed));
  }
}
