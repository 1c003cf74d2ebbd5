import type { Batch, PaceMode } from "./batch.ts";
import type { ObjectRef } from "./views.ts";

/** A starting world of the gallery. */
export interface WorldSummary {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly nodes: number;
  /** Manifest text to begin with in the editor, or "". */
  readonly starter: string;
}

/** A session as a file: seed, world and inputs; see engine/session. Plain JSON. */
export interface SessionFile {
  readonly format: "orrery/session";
  readonly version: number;
  readonly seed: number;
  readonly world: unknown;
  readonly inputs: readonly { readonly at: number; readonly input: unknown }[];
}

/** Something a person can break, slow, or mend. `target` names a component, node, pod ("namespace/name") or image. */
export type Fault =
  | { readonly kind: "stop-component" | "start-component" | "pause-component" | "resume-component"; readonly target: string }
  | { readonly kind: "crash-node" | "start-node"; readonly target: string }
  | { readonly kind: "cut-link" | "heal-link"; readonly target: string; readonly other: string }
  | { readonly kind: "slow-link"; readonly target: string; readonly other: string; readonly latencyMs: number }
  | { readonly kind: "kill-container"; readonly target: string; readonly container: string }
  | { readonly kind: "crash-container"; readonly target: string; readonly container: string; readonly everyMs: number }
  | { readonly kind: "leak-memory"; readonly target: string; readonly container: string; readonly bytesPerSecond: number }
  | { readonly kind: "fill-disk" | "fill-memory"; readonly target: string; readonly share: number }
  | { readonly kind: "image-missing" | "image-back"; readonly target: string }
  | { readonly kind: "image-slow"; readonly target: string; readonly factor: number };

/** A problem at a place of a text. Lines and columns count from 1. */
export interface TextProblem {
  readonly severity: "error" | "warning" | "hint";
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  /** Who says so: the YAML reader, the schema, or the API server. */
  readonly source: "yaml" | "schema" | "server";
  readonly fix?: { readonly title: string; readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number; readonly text: string };
}

/** What became of one document of an applied file. */
export interface AppliedDocument {
  readonly file: string;
  readonly line: number;
  readonly ref: ObjectRef | null;
  readonly outcome: "created" | "configured" | "unchanged" | "refused";
  /** The line kubectl would print, e.g. "deployment.apps/web serverside-applied", or the refusal in the server's words. */
  readonly message: string;
  readonly warnings: readonly string[];
  readonly problems: readonly TextProblem[];
}

/** A document of a text and where it stands: links caret and stage. */
export interface DocumentPlace {
  readonly ref: ObjectRef | null;
  readonly line: number;
  readonly endLine: number;
}

/** A suggestion while typing. */
export interface Completion {
  readonly label: string;
  readonly kind: "field" | "value" | "kind" | "snippet";
  readonly detail: string;
  readonly documentation: string;
  readonly insert: string;
  readonly required: boolean;
}

/** One node's row of a scheduling attempt. */
export interface AttemptRow {
  readonly node: string;
  /** Name of the plugin that refused and its reason; "" when it passed. */
  readonly refusedBy: string;
  readonly reason: string;
  readonly scores: readonly { readonly plugin: string; readonly raw: number; readonly normalised: number; readonly weight: number }[];
  readonly total: number;
  readonly chosen: boolean;
}

/** The table of an attempt: node × plugin. */
export interface AttemptView {
  readonly pod: string;
  readonly at: number;
  readonly message: string;
  readonly rows: readonly AttemptRow[];
}

/** A step of a causal chain, the effect first. */
export interface CauseStep {
  readonly id: number;
  readonly at: number;
  readonly component: string;
  readonly sentence: string;
  readonly object: string;
}

/** What an inspector shows of one object. */
export interface Inspection {
  readonly ref: ObjectRef;
  readonly found: boolean;
  /** Live YAML, managedFields left out unless asked for. */
  readonly yaml: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly reason: string; readonly message: string; readonly since: string }[];
  readonly events: readonly { readonly type: string; readonly reason: string; readonly message: string; readonly count: number; readonly source: string; readonly lastSeen: string }[];
  readonly containers: readonly string[];
  /** Behaviours of this kind that are simplified or absent, from MODEL.md. */
  readonly honesty: readonly { readonly behaviour: string; readonly standing: "simplified" | "absent"; readonly note: string }[];
}

/** A client program to run against the cluster. */
export interface TrafficSpec {
  readonly name: string;
  /** URL as seen from inside ("http://web.default:80/") or outside ("http://node-1:30080/"). */
  readonly url: string;
  readonly perSecond: number;
  readonly from: "outside" | "inside";
}

