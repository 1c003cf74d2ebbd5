/** Commands about the network: wget, curl, nc, nslookup, and the clients of databases that probes use. */
import { resolvePath, writeFile } from "../filesystem/index.ts";
import type { PacketAnswer } from "../packets/index.ts";
import type { CommandIo, CommandTable, Outcome, ShellCommand } from "./command.ts";

interface Target {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Taken apart: scheme, host, port, path. */
function parseUrl(url: string): Target {
  const found = /^(?:(\w+):\/\/)?(?:[^/@]*@)?(\[[^\]]*\]|[^:/?]+)(?::(\d+))?([/?].*)?$/.exec(url);
  const scheme = found?.[1] ?? "http";
  return { scheme, host: found?.[2] ?? url, port: Number(found?.[3] ?? (scheme === "https" ? "443" : "80")), path: found?.[4] ?? "/" };
}

/** The loopback is the pod's own address here. */
function addressOf(io: CommandIo, host: string): string {
  return host === "localhost" || host === "127.0.0.1" || host === "0.0.0.0" || host === io.host.hostname ? io.host.ip : host;
}

function send(io: CommandIo, target: Target, method: string, timeoutSeconds: number, more: { readonly headers?: Record<string, string>; readonly body?: string } = {}): Outcome {
  io.task.result = undefined;
  io.host.send(io.task.id, { protocol: "TCP", host: addressOf(io, target.host), port: target.port, request: { method, path: target.path, ...more } });
  return { wait: { on: "packet", until: io.host.now + timeoutSeconds * 1000 } };
}

function optionValue(argv: readonly string[], ...names: readonly string[]): string | undefined {
  for (const [index, word] of argv.entries()) {
    for (const name of names) {
      if (word === name) return argv[index + 1];
      if (name.startsWith("--") && word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (!name.startsWith("--") && word.startsWith(name) && word.length > 2 && !word.startsWith("--")) return word.slice(2);
    }
  }
  return undefined;
}

/** Words that are not flags and not the values of flags. */
function operands(argv: readonly string[], valued: readonly string[]): string[] {
  const found: string[] = [];
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index] as string;
    if (valued.includes(word)) index++;
    else if (!word.startsWith("-")) found.push(word);
  }
  return found;
}

const WGET_VALUED = ["-O", "-T", "-P", "--header", "--post-data", "-U", "-t", "-Y"];

const wget: ShellCommand = {
  start(io, argv) {
    const url = operands(argv, WGET_VALUED)[0];
    if (url === undefined) {
      io.err("BusyBox v1.36.1 multi-call binary.\n\nUsage: wget [-cqS] [--spider] [-O FILE] [-T SEC] URL...\n");
      return { status: 1 };
    }
    const body = optionValue(argv, "--post-data");
    return send(io, parseUrl(url), body === undefined ? "GET" : "POST", wgetTimeout(argv), body === undefined ? {} : { body });
  },
  resume(io, argv, result) {
    const target = parseUrl(operands(argv, WGET_VALUED)[0] ?? "");
    const answer = result as PacketAnswer | undefined;
    if (answer?.outcome !== "answer") return { status: wgetFailure(io, target, answer) };
    const isQuiet = argv.some((word) => /^-[a-zA-Z]*q/.test(word));
    if (!isQuiet) io.err(`Connecting to ${target.host}:${target.port}\n`);
    if (argv.includes("-S") || argv.includes("--server-response")) io.err(`  HTTP/1.1 ${answer.status} ${answer.status < 400 ? "OK" : "Error"}\n`);
    if (answer.status >= 400) {
      io.err(`wget: server returned error: HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? "Error"}\n`);
      return { status: 1 };
    }
    if (argv.includes("--spider")) return { status: 0 };
    return { status: saveBody(io, argv, target, answer.body) };
  },
};

