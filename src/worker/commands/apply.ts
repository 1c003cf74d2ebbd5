/** Applying the editor's files: server-side apply of each document in order, one bad document doesn't stop the others. */
import { readYaml, writeYaml, type YamlDocument } from "../../base/yaml/index.ts";
import type { AppliedDocument, Commands, ObjectRef, TextProblem } from "../../protocol/index.ts";
import { type KubeObject, type Status, USER } from "../../systems/kubernetes/api/index.ts";
import type { UserAnswer, UserState } from "../../systems/kubernetes/cluster/index.ts";
import { checkManifest } from "../../systems/kubernetes/editing/index.ts";
import { emptyRegistry, lookupKind } from "../../systems/kubernetes/schema/index.ts";
import type { CommandHost } from "../command-host.ts";
import { findObject, shownObject } from "../store-reader.ts";
import { kubectlName, MOST_REPLICAS, refusal, resourceOf } from "./requests.ts";
import { problemsOfStatus, yamlProblems } from "./text-problems.ts";

interface Piece {
  readonly file: string;
  readonly text: string;
  readonly document: YamlDocument;
  readonly object: KubeObject | undefined;
  readonly problems: readonly TextProblem[];
}

/** Applies files; answers one line a document. */
export async function apply(host: CommandHost, input: Commands["apply"]["input"]): Promise<Commands["apply"]["output"]> {
  const pieces = input.files.flatMap((file) => piecesOf(file.name, file.text));
  const wanted = pieces.filter((piece) => piece.object !== undefined && piece.problems.length === 0);
  const before = wanted.map((piece) => revisionNow(host, refOf(host, piece.object as KubeObject)));
  const answers = wanted.length === 0 ? [] : await sendAll(host, wanted.map((piece) => piece.object as KubeObject), input.dryRun, input.force);
  const answered = new Map(wanted.map((piece, index) => [piece, { answer: answers[index] as UserAnswer, before: before[index] }]));
  return { documents: pieces.map((piece) => outcomeOf(host, piece, answered.get(piece))) };
}

/** What the live objects look like now, and what they would look like after the text was applied (a dry run). */
export async function liveText(host: CommandHost, { file, text }: Commands["live-text"]["input"]): Promise<Commands["live-text"]["output"]> {
  const objects = piecesOf(file, text).filter((piece) => piece.problems.length === 0).flatMap((piece) => piece.object ?? []);
  if (objects.length === 0) return { documents: [] };
  const answers = await sendAll(host, objects, true, true);
  return {
    documents: objects.flatMap((object, index) => {
      const ref = refOf(host, object);
      const answer = answers[index];
      if (ref === null || answer === undefined || answer.code < 200 || answer.code > 299) return [];
      const live = findObject(host.stage.session.world, ref);
      return [{ ref, live: live === undefined ? "" : textOf(live), merged: textOf(answer.body as KubeObject) }];
    }),
  };
}

/** Without what changes by itself: status, revisions, times. */
function textOf(object: KubeObject): string {
  const { status: _status, ...rest } = shownObject(object as never, false) as KubeObject & { readonly status?: unknown };
  const { resourceVersion: _revision, generation: _generation, uid: _uid, creationTimestamp: _time, ...metadata } = rest.metadata ?? {};
  return writeYaml({ ...rest, metadata } as never);
}

async function sendAll(host: CommandHost, objects: readonly KubeObject[], dryRun: boolean, force: boolean): Promise<readonly UserAnswer[]> {
  const { ticket, answer } = host.stage.desk.issue();
  host.input({ kind: "apply-objects", ticket, objects, options: { dryRun, force, fieldManager: "kubectl" } });
  return (await answer).answers;
}

function piecesOf(file: string, text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const document of readYaml(text).documents) {
    if (document.isEmpty) continue;
    const problems = yamlProblems(document).filter((problem) => problem.severity === "error");
    const items = problems.length > 0 ? [undefined] : expand(document.data as KubeObject & { readonly items?: readonly KubeObject[] });
    for (const object of items) pieces.push({ file, text, document, object, problems: [...problems, ...shapeProblems(document, object)] });
  }
  return pieces;
}

