/** Reads session documents (a JSON list) from standard input and prints the log hash of each, one a line. Argument: until, ms. */
import { readFileSync } from "node:fs";
import { readSession, Session, type SessionDocument } from "../src/engine/session/index.ts";
import { type ClusterInput, clusterSession } from "../src/systems/kubernetes/cluster/index.ts";

const untilMs = Number(process.argv[2] ?? 120_000);
for (const value of JSON.parse(readFileSync(0, "utf8")) as unknown[]) {
  const document = readSession(value);
  if (typeof document === "string") throw new Error(document);
  const session = new Session(clusterSession, document as SessionDocument<unknown, ClusterInput>);
  session.run(untilMs);
  console.log(session.world.logHash());
}
