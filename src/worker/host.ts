/**
 * Hosts one session: drives its clock, answers commands, and sends what changed, at most once a frame. Knows nothing of
 * workers or pages: {@link HostPort} is handed in, so that tests and other hosts can use it.
 */
import { readSession, Session, type SessionDocument } from "../engine/session/index.ts";
import type { Batch, Caption, CommandMessage, HostMessage } from "../protocol/index.ts";
import { type ClusterInput, clusterSession, gallerySession, readClusterSpec } from "../systems/kubernetes/cluster/index.ts";
import { narrate } from "../systems/kubernetes/narration/index.ts";
import { COMMANDS } from "./commands/index.ts";
import { FlightLog } from "./flights.ts";
import { Pace } from "./pace.ts";
import { Projector } from "./projection/projector.ts";
import { TicketDesk } from "./tickets.ts";
import type { ClusterSession, CommandHost, Stage } from "./command-host.ts";

/** How the host reaches the outside: where messages go, and real time in ms. */
export interface HostPort {
  send(message: HostMessage): void;
  clock(): number;
}

const DEFAULT_WORLD = "three-nodes";
const DEFAULT_SEED = 1;
/** A batch that changes more things than this is followed by a rest. */
const BIG_BATCH = 12;
const BIG_BATCH_REST_MS = 60;

/** See the module's comment. */
export class Host implements CommandHost {
  private stageNow: Stage | undefined;
  private epoch = 0;
  private sequence = 0;
  private notesSeen = 0;
  private weighty = 0;
  private captions: Caption[] = [];
  private sentNow = Number.NaN;
  /** Real time before which nothing is sent: after a big batch the page needs its time to draw. */
  private restUntil = 0;

  constructor(private readonly port: HostPort) {}

  /** The world on the stage; made when first asked for, as the page nearly always names another at once. */
  get stage(): Stage {
    this.stageNow ??= this.stageFor(gallerySession(DEFAULT_WORLD, DEFAULT_SEED) as SessionDocument<unknown, ClusterInput>);
    return this.stageNow;
  }

  /** Replaces the world. Returns a sentence when the document can't be opened; the present world stays then. */
  open(value: unknown): string | undefined {
    const document = readSession(value);
    if (typeof document === "string") return document;
    const spec = readClusterSpec(document.world);
    if (typeof spec === "string") return spec;
    this.stageNow = this.stageFor(document as SessionDocument<unknown, ClusterInput>);
    return undefined;
  }

  /** Gives an input of the person, and looks at once at what it does. */
  input(input: ClusterInput): void {
    this.stage.session.input(input);
    this.stage.pace.nudge();
  }

  /** Handles a command; its answer is sent when it is there. */
  async command(message: CommandMessage): Promise<void> {
    try {
      const run = COMMANDS[message.name] as (host: CommandHost, input: unknown) => unknown;
      const output = await run(this, message.input);
      this.port.send({ kind: "answer", ticket: message.ticket, output });
    } catch (error) {
      this.port.send({ kind: "answer", ticket: message.ticket, error: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Called once a frame: lets time pass and sends news. */
  frame(): void {
    if (this.stageNow === undefined) return;
    this.stageNow.pace.frame();
    this.settle();
  }

  /** Answers commands whose requests are done, and sends what changed. */
  settle(): void {
    const { desk, session, projector, flights, pace } = this.stage;
    desk.settle(session.world);
    this.readNotes();
    if (this.port.clock() < this.restUntil) return;
    const { changed, removed } = projector.look();
    const { now } = session.world;
    if (changed.length === 0 && removed.length === 0 && this.captions.length === 0 && flights.count === 0 && now === this.sentNow) return;
    this.sentNow = now;
    this.restUntil = changed.length + removed.length > BIG_BATCH ? this.port.clock() + BIG_BATCH_REST_MS : 0;
    const batch: Batch = {
      kind: "batch", epoch: this.epoch, sequence: this.sequence++, now, startedAt: session.start, revision: projector.lastRevision,
      handled: session.world.handled, pace: pace.view(), changed, removed, flights: flights.take(), captions: this.captions,
    };
    this.captions = [];
    this.port.send(batch);
  }

  /** Sends the pace even when nothing else changed. */
  tellPace(): void {
    this.sentNow = Number.NaN;
  }

  private stageFor(document: SessionDocument<unknown, ClusterInput>): Stage {
    const session: ClusterSession = new Session(clusterSession, document);
    const { world } = session;
    const flights = new FlightLog(world);
    const projector = new Projector(world);
    const spec = readClusterSpec(document.world);
    const warmupMs = typeof spec === "string" ? 0 : spec.warmupMs;
    const lastInput = document.inputs.at(-1)?.at ?? 0;
    session.run(Math.max(warmupMs, lastInput));
    this.epoch++;
    this.notesSeen = 0;
    this.weighty = 0;
    this.captions = [];
    this.tellPace();
    world.observer = { onSent: (envelope, sentAt) => void flights.sent(envelope, sentAt) };
    const pace = new Pace({
      world, flights, clock: () => this.port.clock(), captions: () => this.countCaptions(), settled: () => projector.settled(),
      run: (untilMs, maxEvents) => session.run(untilMs - session.start, maxEvents),
    });
    return { session, projector, flights, pace, desk: new TicketDesk() };
  }

  private countCaptions(): number {
    this.readNotes();
    return this.weighty;
  }

  private readNotes(): void {
    const { notes } = this.stage.session.world.trace;
    for (; this.notesSeen < notes.length; this.notesSeen++) {
      const note = notes[this.notesSeen];
      const caption = note === undefined ? undefined : narrate(note);
      if (caption === undefined) continue;
      this.captions.push(caption);
      if (caption.weight === 1) this.weighty++;
    }
  }
}
