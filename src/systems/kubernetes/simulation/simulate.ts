/** One seed: draws a plan, lives through it with every invariant watched, and waits for the cluster to come to rest. */
import { type Behaviour, World, type WorldImage } from "../../../engine/bus/index.ts";
import { Session, SESSION_FORMAT, SESSION_VERSION, type SessionDocument, type SessionKind } from "../../../engine/session/index.ts";
import { Dice, type Piece, type Plan, replayProblem, scheduleFaults, shrink, stepsOf } from "../../../engine/testing/index.ts";
import { Trace } from "../../../engine/trace/index.ts";
import { ETCD } from "../api/index.ts";
import { applyInput, CLUSTER_BEHAVIOURS, type ClusterInput, type ClusterSpec, createCluster, readClusterSpec } from "../cluster/index.ts";
import type { EtcdState } from "../etcd/index.ts";
import { InvariantChecker } from "../invariants/index.ts";
import { endStateProblems } from "./end-state.ts";
import { hotProblems } from "./end-quiet.ts";
import { type RandomWorld, randomWorld } from "./random-cluster.ts";
import { clusterFaults } from "./random-faults.ts";
import { randomWorkloads } from "./random-workload.ts";

/** How hard a simulation is. */
export interface SimulationOptions {
  /** Simulated minutes of deeds and faults; default 5. */
  readonly minutes?: number;
  /** Components that misbehave, for tests of the checks. */
  readonly behaviours?: ReadonlyMap<string, Behaviour<unknown>>;
  /** Also replay, and go on from an image; default true. */
  readonly replay?: boolean;
}

/** How it went. `problems` empty = all is well. */
export interface Outcome {
  readonly seed: number;
  readonly problems: readonly string[];
  readonly hash: string;
  readonly events: number;
  /** Simulated ms until the cluster was at rest and stayed there, or until it was given up. */
  readonly untilMs: number;
  readonly document: SessionDocument<RandomWorld, ClusterInput>;
  readonly world: World;
}

/** What a seed does. */
export type ClusterPlan = Plan<RandomWorld, ClusterInput>;

const FIRST_DEED_MS = 2_000;
const DEFAULT_MINUTES = 5;
/** A cluster that isn't at rest after this has a problem: crash and image back-off end within 5 minutes, eviction from a lost node begins after 5. */
const MOST_SETTLING_MS = 20 * 60_000;
const LOOK_EVERY_MS = 15_000;
/** How long a cluster at rest is watched for loops. */
const WATCH_MS = 120_000;

/** Draws what a seed does. */
export function planSimulation(seed: number, minutes: number = DEFAULT_MINUTES): ClusterPlan {
  const world = randomWorld(new Dice(seed, "cluster"), seed);
  const untilMs = minutes * 60_000;
  const dice = new Dice(seed, "deeds");
  const deeds = randomWorkloads(dice, world.nodes, FIRST_DEED_MS, untilMs, dice.between(2, 5 * minutes));
  const moments = deeds.flatMap(({ steps }) => steps.map(({ at }) => at));
  const luck = new Dice(seed, "faults");
  const count = luck.chance(0.1) ? 0 : luck.between(1, 3 * minutes);
  return { seed, world, pieces: [...deeds, ...scheduleFaults(luck, clusterFaults(world.nodes), { fromMs: FIRST_DEED_MS, untilMs, moments }, count)] };
}

/** Runs one seed. */
export function simulateSeed(seed: number, options: SimulationOptions = {}): Outcome {
  return simulatePlan(planSimulation(seed, options.minutes), options);
}

/** Runs a plan, whole or shrunk. */
export function simulatePlan(plan: ClusterPlan, options: SimulationOptions = {}): Outcome {
  const behaviours = options.behaviours ?? CLUSTER_BEHAVIOURS;
  const kind = sessionKind(behaviours);
  const session = new Session(kind, { format: SESSION_FORMAT, version: SESSION_VERSION, seed: plan.seed, world: plan.world, inputs: [] });
  const { world } = session;
  const checker = new InvariantChecker(world);
  world.observer = checker;
  const minutes = options.minutes ?? DEFAULT_MINUTES;
  const atRestMs = live(session, plan.pieces, minutes * 60_000, checker);
  const end = atRestMs ?? [];
  const untilMs = world.now - session.start;
  const broken = checker.violations.map(({ invariant, message, at }) => `invariant ${invariant} at ${at - session.start} ms: ${message}`);
  const problems = [...broken, ...end];
  const outcome: Outcome = { seed: plan.seed, problems, hash: world.logHash(), events: world.handled, untilMs, document: session.document(), world };
  return problems.length > 0 || options.replay === false ? outcome : { ...outcome, problems: replayProblems(kind, behaviours, outcome) };
}

