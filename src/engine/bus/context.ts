import { enqueue, type EventQueue } from "../clock/index.ts";
import type { RandomStream } from "../random/index.ts";
import { EventKind, type LogHash, mixText, type NoteData, type Trace } from "../trace/index.ts";
import type { Context, Message } from "./behaviour.ts";
import type { Cell, ComponentSpec, Envelope, Link, OpenRequest, OpenStream, WorldObserver } from "./cell.ts";
import { deliveryTime, losesDatagram } from "./links.ts";

/** How long a request waits for a peer that is gone, unless it says otherwise: client-go's usual 30 s. */
const REQUEST_TIMEOUT_MS = 30_000;
const NO_DATA: NoteData = Object.freeze({});

/** What the context needs of the world. */
interface Wire {
  readonly now: number;
  readonly current: number;
  readonly hash: LogHash;
  readonly trace: Trace;
  readonly queue: EventQueue<Envelope>;
  readonly cells: readonly Cell[];
  readonly requests: Map<number, OpenRequest>;
  readonly streams: Map<number, OpenStream>;
  readonly observer: WorldObserver | undefined;
  findCell(id: string): Cell | undefined;
  link(from: Cell, to: Cell): Link;
  deadline(request: number): void;
  allocate(kind: EventKind, type: string, from: number, to: number, sentAt: number, at: number, cause: number): number;
  enqueueAt(kind: EventKind, type: string, from: number, to: number, at: number, epoch: number, ref: number, tag: unknown, body: unknown): number;
  spawn(spec: ComponentSpec): void;
  remove(id: string): void;
}

/** The one context object of a world, entered anew for each event; behaviours must not keep it. */
export class CellContext implements Context {
  private cell!: Cell;

  constructor(private readonly world: Wire) {}

  /** Makes this the context of a component's event. */
  enter(cell: Cell): void {
    this.cell = cell;
  }

  get now(): number { return this.world.now + this.cell.skewMs; }
  get self(): string { return this.cell.id; }
  get host(): string { return this.cell.host; }
  get random(): RandomStream { return this.cell.random; }
  get event(): number { return this.world.current; }

  send(to: string, body: Message, extraDelayMs = 0): void {
    const target = this.world.findCell(to);
    if (target !== undefined) this.travel(EventKind.Message, target, -1, 0, undefined, body, extraDelayMs);
  }

  datagram(to: string, body: Message, extraDelayMs = 0): void {
    const target = this.world.findCell(to);
    if (target === undefined || losesDatagram(this.world.link(this.cell, target), this.cell.random)) return;
    this.travel(EventKind.Message, target, -1, 0, undefined, body, extraDelayMs);
  }

  request(to: string, body: Message, tag: unknown, timeoutMs = REQUEST_TIMEOUT_MS, strict = false): number {
    const { world, cell } = this;
    const target = world.findCell(to);
    const toIndex = target?.index ?? 0;
    const at = target === undefined ? world.now : 0;
    const number = target === undefined
      ? world.allocate(EventKind.Request, body.type, cell.index, 0, world.now, at, world.current)
      : this.travel(EventKind.Request, target, -1, -1, undefined, body, 0);
    world.requests.set(number, { from: cell.index, fromEpoch: cell.epoch, to: toIndex, tag, sentAt: world.now, timeoutMs });
    if (target === undefined) world.enqueueAt(EventKind.Failure, "refused", 0, cell.index, world.now + 1, cell.epoch, number, tag, "refused");
    else if (strict || world.link(cell, target).cut) world.deadline(number);
    return number;
  }

  reply(request: number, body: Message, extraDelayMs = 0): void {
    const { world } = this;
    const open = world.requests.get(request);
    if (open === undefined || open.to !== this.cell.index) return;
    const asker = world.cells[open.from] as Cell;
    this.travel(EventKind.Reply, asker, open.fromEpoch, request, open.tag, body, extraDelayMs);
    if (world.link(this.cell, asker).cut) world.deadline(request);
  }

  openStream(to: string, body: Message, tag: unknown): number {
    const { world, cell } = this;
    const target = world.findCell(to);
    const number = target === undefined
      ? world.allocate(EventKind.Open, body.type, cell.index, 0, world.now, world.now, world.current)
      : this.travel(EventKind.Open, target, -1, -1, undefined, body, 0);
    world.streams.set(number, { client: cell.index, clientEpoch: cell.epoch, server: target?.index ?? 0, serverEpoch: -1, tag });
    if (target === undefined) world.enqueueAt(EventKind.Closed, "refused", 0, cell.index, world.now + 1, cell.epoch, number, tag, "refused");
    return number;
  }

  push(stream: number, body: Message): void {
    const open = this.world.streams.get(stream);
    if (open === undefined) return;
    const toClient = open.server === this.cell.index;
    const target = this.world.cells[toClient ? open.client : open.server] as Cell;
    this.travel(EventKind.Data, target, toClient ? open.clientEpoch : open.serverEpoch, stream, toClient ? open.tag : undefined, body, 0);
  }

  close(stream: number): void {
    const { world } = this;
    const open = world.streams.get(stream);
    if (open === undefined) return;
    const toClient = open.server === this.cell.index;
    const target = world.cells[toClient ? open.client : open.server] as Cell;
    if (!toClient) world.streams.delete(stream);
    this.travel(EventKind.Closed, target, toClient ? open.clientEpoch : open.serverEpoch, stream, toClient ? open.tag : undefined, "closed", 0);
  }

  setTimer(name: string, delayMs: number, body?: unknown): void {
    const { world, cell } = this;
    const id = world.enqueueAt(EventKind.Timer, "timer", cell.index, cell.index, world.now + delayMs, cell.epoch, 0, name, body);
    cell.timers.set(name, id);
  }

  cancelTimer(name: string): void {
    this.cell.timers.delete(name);
  }

  hasTimer(name: string): boolean {
    return this.cell.timers.has(name);
  }

  note(kind: string, object: string, data: NoteData = NO_DATA): number {
    const { world, cell } = this;
    const id = world.allocate(EventKind.Note, kind, cell.index, cell.index, world.now, world.now, world.current);
    mixText(world.hash, kind);
    mixText(world.hash, object);
    world.trace.addNote({ id, cause: world.current, at: world.now, component: cell.id, kind, object, data });
    return id;
  }

  spawn(spec: ComponentSpec): void {
    this.world.spawn(spec);
  }

  remove(id: string): void {
    this.world.remove(id);
  }

  /** Puts a message on its link. `ref` -1 means: the event's own id is the request or stream number. */
  private travel(kind: EventKind, target: Cell, epoch: number, ref: number, tag: unknown, body: unknown, extraDelayMs: number): number {
    const { world, cell } = this;
    const link = world.link(cell, target);
    const at = deliveryTime(link, cell.random, world.now, extraDelayMs);
    const type = typeof body === "string" ? body : (body as Message).type;
    const id = world.allocate(kind, type, cell.index, target.index, world.now, at, world.current);
    const envelope: Envelope = { id, kind, at, from: cell.index, to: target.index, epoch, ref: ref < 0 ? id : ref, tag, body };
    if (link.cut) link.held.push(envelope);
    else enqueue(world.queue, at, envelope);
    world.observer?.onSent?.(envelope, world.now, world.current);
    return id;
  }
}
