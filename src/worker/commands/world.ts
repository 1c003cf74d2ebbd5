/** Worlds, the clock, faults and traffic. */
import { writeYaml } from "../../base/yaml/index.ts";
import { readSession, Session, type SessionDocument } from "../../engine/session/index.ts";
import type { Commands, SessionFile } from "../../protocol/index.ts";
import { type ClusterInput, clusterSession, galleryWorlds, gallerySession, readClusterSpec } from "../../systems/kubernetes/cluster/index.ts";
import type { CommandHost } from "../command-host.ts";
import { shownObject, storedObjects } from "../store-reader.ts";

type In<N extends keyof Commands> = Commands[N]["input"];
type Out<N extends keyof Commands> = Commands[N]["output"];

const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set(["kube-system", "kube-public", "kube-node-lease"]);
/** Kinds a cluster makes by itself: not part of what a person would take home. */
const MADE_BY_CLUSTER: ReadonlySet<string> = new Set(["Pod", "ReplicaSet", "Node", "Lease", "Event", "Endpoints", "EndpointSlice", "ControllerRevision", "Namespace", "PriorityClass", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "FlowSchema", "PriorityLevelConfiguration", "APIService", "CSINode", "IPAddress", "ServiceCIDR"]);

/** The gallery. */
export function listWorlds(): Out<"list-worlds"> {
  return galleryWorlds().map(({ name, title, description, nodes, starter }) => ({ name, title, description, nodes, starter }));
}

/** Opens a world of the gallery. */
export function openWorld(host: CommandHost, { name, seed }: In<"open-world">): Out<"open-world"> {
  const document = gallerySession(name, seed ?? 1);
  const found = galleryWorlds().find((world) => world.name === name);
  if (document === undefined || found === undefined) throw new Error(`There is no world named "${name}".`);
  openOrThrow(host, document);
  return { title: found.title, starter: found.starter };
}

/** Opens a session document. */
export function openSession(host: CommandHost, { session }: In<"open-session">): Out<"open-session"> {
  openOrThrow(host, session);
  const spec = readClusterSpec(session.world);
  return { title: typeof spec === "string" ? "" : spec.title };
}

function openOrThrow(host: CommandHost, document: unknown): void {
  const problem = host.open(document);
  if (problem !== undefined) throw new Error(problem);
}

/** The session so far as a document, with a last mark at the present moment. */
export function saveSession(host: CommandHost): Out<"save-session"> {
  return host.stage.session.document() as SessionFile;
}

/** Starts or stops time. */
export function play(host: CommandHost, { playing }: In<"play">): null {
  host.stage.pace.play(playing);
  host.tellPace();
  return null;
}

/** Chooses how time runs. */
export function setPace(host: CommandHost, { mode, speed }: In<"set-pace">): null {
  host.stage.pace.set(mode, speed);
  host.tellPace();
  return null;
}

/** One hop, or one event. */
export function step(host: CommandHost, { unit }: In<"step">): Out<"step"> {
  const { session, pace } = host.stage;
  const before = session.world.steps;
  if (unit === "hop") pace.hop();
  else session.run(session.world.nextEventAt() - session.start, 1);
  host.tellPace();
  return { happened: session.world.steps > before };
}

/** Lets virtual time pass at once. */
export function runFor(host: CommandHost, { ms }: In<"run-for">): null {
  const { session } = host.stage;
  session.run(session.world.now - session.start + Math.max(0, ms));
  host.tellPace();
  return null;
}

/** Breaks, slows or mends something. */
export function fault(host: CommandHost, { fault: wanted }: In<"fault">): Out<"fault"> {
  host.input({ kind: "fault", fault: wanted });
  return { ok: true, message: `${wanted.kind.replace("-", " ")} ${wanted.target}` };
}

/** Starts or stops a program that sends requests. */
export function traffic(host: CommandHost, { spec, on }: In<"traffic">): null {
  host.input({ kind: "traffic", spec, on });
  return null;
}

/** Plays a session headless and tells its log hash: the same in every engine. */
export function scenario(_host: CommandHost, { session, untilMs }: In<"scenario">): Out<"scenario"> {
  const document = readSession(session);
  if (typeof document === "string") throw new Error(document);
  const played = new Session(clusterSession, document as SessionDocument<unknown, ClusterInput>);
  played.run(untilMs);
  return { hash: played.world.logHash(), handled: played.world.handled };
}

/** What the person made, as YAML. */
export function exportObjects(host: CommandHost, { namespace }: In<"export-objects">): Out<"export-objects"> {
  const wanted = storedObjects(host.stage.session.world).filter((object) => {
    const own = object.metadata.namespace ?? "";
    if (MADE_BY_CLUSTER.has(object.kind) || SYSTEM_NAMESPACES.has(own) || (namespace !== "" && own !== namespace)) return false;
    return !["kubernetes", "kube-root-ca.crt", "default"].includes(object.metadata.name);
  });
  return { yaml: wanted.map((object) => writeYaml(shownObject(object, false))).join("---\n") };
}
