/** Holds a session to its promise: the same document gives the same log, and a saved world goes on as the first did. */
import type { World, WorldImage } from "../bus/index.ts";
import { Session, type SessionDocument, type SessionKind } from "../session/index.ts";

/** In what way a replay differed. */
export interface ReplayProblem {
  readonly kind: "replay" | "restore";
  readonly expected: string;
  readonly actual: string;
}

/** What is replayed: the document of a finished run, its length and its log hash. */
export interface FinishedRun<W, I> {
  readonly document: SessionDocument<W, I>;
  readonly untilMs: number;
  readonly hash: string;
  /** Event in the middle at which the world is saved and restored. */
  readonly saveAtStep: number;
}

/** Replays a finished run, then goes on once more from an image taken in the middle; undefined when both agree with it. */
export function replayProblem<W, I>(kind: SessionKind<W, I>, restore: (document: SessionDocument<W, I>, image: WorldImage) => World, run: FinishedRun<W, I>): ReplayProblem | undefined {
  const again = new Session(kind, run.document);
  again.run(run.untilMs, run.saveAtStep);
  const image = again.world.save();
  const offset = again.world.now - again.start;
  const left = run.document.inputs.slice(run.document.inputs.length - again.remaining).map((entry) => ({ ...entry, at: entry.at - offset }));
  again.run(run.untilMs);
  const replayed = again.world.logHash();
  if (replayed !== run.hash) return { kind: "replay", expected: run.hash, actual: replayed };
  const restored = new Session({ ...kind, build: () => restore(run.document, image) }, { ...run.document, inputs: left });
  restored.run(run.untilMs - offset);
  const resumed = restored.world.logHash();
  return resumed === run.hash ? undefined : { kind: "restore", expected: run.hash, actual: resumed };
}
