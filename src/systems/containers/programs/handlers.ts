/** What the catalogue's programs answer to a request. Pure: the same request to the same program at the same time gets the same answer. */
import { type Files, readFile } from "../filesystem/index.ts";
import type { ProgramProcess } from "./process.ts";

/** A request as a program sees it. */
export interface ProgramRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Where the program runs. */
export interface ProgramSurroundings {
  readonly now: number;
  readonly hostname: string;
  readonly ip: string;
  readonly clientIp: string;
  readonly port: number;
  readonly files: Files;
}

/** A program's answer. Latency, ms, is added to what the network takes. */
export interface ProgramAnswer {
  readonly status: number;
  readonly body: string;
  readonly latencyMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

type Handler = (process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings) => ProgramAnswer;

const HANDLERS: Readonly<Record<string, Handler>> = {
  none: () => ({ status: 200, body: "" }),
  tcp: () => ({ status: 200, body: "" }),
  redis: (_process, request) => ({ status: 200, body: /ping/i.test(request.method + request.path) ? "+PONG" : "+OK" }),
  hello: (process, request, at) => withHealth(process, request, at, () => ({ status: 200, body: `Hello from ${at.hostname}\n` })),
  hostname: (_process, _request, at) => ({ status: 200, body: at.hostname }),
  "hello-app": (process, _request, at) => ({ status: 200, body: `Hello, world!\nVersion: ${process.version}.0.0\nHostname: ${at.hostname}\n` }),
  "http-echo": (process) => ({ status: 200, body: `${process.params["text"] ?? "hello-world"}\n` }),
  "echo-request": echoRequest,
  files: serveFiles,
  agnhost: agnhost,
  podinfo: podinfo,
  shop: shop,
  "shop-unready": (process, request, at) => (isHealthPath(request.path) ? { status: 503, body: "warming up\n" } : shop(process, request, at)),
  "cpu-burner": () => ({ status: 200, body: "OK!", latencyMs: 60 }),
  stress: () => ({ status: 200, body: "" }),
};

/** The answer of a listening program. */
export function answerRequest(process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings): ProgramAnswer {
  if (process.broken !== undefined) return { status: process.broken, body: "fault injected\n" };
  const handler = HANDLERS[process.serves] ?? (HANDLERS["hello"] as Handler);
  return handler(process, request, at);
}

/** When the answers of a program's health end points change by themselves: ms since the epoch, or Infinity. */
export function nextHealthChange(process: ProgramProcess, now: number): number {
  const at = process.failsAfterMs === undefined ? Number.POSITIVE_INFINITY : process.startedAt + process.failsAfterMs;
  if (now < process.listeningAt) return Math.min(process.listeningAt, at);
  return at > now ? at : Number.POSITIVE_INFINITY;
}

function pathOf(request: ProgramRequest): string {
  const query = request.path.indexOf("?");
  return query < 0 ? request.path : request.path.slice(0, query);
}

function isHealthPath(path: string): boolean {
  return path.startsWith("/health") || path.startsWith("/ready") || path.startsWith("/live") || path === "/_status/healthz";
}

function failing(process: ProgramProcess, at: ProgramSurroundings): boolean {
  return process.failsAfterMs !== undefined && at.now - process.startedAt >= process.failsAfterMs;
}

function withHealth(process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings, answer: () => ProgramAnswer): ProgramAnswer {
  if (failing(process, at)) return { status: 500, body: `error: ${Math.floor((at.now - process.startedAt) / 1000)}\n` };
  return isHealthPath(request.path) ? { status: 200, body: "ok\n" } : answer();
}

/** nginx and httpd: files below the document root; unknown paths are 404 (so a wrong probe path fails, as it does). */
function serveFiles(process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings): ProgramAnswer {
  const root = process.params["root"] ?? "/usr/share/nginx/html";
  const path = pathOf(request);
  const content = readFile(at.files, `${root}${path.endsWith("/") ? `${path}index.html` : path}`);
  if (content !== undefined) return { status: 200, body: content };
  const status = path === "/" ? 403 : 404;
  return { status, body: `<html>\r\n<head><title>${status === 404 ? "404 Not Found" : "403 Forbidden"}</title></head>\r\n</html>\r\n` };
}

function echoRequest(_process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings): ProgramAnswer {
  const body = `\n\nHostname: ${at.hostname}\n\nRequest Information:\n\tclient_address=${at.clientIp}\n\tmethod=${request.method}\n\treal path=${request.path}\n\nRequest Body:\n${request.body ?? "\t-no body in request-"}\n`;
  return { status: 200, body };
}

/** agnhost's netexec, serve-hostname and liveness (kubernetes/test/images/agnhost). */
function agnhost(process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings): ProgramAnswer {
  const path = pathOf(request);
  if (process.params["command"] === "serve-hostname" || path === "/hostname" || path === "/hostName") return { status: 200, body: at.hostname };
  if (path === "/clientip") return { status: 200, body: `${at.clientIp}:40000` };
  if (path === "/echo") return { status: 200, body: decodeURIComponent(request.path.split("msg=")[1] ?? "") };
  if (path === "/healthz" || process.params["command"] === "liveness") return withHealth(process, request, at, () => ({ status: 200, body: "ok" }));
  return { status: 200, body: `NOW: ${new Date(at.now).toISOString()}` };
}

function podinfo(process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings): ProgramAnswer {
  const path = pathOf(request);
  const code = /^\/status\/(\d{3})$/.exec(path);
  if (code !== null) return { status: Number(code[1]), body: `{"status":${code[1]}}` };
  const delay = /^\/delay\/(\d+)$/.exec(path);
  if (delay !== null) return { status: 200, body: `{"delay":${delay[1]}}`, latencyMs: Number(delay[1]) * 1000 };
  return withHealth(process, request, at, () => ({ status: 200, body: `{"hostname":"${at.hostname}","version":"${process.version}"}\n` }));
}

function shop(process: ProgramProcess, request: ProgramRequest, at: ProgramSurroundings): ProgramAnswer {
  const path = pathOf(request);
  return withHealth(process, request, at, () => ({ status: path === "/fail" ? 500 : 200, body: `shop ${process.version} on ${at.hostname}\n` }));
}