/** Does everything planned and waits for rest. Returns what is still not as desired. */
function live(session: Session<RandomWorld, ClusterInput>, pieces: readonly Piece<ClusterInput>[], faultsEndMs: number, checker: InvariantChecker): readonly string[] {
  for (const step of stepsOf(pieces)) {
    session.run(step.at);
    const input = step.choose(session.world);
    if (input !== undefined) session.input(input);
    if (checker.violations.length > 0) return [];
  }
  let problems: readonly string[] = ["never looked"];
  for (let at = faultsEndMs; at <= faultsEndMs + MOST_SETTLING_MS; at += LOOK_EVERY_MS) {
    session.run(at);
    if (checker.violations.length > 0) return [];
    problems = endStateProblems(session.world, session.world.now - LOOK_EVERY_MS + 1);
    if (problems.length === 0) {
      problems = watchRest(session, at, checker);
      at += WATCH_MS;
      if (problems.length === 0) return [];
    }
  }
  checker.atRest();
  return problems;
}

function watchRest(session: Session<RandomWorld, ClusterInput>, fromMs: number, checker: InvariantChecker): readonly string[] {
  const { world } = session;
  const revision = world.stateOf<EtcdState>(ETCD)?.store.revision ?? 0;
  session.run(fromMs + WATCH_MS);
  const problems = [...endStateProblems(world, world.now - WATCH_MS), ...hotProblems(world, revision)];
  if (problems.length === 0) checker.atRest();
  return problems;
}

function sessionKind(behaviours: ReadonlyMap<string, Behaviour<unknown>>): SessionKind<RandomWorld, ClusterInput> {
  return { apply: applyInput, build: (world, seed) => createCluster(specOf(world), seed, new Trace(4 * 65_536), behaviours) };
}

function specOf(world: RandomWorld): ClusterSpec {
  const spec = readClusterSpec(world);
  if (typeof spec === "string") throw new Error(spec);
  return spec;
}

function replayProblems(kind: SessionKind<RandomWorld, ClusterInput>, behaviours: ReadonlyMap<string, Behaviour<unknown>>, outcome: Outcome): string[] {
  const saveAtStep = new Dice(outcome.seed, "save").below(Math.max(1, outcome.world.steps));
  const restore = (document: Outcome["document"], image: WorldImage): World => World.restore({ seed: document.seed, startAt: specOf(document.world).startAt, behaviours }, image);
  const problem = replayProblem(kind, restore, { document: outcome.document, untilMs: outcome.untilMs, hash: outcome.hash, saveAtStep });
  return problem === undefined ? [] : [`${problem.kind} after event ${saveAtStep}: the log hash is ${problem.actual}, it was ${problem.expected}`];
}

/** Drops pieces of a failing plan while it still fails in the same way (its first problem, names and numbers aside). */
export function shrinkPlan(plan: ClusterPlan, outcome: Outcome, options: SimulationOptions = {}, budget = 120): ClusterPlan {
  const wanted = manner(outcome.problems[0] ?? "");
  const fails = (pieces: readonly Piece<ClusterInput>[]): boolean => simulatePlan({ ...plan, pieces }, options).problems.some((problem) => manner(problem) === wanted);
  return { ...plan, pieces: shrink(plan.pieces, fails, budget) };
}

/** A problem without names and numbers. */
function manner(problem: string): string {
  return problem.startsWith("invariant") ? problem.slice(0, 12) : problem.replace(/[a-z0-9-]*\/?[a-z]*-?[a-z0-9]*\d[a-z0-9./-]*/g, "#").slice(0, 60);
}
