import { describe, expect, it } from "vitest";
import { type Behaviour, type Message, World } from "../../../engine/bus/index.ts";
import { MACHINE_TYPES } from "../../machines/index.ts";
import type { ContainerConfig, CriRequest, CriResponse, RuntimeFault } from "../cri/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { containerRuntime, type RuntimeState } from "./index.ts";

interface Asker {
  readonly answers: { readonly at: number; readonly body: CriResponse | PacketAnswer }[];
}

interface Ask extends Message {
  readonly body: Message;
}

const asker: Behaviour<Asker> = {
  type: "asker",
  start: () => ({ answers: [] }),
  onMessage: (_state, context, body) => { context.request("runtime/n", (body as Ask).body, 0); },
  onReply: (state, context, body) => { state.answers.push({ at: context.now, body: body as CriResponse }); },
};

const network: Behaviour<{ next: number }> = {
  type: "net",
  start: () => ({ next: 2 }),
  onRequest(state, context, body, request) {
    const answer = { type: "cni/ok", ip: `10.244.1.${state.next}` } as const;
    if (body.type === "cni/ADD") state.next++;
    context.reply(request, answer);
  },
};

class Bench {
  readonly world: World;

  constructor() {
    this.world = new World({ seed: 1, startAt: 0, behaviours: new Map([asker, network, containerRuntime].map((behaviour) => [behaviour.type, behaviour as Behaviour<unknown>])) });
    this.world.spawn({ id: "asker", type: "asker", host: "n", config: undefined });
    this.world.spawn({ id: "network/n", type: "net", host: "n", config: undefined });
    this.world.spawn({ id: "runtime/n", type: "runtime", host: "n", config: { node: "n", nodeIp: "192.168.0.1", machine: MACHINE_TYPES.small, network: "network/n" } });
    this.world.run(1);
  }

  send(body: CriRequest | Packet): void {
    const message: Ask = { type: "ask", body };
    this.world.inject("asker", message);
  }

  ask(body: CriRequest | Packet, waitMs = 20_000): CriResponse | PacketAnswer {
    const before = this.answers().length;
    this.send(body);
    const until = this.world.now + waitMs;
    while (this.answers().length === before && this.world.now < until && this.world.nextEventAt() <= until) this.world.step();
    return this.answers().at(-1)?.body as CriResponse;
  }

  answers(): Asker["answers"] {
    return this.world.stateOf<Asker>("asker")!.answers;
  }

  state(): RuntimeState {
    return this.world.stateOf<RuntimeState>("runtime/n")!;
  }

  /** Runs a container in a new sandbox; its id. */
  run(image: string, config: Partial<ContainerConfig> = {}): string {
    this.ask({ type: "cri/PullImage", image });
    const sandbox = this.ask({ type: "cri/RunPodSandbox", podUid: `u-${image}`, namespace: "default", podName: "p", attempt: 0, hostNetwork: false, hostname: "p", runtimeHandler: "", hostPorts: [] }) as { sandboxId: string };
    const made = this.ask({ type: "cri/CreateContainer", sandboxId: sandbox.sandboxId, config: { name: "c", attempt: 0, image, env: [], mounts: [], ports: [], ...config } }) as { containerId: string };
    this.ask({ type: "cri/StartContainer", containerId: made.containerId });
    return made.containerId;
  }

  packet(port: number, path = "/", host = "10.244.1.2"): PacketAnswer {
    return this.ask({ type: "packet", protocol: "TCP", sourceIp: "10.0.0.9", host, port, request: { method: "GET", path } }) as PacketAnswer;
  }

  pass(ms: number): void {
    this.world.run(this.world.now + ms);
  }
}

describe("pulls", () => {
  it("transfer only what is missing, and share one transfer", () => {
    const bench = new Bench();
    bench.send({ type: "cri/PullImage", image: "mysql:8.4.1" });
    bench.pass(100);
    bench.send({ type: "cri/PullImage", image: "mysql:8.4.1" });
    bench.pass(60_000);
    const [first, second] = bench.answers();
    expect(first!.at).toBe(second!.at);
    const start = bench.world.now;
    bench.ask({ type: "cri/PullImage", image: "mysql:8.4.2" });
    expect(bench.world.now - start).toBeLessThan(first!.at);
    const notes = bench.world.trace.notes.filter((note) => note.kind === "ImagePulled").map((note) => note.data["transferredBytes"] as number);
    expect(notes[1]! < notes[0]! / 3).toBe(true);
  });

  it("an image made missing is not found, and comes back", () => {
    const bench = new Bench();
    const fault = (kind: "image-missing" | "image-back"): RuntimeFault => ({ type: "runtime/fault", fault: { kind, target: "nginx:1.27" } });
    bench.world.inject("runtime/n", fault("image-missing"));
    expect(bench.ask({ type: "cri/PullImage", image: "nginx:1.27" })).toMatchObject({ type: "cri/error", code: "NotFound" });
    bench.world.inject("runtime/n", fault("image-back"));
    expect(bench.ask({ type: "cri/PullImage", image: "nginx:1.27" })).toMatchObject({ type: "cri/ok", present: true });
  });
});