/** A fact of the past, as checks read it. */
export interface PastFact {
  readonly at: number;
  readonly kind: string;
  readonly component: string;
  readonly object: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** State and history for checks: objects of some kinds, and notes of some kinds since a moment. */
export interface Facts {
  readonly now: number;
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  readonly notes: readonly PastFact[];
}

/** Commands and what each answers. */
export interface Commands {
  readonly "list-worlds": { readonly input: Record<string, never>; readonly output: readonly WorldSummary[] };
  readonly "open-world": { readonly input: { readonly name: string; readonly seed?: number }; readonly output: { readonly title: string; readonly starter: string } };
  readonly "open-session": { readonly input: { readonly session: SessionFile }; readonly output: { readonly title: string } };
  readonly "save-session": { readonly input: Record<string, never>; readonly output: SessionFile };
  readonly "play": { readonly input: { readonly playing: boolean }; readonly output: null };
  readonly "set-pace": { readonly input: { readonly mode: PaceMode; readonly speed: number }; readonly output: null };
  readonly "step": { readonly input: { readonly unit: "hop" | "event" }; readonly output: { readonly happened: boolean } };
  readonly "run-for": { readonly input: { readonly ms: number }; readonly output: null };
  readonly "apply": { readonly input: { readonly files: readonly { readonly name: string; readonly text: string }[]; readonly dryRun: boolean; readonly force: boolean }; readonly output: { readonly documents: readonly AppliedDocument[] } };
  readonly "delete-object": { readonly input: { readonly ref: ObjectRef; readonly gracePeriodSeconds?: number }; readonly output: { readonly message: string; readonly ok: boolean } };
  readonly "scale": { readonly input: { readonly ref: ObjectRef; readonly replicas: number }; readonly output: { readonly message: string; readonly ok: boolean } };
  readonly "undo-rollout": { readonly input: { readonly ref: ObjectRef }; readonly output: { readonly message: string; readonly ok: boolean } };
  readonly "set-image": { readonly input: { readonly ref: ObjectRef; readonly container: string; readonly image: string }; readonly output: { readonly message: string; readonly ok: boolean } };
  readonly "request": { readonly input: { readonly method: string; readonly path: string; readonly body?: unknown; readonly contentType?: string }; readonly output: { readonly code: number; readonly body: unknown } };
  readonly "fault": { readonly input: { readonly fault: Fault }; readonly output: { readonly message: string; readonly ok: boolean } };
  readonly "traffic": { readonly input: { readonly spec: TrafficSpec; readonly on: boolean }; readonly output: null };
  readonly "inspect": { readonly input: { readonly ref: ObjectRef; readonly managedFields: boolean }; readonly output: Inspection };
  readonly "logs": { readonly input: { readonly ref: ObjectRef; readonly container: string; readonly previous: boolean; readonly tail: number }; readonly output: { readonly lines: readonly string[]; readonly error: string } };
  readonly "attempt": { readonly input: { readonly ref: ObjectRef }; readonly output: AttemptView | null };
  readonly "why": { readonly input: { readonly id: number }; readonly output: { readonly steps: readonly CauseStep[] } };
  readonly "check-text": { readonly input: { readonly file: string; readonly text: string }; readonly output: { readonly problems: readonly TextProblem[]; readonly places: readonly DocumentPlace[] } };
  readonly "complete": { readonly input: { readonly text: string; readonly line: number; readonly column: number }; readonly output: { readonly items: readonly Completion[]; readonly replaceFrom: number } };
  readonly "hover": { readonly input: { readonly text: string; readonly line: number; readonly column: number }; readonly output: { readonly title: string; readonly text: string; readonly line: number; readonly column: number; readonly endColumn: number } | null };
  readonly "format": { readonly input: { readonly text: string }; readonly output: { readonly text: string; readonly problem: string } };
  readonly "live-text": { readonly input: { readonly file: string; readonly text: string }; readonly output: { readonly documents: readonly { readonly ref: ObjectRef; readonly live: string; readonly merged: string }[] } };
  readonly "facts": { readonly input: { readonly kinds: readonly string[]; readonly notes: readonly string[]; readonly since: number }; readonly output: Facts };
  readonly "scenario": { readonly input: { readonly session: SessionFile; readonly untilMs: number }; readonly output: { readonly hash: string; readonly handled: number } };
  readonly "export-objects": { readonly input: { readonly namespace: string }; readonly output: { readonly yaml: string } };
}

/** Name of a command. */
export type CommandName = keyof Commands;

/** A command on its way to the host; `ticket` pairs it with its answer. */
export interface CommandMessage<N extends CommandName = CommandName> {
  readonly kind: "command";
  readonly ticket: number;
  readonly name: N;
  readonly input: Commands[N]["input"];
}

/** The answer to a command; `error` when the host itself failed (its own bug, or an input it can't read). */
export type AnswerMessage =
  | { readonly kind: "answer"; readonly ticket: number; readonly output: unknown }
  | { readonly kind: "answer"; readonly ticket: number; readonly error: string };

/** Everything the host sends. */
export type HostMessage = Batch | AnswerMessage | { readonly kind: "crashed"; readonly message: string };