const REASONS: Readonly<Record<number, string>> = { 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable" };

function wgetTimeout(argv: readonly string[]): number {
  return Number(optionValue(argv, "-T", "--timeout") ?? "60");
}

function wgetFailure(io: CommandIo, { host, port }: Target, answer: PacketAnswer | undefined): number {
  const texts: Readonly<Record<string, string>> = {
    refused: `wget: can't connect to remote host (${host}): Connection refused`, reset: "wget: error getting response: Connection reset by peer",
    unreachable: `wget: can't connect to remote host (${host}): Host is unreachable`, "no-such-host": `wget: bad address '${host}${port === 80 ? "" : `:${port}`}'`,
  };
  io.err(`${texts[answer?.outcome ?? "timeout"] ?? "wget: download timed out"}\n`);
  return 1;
}

function saveBody(io: CommandIo, argv: readonly string[], target: Target, body: string): number {
  const file = optionValue(argv, "-O") ?? /^-[a-zA-Z]*O(.*)$/.exec(argv.find((word) => /^-[a-zA-Z]+O/.test(word)) ?? "")?.[1] ?? "";
  const joined = argv.findIndex((word) => /^-[a-zA-Z]+O$/.test(word));
  const path = file !== "" ? file : joined >= 0 ? argv[joined + 1] ?? "-" : target.path.split("/").at(-1) || "index.html";
  if (path === "-" || path === "/dev/stdout") {
    io.out(body);
    return 0;
  }
  if (path === "/dev/null") return 0;
  const problem = writeFile(io.host.files, resolvePath(io.task.cwd, path), body, false);
  if (problem !== undefined) io.err(`wget: can't open '${path}': ${problem}\n`);
  return problem === undefined ? 0 : 1;
}

const CURL_VALUED = ["-o", "-m", "-H", "-X", "-d", "-w", "-u", "-A", "--max-time", "--connect-timeout", "--retry", "--header", "--data", "--request", "--output", "--write-out", "--retry-delay", "--cacert", "--resolve"];

const curl: ShellCommand = {
  start(io, argv) {
    const url = operands(argv, CURL_VALUED)[0];
    if (url === undefined) {
      io.err("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return { status: 2 };
    }
    const body = optionValue(argv, "-d", "--data");
    const headers: Record<string, string> = {};
    for (const [index, word] of argv.entries()) if (word === "-H" || word === "--header") headers[(argv[index + 1] ?? "").split(":")[0]?.toLowerCase() ?? ""] = (argv[index + 1] ?? "").split(": ").slice(1).join(": ");
    return send(io, parseUrl(url), optionValue(argv, "-X", "--request") ?? (body === undefined ? "GET" : "POST"), curlTimeout(argv), { headers, ...(body === undefined ? {} : { body }) });
  },
  resume(io, argv, result) {
    const target = parseUrl(operands(argv, CURL_VALUED)[0] ?? "");
    const answer = result as PacketAnswer | undefined;
    const writeOut = optionValue(argv, "-w", "--write-out")?.replaceAll("\\n", "\n");
    const short = argv.filter((word) => /^-[a-zA-Z]+$/.test(word)).join("");
    const silent = short.includes("s") && !short.includes("S");
    if (answer?.outcome !== "answer") {
      if (!silent) io.err(curlFailure(target, answer, curlTimeout(argv)));
      if (writeOut !== undefined) io.out(writeOut.replace("%{http_code}", "000"));
      return { status: CURL_CODES[answer?.outcome ?? "timeout"] ?? 28 };
    }
    if ((short.includes("f") || argv.includes("--fail")) && answer.status >= 400) {
      if (!silent) io.err(`curl: (22) The requested URL returned error: ${answer.status}\n`);
      return { status: 22 };
    }
    const head = short.includes("I") || short.includes("i") ? `HTTP/1.1 ${answer.status} ${REASONS[answer.status] ?? "OK"}\r\n\r\n` : "";
    const text = `${head}${short.includes("I") ? "" : answer.body}`;
    const file = optionValue(argv, "-o", "--output");
    if (file === undefined) io.out(text);
    else if (file !== "/dev/null") writeFile(io.host.files, resolvePath(io.task.cwd, file), text, false);
    if (writeOut !== undefined) io.out(writeOut.replace("%{http_code}", String(answer.status)));
    return { status: 0 };
  },
};

const CURL_CODES: Readonly<Record<string, number>> = { refused: 7, unreachable: 7, "no-such-host": 6, reset: 56, timeout: 28 };

function curlTimeout(argv: readonly string[]): number {
  return Number(optionValue(argv, "-m", "--max-time", "--connect-timeout") ?? "120");
}

function curlFailure({ host, port }: Target, answer: PacketAnswer | undefined, timeoutSeconds: number): string {
  switch (answer?.outcome) {
    case "no-such-host": return `curl: (6) Could not resolve host: ${host}\n`;
    case "refused": case "unreachable": return `curl: (7) Failed to connect to ${host} port ${port} after 2 ms: Could not connect to server\n`;
    case "reset": return "curl: (56) Recv failure: Connection reset by peer\n";
    default: return `curl: (28) Connection timed out after ${timeoutSeconds * 1000} milliseconds\n`;
  }
}

/** A client that only wants to know whether a port answers. */
function knock(portOf: (argv: readonly string[]) => Target, told: (io: CommandIo, target: Target, up: boolean) => void, failure: number): ShellCommand {
  return {
    start: (io, argv) => send(io, portOf(argv), "PING", 10),
    resume(io, argv, result) {
      const up = (result as PacketAnswer | undefined)?.outcome === "answer";
      told(io, portOf(argv), up);
      return { status: up ? 0 : failure };
    },
  };
}

function localService(port: number, hostFlag: string, portFlag: string): (argv: readonly string[]) => Target {
  return (argv) => ({ scheme: "tcp", host: optionValue(argv, hostFlag, "--host") ?? "127.0.0.1", port: Number(optionValue(argv, portFlag, "--port") ?? port), path: "/" });
}

const nc = knock((argv) => {
  const [host = "", port = "0"] = operands(argv, ["-w", "-i", "-p", "-s"]);
  return { scheme: "tcp", host, port: Number(port), path: "/" };
}, (io, { host, port }, up) => {
  if (up) io.err(`${host} (${host}:${port}) open\n`);
  else io.err(`nc: ${host} (${host}:${port}): Connection refused\n`);
}, 1);

const nslookup: ShellCommand = {
  start(io, argv) {
    const name = operands(argv, ["-type"])[0] ?? "";
    io.task.result = undefined;
    io.host.send(io.task.id, { protocol: "UDP", host: io.host.nameServer, port: 53, request: { method: "A", path: `/${name}`, headers: { namespace: io.host.namespace } } });
    return { wait: { on: "packet", until: io.host.now + 10_000 } };
  },
  resume(io, argv, result) {
    const name = operands(argv, ["-type"])[0] ?? "";
    const answer = result as PacketAnswer | undefined;
    if (answer?.outcome !== "answer") {
      io.err(";; connection timed out; no servers could be reached\n\n");
      return { status: 1 };
    }
    const isShort = argv[0] === "getent" || argv[0] === "host" || argv.includes("+short");
    const addresses = answer.body.split("\n").filter((line) => line !== "");
    if (!isShort) io.out(`Server:\t\t${io.host.nameServer}\nAddress:\t${io.host.nameServer}:53\n\n`);
    if (addresses.length === 0) {
      if (!isShort) io.out(`** server can't find ${name}: NXDOMAIN\n\n`);
      return { status: 1 };
    }
    for (const address of addresses) io.out(isShort ? `${address}\n` : `Name:\t${name}\nAddress: ${address}\n\n`);
    return { status: 0 };
  },
};

const silentAnswer = (): void => undefined;

/** Commands about the network. */
export const NET_COMMANDS: CommandTable = {
  wget, curl, nc, ncat: nc, netcat: nc, telnet: nc, nslookup, dig: nslookup, host: nslookup,
  ping: knock((argv) => ({ scheme: "icmp", host: operands(argv, ["-c", "-W", "-w", "-i"])[0] ?? "", port: 7, path: "/" }), (io, { host }, up) => {
    io.out(`PING ${host}\n${up ? "1 packets transmitted, 1 packets received, 0% packet loss" : "1 packets transmitted, 0 packets received, 100% packet loss"}\n`);
  }, 1),
  "redis-cli": knock(localService(6379, "-h", "-p"), (io, { host, port }, up) => (up ? io.out("PONG\n") : io.err(`Could not connect to Redis at ${host}:${port}: Connection refused\n`)), 1),
  mysqladmin: knock(localService(3306, "-h", "-P"), (io, _target, up) => (up ? io.out("mysqld is alive\n") : io.err("mysqladmin: connect to server at 'localhost' failed\n")), 1),
  mysql: knock(localService(3306, "-h", "-P"), (io, { host }, up) => (up ? io.out("1\n1\n") : io.err(`ERROR 2003 (HY000): Can't connect to MySQL server on '${host}' (111)\n`)), 1),
  mariadb: knock(localService(3306, "-h", "-P"), silentAnswer, 1), "mariadb-admin": knock(localService(3306, "-h", "-P"), silentAnswer, 1), "healthcheck.sh": knock(localService(3306, "-h", "-P"), silentAnswer, 1),
  pg_isready: knock(localService(5432, "-h", "-p"), (io, { port }, up) => io.out(`/var/run/postgresql:${port} - ${up ? "accepting connections" : "no response"}\n`), 2),
  psql: knock(localService(5432, "-h", "-p"), (io, _target, up) => (up ? io.out("") : io.err("psql: error: connection to server failed: Connection refused\n")), 2),
  mongosh: knock(localService(27017, "-h", "--port"), (io, _target, up) => io.out(up ? "{ ok: 1 }\n" : "MongoNetworkError: connect ECONNREFUSED 127.0.0.1:27017\n"), 1),
  mongo: knock(localService(27017, "-h", "--port"), silentAnswer, 1), "rabbitmq-diagnostics": knock(localService(5672, "-h", "-p"), silentAnswer, 69), rabbitmqctl: knock(localService(5672, "-h", "-p"), silentAnswer, 69),
};
