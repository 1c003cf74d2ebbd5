/** Applies one unit to a fresh cluster and says what became of each of its files. */
import { readYaml } from "../../src/base/yaml/index.ts";
import { SESSION_FORMAT, SESSION_VERSION, Session } from "../../src/engine/session/index.ts";
import { type KubeObject, type Status, USER } from "../../src/systems/kubernetes/api/index.ts";
import { type ClusterInput, clusterSession, type UserAnswer, type UserState } from "../../src/systems/kubernetes/cluster/index.ts";
import { InvariantChecker } from "../../src/systems/kubernetes/invariants/index.ts";

/** What became of a file. */
export interface FileResult {
  readonly path: string;
  readonly outcome: "ok" | "rejected" | "failed";
  readonly reason: string;
  /** Short name of the reason, for counting. */
  readonly category: string;
}

/** A file's text. */
export interface CorpusFile {
  readonly path: string;
  readonly text: string;
}

interface Piece {
  readonly path: string;
  readonly object: KubeObject | undefined;
  /** Why the client itself refuses the document. */
  readonly problem: string;
}

const READY_MS = 30_000;
const SETTLE_MS = 120_000;
const ANSWER_MS = 60_000;
/** A unit that needs more events than this in its two minutes loops. */
const MOST_EVENTS = 5_000_000;
const CREATE_TICKET = 1;
const APPLY_TICKET = 2;

/** Plays a unit. */
export function runUnit(files: readonly CorpusFile[], options: { readonly crds: boolean }): FileResult[] {
  const pieces = files.flatMap(piecesOf);
  try {
    return play(files, pieces, options);
  } catch (error) {
    const reason = error instanceof Error ? `${error.message} ${error.stack?.split("\n")[1]?.trim() ?? ""}` : String(error);
    return files.map(({ path }) => ({ path, outcome: "failed", reason, category: "crash" }));
  }
}

function play(files: readonly CorpusFile[], pieces: readonly Piece[], options: { readonly crds: boolean }): FileResult[] {
  const session = new Session<unknown, ClusterInput>(clusterSession, { format: SESSION_FORMAT, version: SESSION_VERSION, seed: 1, world: { nodes: 3 }, inputs: [] });
  const checker = new InvariantChecker(session.world);
  const run = (forMs: number): void => {
    const end = session.world.now - session.start + forMs;
    for (let events = 0; session.world.now - session.start < end; events += 2000) {
      if (events > MOST_EVENTS) throw new Error(`more than ${MOST_EVENTS} events: the cluster does not come to rest`);
      session.run(end, 2000);
      checker.look();
    }
  };
  run(READY_MS);
  const objects = pieces.flatMap((piece) => (piece.problem === "" && piece.object !== undefined ? [piece.object] : []));
  session.input({ kind: "apply-objects", ticket: CREATE_TICKET, objects: first(objects, options.crds), options: { fieldValidation: "Ignore" } });
  run(3_000);
  session.input({ kind: "apply-objects", ticket: APPLY_TICKET, objects, options: { force: true, verb: "create-or-patch" } });
  const answers = waitForAnswers(session, run, objects.length);
  run(SETTLE_MS);
  checker.atRest();
  const byObject = new Map(objects.map((object, index) => [object, answers[index]]));
  return files.map(({ path }) => resultOf(path, pieces.filter((piece) => piece.path === path), byObject, checker));
}

function waitForAnswers(session: Session<unknown, ClusterInput>, run: (forMs: number) => void, wanted: number): readonly UserAnswer[] {
  for (let waited = 0; waited < ANSWER_MS * Math.max(1, wanted); waited += 200) {
    const job = session.world.stateOf<UserState>(USER)?.jobs.get(APPLY_TICKET);
    if (job?.done === true) return job.answers;
    run(200);
  }
  throw new Error("an apply was never answered");
}

/** Namespaces that are named but not made by the unit, and definitions when asked for. */
function first(objects: readonly KubeObject[], crds: boolean): KubeObject[] {
  const made = new Set(objects.filter((object) => object.kind === "Namespace").map((object) => object.metadata?.name));
  const named = new Set(objects.map((object) => object.metadata?.namespace).filter((name): name is string => typeof name === "string" && name !== ""));
  const namespaces = [...named].filter((name) => !made.has(name) && name !== "default" && !name.startsWith("kube-")).map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
  return [...objects.filter((object) => object.kind === "Namespace"), ...namespaces, ...(crds ? objects.filter((object) => object.kind === "CustomResourceDefinition") : [])];
}

function piecesOf({ path, text }: CorpusFile): Piece[] {
  const pieces: Piece[] = [];
  for (const document of readYaml(text).documents) {
    if (document.isEmpty) continue;
    if (!document.ok) pieces.push({ path, object: undefined, problem: document.clientMessage ?? document.problems[0]?.message ?? "cannot be read" });
    else for (const object of expand(document.data as unknown as KubeObject & { readonly items?: readonly KubeObject[] })) pieces.push({ path, object, problem: "" });
  }
  return pieces;
}

function expand(value: KubeObject & { readonly items?: readonly KubeObject[] }): readonly KubeObject[] {
  return value.kind?.endsWith("List") === true && Array.isArray(value.items) ? value.items : [value];
}

function resultOf(path: string, pieces: readonly Piece[], answers: ReadonlyMap<KubeObject, UserAnswer | undefined>, checker: InvariantChecker): FileResult {
  const broken = checker.violations[0];
  if (broken !== undefined) return { path, outcome: "failed", reason: `invariant ${broken.invariant}: ${broken.message} (revision ${broken.revision})`, category: `invariant ${broken.invariant}` };
  const refusals = pieces.flatMap((piece) => refusalOf(piece, answers));
  const bug = refusals.find((refusal) => refusal.failed);
  if (bug !== undefined) return { path, outcome: "failed", reason: bug.reason, category: bug.category };
  const refusal = refusals[0];
  return refusal === undefined ? { path, outcome: "ok", reason: "", category: "" } : { path, outcome: "rejected", reason: refusal.reason, category: refusal.category };
}

interface Refusal {
  readonly reason: string;
  readonly category: string;
  /** The server failed rather than refused. */
  readonly failed: boolean;
}

function refusalOf(piece: Piece, answers: ReadonlyMap<KubeObject, UserAnswer | undefined>): Refusal[] {
  if (piece.problem !== "") return [{ reason: piece.problem, category: "unreadable", failed: false }];
  const answer = piece.object === undefined ? undefined : answers.get(piece.object);
  if (answer === undefined) return [{ reason: "no answer", category: "no answer", failed: true }];
  if (answer.code >= 200 && answer.code < 300) return [];
  const status = answer.body as Status;
  const failed = answer.code >= 500 || (answer.code === 0 && !/no matches for kind|not set/.test(status.message ?? ""));
  return [{ reason: status.message ?? `code ${answer.code}`, category: answer.code === 0 ? "no such kind" : `${answer.code} ${status.reason ?? ""}`, failed }];
}
