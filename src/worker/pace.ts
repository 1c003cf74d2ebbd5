/**
 * How virtual time follows real time. *Live*: simulated seconds at a rate. *Follow*: hop by hop, each hop the same
 * readable time on screen, idle stretches skipped while something is unfinished. *Step*: only when asked.
 */
import type { World } from "../engine/bus/index.ts";
import type { PaceMode, PaceView } from "../protocol/index.ts";
import type { FlightLog } from "./flights.ts";

/** Virtual ms that count as one moment: what is sent within it makes one hop. */
const HOP_WINDOW_MS = 2;
/** Follow says "skipped" for stretches longer than this. */
const TELL_SKIP_MS = 1_000;
/** Follow looks this far ahead for the next thing to show (longer than any back-off or toleration: 5 minutes and some). */
const LOOK_AHEAD_MS = 400_000;
/** How far it looks when everything is settled. */
const CALM_AHEAD_MS = 3_000;
/** A frame may spend this much real time on events, ms. */
const FRAME_BUDGET_MS = 10;
const EVENTS_PER_SLICE = 400;
/** Real time of one hop at speed 1 (LOOK.md: --hop). */
const HOP_MS = 420;

/** What drives the clock needs to know. */
export interface PaceSource {
  readonly world: World;
  readonly flights: FlightLog;
  /** Runs at most `maxEvents` events up to a virtual time, giving the session's inputs on the way. */
  run(untilMs: number, maxEvents: number): void;
  /** True when nothing is unfinished: every pod settled, every part up. */
  settled(): boolean;
  /** Number of notes so far that a learner should see. */
  captions(): number;
  /** Real time, ms. */
  clock(): number;
}

/** The clock's driver. */
export class Pace {
  private mode: PaceMode = "follow";
  private speed = 1;
  private playing = true;
  private skippedMs = 0;
  private lastReal = 0;
  private nextHopAt = 0;
  /** Follow found nothing to show: time passes as in life until there is something again. */
  private resting = false;

  constructor(private readonly source: PaceSource) {
    this.lastReal = source.clock();
  }

  /** Chooses how time runs. */
  set(mode: PaceMode, speed: number): void {
    this.mode = mode;
    this.speed = speed > 0 ? speed : 1;
    this.restart();
  }

  /** Starts or stops time. */
  play(playing: boolean): void {
    this.playing = playing;
    this.restart();
  }

  /** Something was put in: there may be something to follow again. */
  nudge(): void {
    this.resting = false;
    this.nextHopAt = this.source.clock();
  }

  /** What to tell the lab; reading it clears the skipped stretch. */
  view(): PaceView {
    const { skippedMs } = this;
    this.skippedMs = 0;
    return { mode: this.mode, playing: this.playing, speed: this.speed, skippedMs };
  }

  /** Called every frame. Returns whether virtual time moved. */
  frame(): boolean {
    const real = this.source.clock();
    const elapsed = Math.min(100, real - this.lastReal);
    this.lastReal = real;
    if (!this.playing || this.mode === "step") return false;
    if (this.mode === "live") return this.runLive(elapsed * this.speed);
    return this.follow(real, elapsed);
  }

  /** One hop: everything up to and including the next messages worth showing. Returns whether there were any. */
  hop(): boolean {
    const { world, flights } = this.source;
    const from = world.now;
    const limit = from + (this.source.settled() ? CALM_AHEAD_MS : LOOK_AHEAD_MS);
    const deadline = this.source.clock() + 4 * FRAME_BUDGET_MS;
    const captions = this.source.captions();
    flights.stopAtFirst = true;
    while (!this.found(captions) && world.nextEventAt() <= limit && this.source.clock() < deadline) {
      this.source.run(Math.min(limit, world.nextEventAt()), EVENTS_PER_SLICE);
    }
    flights.stopAtFirst = false;
    const found = this.found(captions);
    if (found) this.source.run(world.now + HOP_WINDOW_MS, 20_000);
    else if (world.nextEventAt() > limit) this.resting = true;
    if (world.now - from > TELL_SKIP_MS) this.skippedMs += world.now - from;
    return found;
  }

  private found(captions: number): boolean {
    return this.source.flights.count > 0 || this.source.captions() > captions;
  }

  private restart(): void {
    this.lastReal = this.source.clock();
    this.nextHopAt = this.lastReal;
  }

  private follow(real: number, elapsed: number): boolean {
    if (this.resting) {
      const captions = this.source.captions();
      this.runLive(elapsed);
      this.resting = !this.found(captions);
      return true;
    }
    if (real < this.nextHopAt) return false;
    this.nextHopAt = real + HOP_MS / this.speed;
    this.hop();
    return true;
  }

  private runLive(virtualMs: number): boolean {
    const { world } = this.source;
    const target = Math.round(world.now + virtualMs);
    const deadline = this.source.clock() + FRAME_BUDGET_MS;
    while (world.nextEventAt() <= target && this.source.clock() < deadline) this.source.run(target, EVENTS_PER_SLICE);
    if (world.nextEventAt() > target) this.source.run(target, 1);
    return true;
  }
}
