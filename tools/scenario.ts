/**
 * Plays a session headless: `npm run scenario -- FILE|NAME [--seed N] [--until 10m] [--hash] [--trace OUT.jsonl]`,
 * or `--list` for the worlds of the gallery. Files are JSON or YAML session documents.
 */
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { parseDuration } from "../src/base/duration/index.ts";
import { readYaml } from "../src/base/yaml/index.ts";
import { readSession, Session, type SessionDocument } from "../src/engine/session/index.ts";
import { EventKind } from "../src/engine/trace/index.ts";
import { type ClusterInput, clusterSession, galleryWorlds, gallerySession, readClusterSpec } from "../src/systems/kubernetes/cluster/index.ts";
import { narrate } from "../src/systems/kubernetes/narration/index.ts";

const USAGE = "usage: npm run scenario -- FILE|NAME [--seed N] [--until 10m] [--hash] [--trace OUT.jsonl] | --list";

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { seed: { type: "string" }, until: { type: "string" }, hash: { type: "boolean" }, list: { type: "boolean" }, trace: { type: "string" } },
  });
  if (values.list === true) {
    for (const world of galleryWorlds()) console.log(`${world.name.padEnd(14)} ${world.title}: ${world.description}`);
    return;
  }
  const name = positionals[0];
  if (name === undefined) fail(USAGE);
  const document = load(name, values.seed);
  const untilMs = until(values.until, document);
  const session = new Session(clusterSession, document);
  const started = process.hrtime.bigint();
  session.run(untilMs);
  const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6;
  if (values.trace !== undefined) writeTrace(session, values.trace);
  if (values.hash === true) console.log(session.world.logHash());
  else report(session, untilMs, elapsedMs);
}

function load(name: string, seedText: string | undefined): SessionDocument<unknown, ClusterInput> {
  const seed = seedText === undefined ? undefined : Number(seedText);
  if (seed !== undefined && !Number.isSafeInteger(seed)) fail(`--seed: "${seedText ?? ""}" is not a whole number`);
  const known = gallerySession(name, seed ?? 1);
  if (known !== undefined) return known;
  if (!existsSync(name)) fail(`There is no file and no world named "${name}". Worlds: ${galleryWorlds().map((world) => world.name).join(", ")}`);
  const text = readFileSync(name, "utf8");
  const file = readYaml(text);
  const problem = file.problems.find((found) => found.severity === "error");
  if (problem !== undefined) fail(`${name}:${problem.line}:${problem.column}: ${problem.message}`);
  const document = readSession(file.documents[0]?.data);
  if (typeof document === "string") fail(`${name}: ${document}`);
  const spec = readClusterSpec(document.world);
  if (typeof spec === "string") fail(`${name}: ${spec}`);
  return { ...(document as SessionDocument<unknown, ClusterInput>), ...(seed === undefined ? {} : { seed }) };
}

function until(text: string | undefined, document: SessionDocument<unknown, ClusterInput>): number {
  if (text === undefined) return (document.inputs.at(-1)?.at ?? 0) + 120_000;
  const parsed = parseDuration(text);
  if (parsed === undefined) fail(`--until: "${text}" is not a duration such as 10m or 90s`);
  return parsed;
}

function report(session: Session<unknown, ClusterInput>, untilMs: number, elapsedMs: number): void {
  const { world } = session;
  for (const note of world.trace.notes) {
    const told = narrate(note);
    if (told !== undefined && told.weight === 1) console.log(`${((note.at - session.start) / 1000).toFixed(3).padStart(9)} s  ${told.sentence}`);
  }
  console.log(`\n${world.handled} events in ${(untilMs / 1000).toFixed(0)} simulated seconds, ${elapsedMs.toFixed(0)} ms; log hash ${world.logHash()}`);
}

function writeTrace(session: Session<unknown, ClusterInput>, path: string): void {
  const { trace } = session.world;
  const out = createWriteStream(path);
  const kinds = Object.entries(EventKind).map(([kind]) => kind);
  const notes = new Map(trace.notes.map((note) => [note.id, note]));
  for (let id = Math.max(1, trace.oldest()); ; id++) {
    const event = trace.event(id);
    if (event === undefined) break;
    const note = notes.get(id);
    out.write(`${JSON.stringify({ id, time: event.at, component: session.world.componentId(event.to), kind: kinds[event.kind], type: event.type, object: note?.object ?? "", cause: event.cause, ...(note === undefined ? {} : { data: note.data }) })}\n`);
  }
  out.end();
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

main();
