/** From an image, its command line and environment to a running program. */
import type { CatalogueImage, Image, ProgramSpec } from "../images/index.ts";
import type { ProgramPlan, ProgramProcess } from "./process.ts";

/** What a program is started with. */
export interface Launch {
  readonly image: Image;
  readonly known: CatalogueImage | undefined;
  /** The command line, program first. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Ports that the pod declares for the container: stand-ins and language runtimes listen there. */
  readonly declaredPorts: readonly number[];
  readonly cpuLimitMillis: number | undefined;
  readonly now: number;
}

const MIB = 1024 * 1024;
/** A program of an image that nobody knows. */
const STAND_IN: ProgramSpec = Object.freeze({
  ports: [], startMs: 500, memoryBytes: 24 * MIB, startLines: ["stand-in for {image}: listening on declared ports"], serves: "hello",
  stop: "graceful" as const, stopMs: 50, stopCode: 0, latencyMs: 3,
});

/** Plans the run of an image's program; it decides from the command line and the environment. */
export function launchProgram(launch: Launch): ProgramPlan {
  const spec = specOf(launch);
  const flags = flagsOf(launch);
  const missing = spec.requiresEnv;
  if (missing !== undefined && !missing.anyOf.some((name) => (launch.env[name] ?? "") !== "")) {
    return planned(launch, { ...spec, startLines: [], ends: { afterMs: 120, code: missing.code, lines: missing.lines } }, flags);
  }
  return planned(launch, spec, flags);
}

function specOf(launch: Launch): ProgramSpec {
  const { known, image } = launch;
  const base = known?.program ?? STAND_IN;
  const variant = known?.variants?.[image.tag];
  const spec = variant === undefined ? base : { ...base, ...variant };
  const ports = spec.ports.length > 0 ? spec.ports : launch.declaredPorts;
  return ports === spec.ports ? spec : { ...spec, ports };
}

function planned(launch: Launch, spec: ProgramSpec, flags: ProgramFlags): ProgramPlan {
  const { now } = launch;
  const ends = flags.ends ?? spec.ends;
  const process: ProgramProcess = {
    kind: "program", serves: spec.serves, version: versionOf(launch.image.tag), params: flags.params, ports: flags.ports ?? spec.ports,
    startedAt: now, listeningAt: now + slowed(spec.startMs, launch.cpuLimitMillis), stop: spec.stop, stopMs: spec.stopMs, stopCode: spec.stopCode,
    latencyMs: slowed(spec.latencyMs, launch.cpuLimitMillis), memoryBytes: flags.memoryBytes ?? spec.memoryBytes,
    leakBytesPerSecond: spec.leakBytesPerSecond ?? 0, leakSince: now,
    ...failure(flags.failsAfterMs ?? spec.failsAfterMs),
  };
  const plan = { process, startLines: spec.startLines };
  return ends === undefined ? plan : { ...plan, ends: { at: now + slowed(ends.afterMs, launch.cpuLimitMillis), code: ends.code, lines: ends.lines } };
}

function failure(failsAfterMs: number | undefined): { readonly failsAfterMs?: number } {
  return failsAfterMs === undefined ? {} : { failsAfterMs };
}

function versionOf(tag: string): string {
  return tag.split(".")[0]?.replace(/^v/, "") ?? tag;
}

/** CPU throttling, simply: work done with less than one CPU takes proportionally longer, at most 20 times. */
function slowed(ms: number, cpuLimitMillis: number | undefined): number {
  if (cpuLimitMillis === undefined || cpuLimitMillis >= 1000) return ms;
  return Math.round(ms * Math.min(1000 / Math.max(cpuLimitMillis, 1), 20));
}

interface ProgramFlags {
  readonly params: Readonly<Record<string, string>>;
  readonly ports?: readonly number[];
  readonly memoryBytes?: number;
  readonly failsAfterMs?: number;
  readonly ends?: ProgramSpec["ends"];
}

type FlagReader = (launch: Launch) => ProgramFlags;

const READERS: Readonly<Record<string, FlagReader>> = {
  "hello-app": (launch) => portFlags(launch.env["PORT"]),
  "http-echo": (launch) => ({ params: { text: flagValue(launch.argv, "text") ?? launch.env["ECHO_TEXT"] ?? "hello-world" }, ...portOf(flagValue(launch.argv, "listen")?.split(":").at(-1)) }),
  agnhost: readAgnhost,
  podinfo: readPodinfo,
  stress: readStress,
  redis: (launch) => portFlags(flagValue(launch.argv, "port")),
  tcp: (launch) => portFlags(flagValue(launch.argv, "port") ?? launch.env["PGPORT"]),
  shop: (launch) => portFlags(launch.env["PORT"]),
  "shop-unready": (launch) => portFlags(launch.env["PORT"]),
  files: (launch) => ({ params: { root: launch.image.repository.endsWith("/httpd") ? "/usr/local/apache2/htdocs" : "/usr/share/nginx/html" } }),
  hello: readLanguage,
};