function expand(value: KubeObject & { readonly items?: readonly KubeObject[] }): readonly KubeObject[] {
  return value?.kind?.endsWith("List") === true && Array.isArray(value.items) ? value.items : [value];
}

/** What kubectl checks before it asks the server, and what this lab can't show. */
function shapeProblems(document: YamlDocument, object: KubeObject | undefined): TextProblem[] {
  if (object === undefined) return [];
  if (typeof object !== "object" || Array.isArray(object)) return [problem(document, [], "An object is expected here: apiVersion, kind, metadata, …")];
  if (typeof object.apiVersion !== "string" || object.apiVersion === "") return [problem(document, ["apiVersion"], "apiVersion not set")];
  if (typeof object.kind !== "string" || object.kind === "") return [problem(document, ["kind"], "kind not set")];
  const replicas = (object as { readonly spec?: { readonly replicas?: unknown } }).spec?.replicas;
  if (typeof replicas === "number" && replicas > MOST_REPLICAS) return [problem(document, ["spec", "replicas"], `${replicas} replicas are more than this lab simulates smoothly (at most ${MOST_REPLICAS}). Choose fewer.`)];
  return [];
}

function problem(document: YamlDocument, path: readonly string[], message: string): TextProblem {
  const place = document.locate([...path]);
  const range = place ?? { line: document.startLine, column: 1, endLine: document.startLine, endColumn: 1 };
  return { severity: "error", message, source: "schema", line: range.line, column: range.column, endLine: range.endLine, endColumn: range.endColumn };
}

function refOf(host: CommandHost, object: KubeObject): ObjectRef | null {
  const registry = host.stage.session.world.stateOf<UserState>(USER)?.registry ?? emptyRegistry;
  const info = lookupKind(registry, object.apiVersion ?? "", object.kind ?? "")?.info;
  const name = object.metadata?.name;
  if (info === undefined || name === undefined) return null;
  return { apiVersion: info.apiVersion, kind: info.kind, name, namespace: info.namespaced ? (object.metadata?.namespace ?? "default") : "" };
}

/** A refusal whose words name no field stands where our own check of the same rules finds the fault. */
function placed(host: CommandHost, piece: Piece, problems: readonly TextProblem[]): readonly TextProblem[] {
  const { startLine, endLine } = piece.document;
  if (problems.length !== 1 || problems[0]?.line !== startLine || problems[0].column !== 1) return problems;
  const registry = host.stage.session.world.stateOf<UserState>(USER)?.registry ?? emptyRegistry;
  const own = checkManifest(registry, piece.text).problems.find((found) => found.severity === "error" && found.line >= startLine && found.line <= endLine);
  return own === undefined ? problems : [{ ...problems[0], line: own.line, column: own.column, endLine: own.endLine, endColumn: own.endColumn }];
}

function revisionNow(host: CommandHost, ref: ObjectRef | null): string | undefined {
  return ref === null ? undefined : findObject(host.stage.session.world, ref)?.metadata.resourceVersion;
}

function outcomeOf(host: CommandHost, piece: Piece, answered: { readonly answer: UserAnswer; readonly before: string | undefined } | undefined): AppliedDocument {
  const place = { file: piece.file, line: piece.document.startLine };
  if (answered === undefined) {
    return { ...place, ref: null, outcome: "refused", message: piece.problems[0]?.message ?? piece.document.clientMessage ?? "", warnings: [], problems: piece.problems };
  }
  const { answer, before } = answered;
  const ref = refOf(host, piece.object as KubeObject);
  if (answer.code < 200 || answer.code > 299) {
    const status = answer.body as Status;
    return { ...place, ref, outcome: "refused", message: refusal(status), warnings: answer.warnings, problems: placed(host, piece, problemsOfStatus(status, piece.document)) };
  }
  const stored = answer.body as KubeObject;
  const outcome = before === undefined ? "created" : stored.metadata?.resourceVersion === before ? "unchanged" : "configured";
  const named = ref ?? { apiVersion: stored.apiVersion ?? "", kind: stored.kind ?? "", name: stored.metadata?.name ?? "", namespace: stored.metadata?.namespace ?? "" };
  return { ...place, ref: named, outcome, message: `${kubectlName(resourceOf(host, named), named.name)} ${outcome}`, warnings: answer.warnings, problems: [] };
}