describe("traffic", () => {
  it("is refused before the program listens, answered then, refused by a wrong port, unreachable without a pod", () => {
    const bench = new Bench();
    bench.run("shop/web:1");
    expect(bench.packet(80).outcome).toBe("refused");
    bench.pass(2000);
    expect(bench.packet(80)).toMatchObject({ outcome: "answer", status: 200, body: "shop 1 on p\n", served: "default/p" });
    expect(bench.packet(81).outcome).toBe("refused");
    expect(bench.packet(80, "/", "10.244.1.77").outcome).toBe("unreachable");
    expect(bench.packet(80, "/nope").status).toBe(200);
  });

  it("nginx serves its files and nothing else", () => {
    const bench = new Bench();
    bench.run("nginx:1.27");
    bench.pass(1000);
    expect(bench.packet(80).body).toContain("Welcome to nginx!");
    expect(bench.packet(80, "/healthz").status).toBe(404);
  });

  it("a program with less CPU starts later", () => {
    const bench = new Bench();
    bench.run("shop/web:1", { cpuLimitMillis: 100 });
    bench.pass(10_000);
    expect(bench.packet(80).outcome).toBe("refused");
    bench.pass(6000);
    expect(bench.packet(80).outcome).toBe("answer");
  });

  it("a graceful program finishes slow requests after its signal and takes no new ones; a killed one resets them", () => {
    for (const [image, outcome] of [["ghcr.io/stefanprodan/podinfo:6.14.1", "answer"], ["gcr.io/google-samples/hello-app:1.0", "reset"]] as const) {
      const bench = new Bench();
      const id = bench.run(image);
      bench.pass(2000);
      const port = outcome === "answer" ? 9898 : 8080;
      bench.world.inject("runtime/n", { type: "runtime/fault", fault: { kind: "slow-answers", target: "default/p", container: "c", latencyMs: 1000 } } as RuntimeFault);
      bench.send({ type: "packet", protocol: "TCP", sourceIp: "1", host: "10.244.1.2", port, request: { method: "GET", path: "/x" } });
      bench.pass(100);
      bench.send({ type: "cri/StopContainer", containerId: id, timeoutSeconds: 30 });
      bench.pass(300);
      if (outcome === "answer") expect(bench.packet(port).outcome).toBe("refused");
      bench.pass(10_000);
      const answers = bench.answers().map((entry) => entry.body).filter((body): body is PacketAnswer => body.type === "packet-answer");
      expect(answers.some((answer) => answer.outcome === outcome)).toBe(true);
    }
  });
});

describe("containers", () => {
  it("logs carry times, and exec sees the container's files", () => {
    const bench = new Bench();
    const id = bench.run("busybox:1.36", { command: ["sh", "-c", "echo one; sleep 2; echo two >&2; echo x > /tmp/f; sleep 100"] });
    bench.pass(3000);
    const logs = bench.ask({ type: "cri/ReadLogs", containerId: id, tailLines: 1 });
    expect(logs).toMatchObject({ type: "cri/logs", lines: [{ stream: "stderr", text: "two" }] });
    expect(bench.ask({ type: "cri/ExecSync", containerId: id, command: ["cat", "/tmp/f", "/etc/hostname"], timeoutSeconds: 5 })).toEqual({ type: "cri/exec", exitCode: 0, stdout: "x\np\n", stderr: "" });
    expect(bench.ask({ type: "cri/ExecSync", containerId: id, command: ["nope"], timeoutSeconds: 5 })).toMatchObject({ type: "cri/error" });
    expect(bench.ask({ type: "cri/ExecSync", containerId: id, command: ["sleep", "60"], timeoutSeconds: 2 })).toMatchObject({ type: "cri/error", code: "DeadlineExceeded" });
  });

  it("postgres without a password says why and ends", () => {
    const bench = new Bench();
    const id = bench.run("postgres:16");
    bench.pass(1000);
    expect(bench.state().containers.get(id)).toMatchObject({ state: "exited", exitCode: 1 });
    expect(bench.state().containers.get(id)!.log[0]!.text).toContain("superuser password is not specified");
  });

  it("a shell that executes the server becomes it; one that only starts it stays process 1", () => {
    const bench = new Bench();
    const id = bench.run("nginx:1.27", { command: ["sh", "-c", "echo hello > /usr/share/nginx/html/index.html; exec nginx -g 'daemon off;'"] });
    bench.pass(1000);
    expect(bench.packet(80).body).toBe("hello\n");
    bench.ask({ type: "cri/StopContainer", containerId: id, timeoutSeconds: 30 });
    expect(bench.state().containers.get(id)).toMatchObject({ exitCode: 0 });
    const other = new Bench();
    const shell = other.run("nginx:1.27", { command: ["sh", "-c", "nginx -g 'daemon off;'; echo over"] });
    other.pass(1000);
    const stopped = other.ask({ type: "cri/StopContainer", containerId: shell, timeoutSeconds: 3 });
    expect(stopped).toMatchObject({ container: { exitCode: 137 } });
  });

  it("leaks until its limit kills it, and crashes when a person wants it to", () => {
    const bench = new Bench();
    const leaky = bench.run("shop/web:leaky", { memoryLimitBytes: 64 * 1024 * 1024 });
    bench.pass(15_000);
    expect(bench.state().containers.get(leaky)!.state).toBe("running");
    bench.pass(5000);
    expect(bench.state().containers.get(leaky)).toMatchObject({ state: "exited", exitCode: 137, reason: "OOMKilled" });
    const other = new Bench();
    const id = other.run("nginx:1.27");
    other.world.inject("runtime/n", { type: "runtime/fault", fault: { kind: "crash-container", target: "default/p", container: "c", everyMs: 5000 } } as RuntimeFault);
    other.pass(6000);
    expect(other.state().containers.get(id)).toMatchObject({ state: "exited", exitCode: 1 });
  });

  it("keeps images and the records of the dead over a crash", () => {
    const bench = new Bench();
    const id = bench.run("nginx:1.27");
    bench.world.crashHost("n");
    bench.world.startHost("n");
    bench.pass(10);
    expect(bench.state().images.size).toBe(1);
    expect(bench.state().containers.get(id)).toMatchObject({ state: "exited", exitCode: 255, reason: "Unknown" });
  });
});