function flagsOf(launch: Launch): ProgramFlags {
  const serves = launch.known?.program?.serves ?? "hello";
  return READERS[serves]?.(launch) ?? { params: {} };
}

/** The value of -name=value, --name=value or --name value. */
export function flagValue(argv: readonly string[], name: string): string | undefined {
  for (let index = 0; index < argv.length; index++) {
    const bare = (argv[index] ?? "").replace(/^--?/, "");
    if (!(argv[index] ?? "").startsWith("-")) continue;
    if (bare === name) return argv[index + 1];
    if (bare.startsWith(`${name}=`)) return bare.slice(name.length + 1);
  }
  return undefined;
}

function portOf(text: string | undefined): { readonly ports?: readonly number[] } {
  const port = Number(text);
  return text !== undefined && Number.isInteger(port) && port > 0 ? { ports: [port] } : {};
}

function portFlags(text: string | undefined): ProgramFlags {
  return { params: {}, ...portOf(text) };
}

const AGNHOST_PORTS: Readonly<Record<string, number>> = { netexec: 8080, "serve-hostname": 9376, liveness: 8080, "test-webserver": 80, guestbook: 3000, "resource-consumer": 8080, porter: 80 };

/** agnhost's subcommands; liveness answers 200 for 10 s and 500 from then on (agnhost/liveness/server.go). */
function readAgnhost(launch: Launch): ProgramFlags {
  const command = launch.argv.find((word, index) => index > 0 && !word.startsWith("-")) ?? "pause";
  const port = Number(flagValue(launch.argv, "http-port") ?? flagValue(launch.argv, "port") ?? AGNHOST_PORTS[command] ?? 0);
  return { params: { command }, ports: port > 0 ? [port] : [], ...(command === "liveness" ? { failsAfterMs: 10_000 } : {}) };
}

function readPodinfo(launch: Launch): ProgramFlags {
  const ports = ["port", "port-metrics", "grpc-port", "secure-port"].map((name) => Number(flagValue(launch.argv, name))).filter((port) => port > 0);
  return { params: {}, ports: ports.length > 0 ? ports : [9898, 9797, 9999] };
}

/** stress --vm 1 --vm-bytes 150M: memory; -cpus n only burns. */
function readStress(launch: Launch): ProgramFlags {
  const workers = Number(flagValue(launch.argv, "vm") ?? "1");
  const size = flagValue(launch.argv, "vm-bytes") ?? flagValue(launch.argv, "mem-total");
  const seconds = /^(\d+)s?$/.exec(flagValue(launch.argv, "timeout") ?? "");
  return {
    params: {}, ports: [], ...(size === undefined ? {} : { memoryBytes: sizeOf(size) * Math.max(workers, 1) }),
    ...(seconds === null ? {} : { ends: { afterMs: Number(seconds[1]) * 1000, code: 0, lines: [] } }),
  };
}

function sizeOf(text: string): number {
  const found = /^(\d+)([KMG]?)i?B?$/i.exec(text);
  const factor = { K: 1024, M: MIB, G: 1024 * MIB }[(found?.[2] ?? "").toUpperCase()] ?? 1;
  return Number(found?.[1] ?? "0") * factor;
}

/** Language runtimes: a one-line program ends soon; anything else serves for good. "-m http.server PORT" sets its port. */
function readLanguage(launch: Launch): ProgramFlags {
  const { argv } = launch;
  const server = argv.indexOf("http.server");
  if (server >= 0) return portFlags(argv[server + 1] ?? "8000");
  const program = (argv[0] ?? "").split("/").at(-1) ?? "";
  const inline = argv[argv.findIndex((word) => word === "-c" || /^-[a-z]*e$/.test(word)) + 1];
  if (inline === undefined || inline === argv[0] || launch.known === undefined) return { params: {} };
  return { params: {}, ends: inlineProgram(program, inline, launch) };
}

/** A one-liner's end: its print statements with plain texts are honoured, exits by a number too. */
function inlineProgram(program: string, text: string, launch: Launch): NonNullable<ProgramFlags["ends"]> {
  const lines = [...text.matchAll(/(?:print|console\.log|puts)\s*\(?\s*(["'])(.*?)\1/g)].map((found) => found[2] ?? "");
  if (program === "perl" && text.includes("bpi(")) lines.push("3.141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067982148086513282306647");
  const seconds = /sleep\((\d+(?:\.\d+)?)\)/.exec(text);
  const exit = /(?:sys\.exit|process\.exit|exit)\((\d+)\)/.exec(text);
  const even = /JOB_COMPLETION_INDEX/.test(text) && /% 2 == 0/.test(text);
  const applies = !even || Number(launch.env["JOB_COMPLETION_INDEX"] ?? "0") % 2 === 0;
  return { afterMs: (program === "perl" ? 4000 : 300) + Number(seconds?.[1] ?? "0") * 1000, code: exit !== null && applies ? Number(exit[1]) : 0, lines };
}
