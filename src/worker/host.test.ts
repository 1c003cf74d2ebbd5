import { describe, expect, it } from "vitest";
import type { Batch, CommandName, Commands, EntityView, HostMessage, PodView } from "../protocol/index.ts";
import { Host } from "./host.ts";

/** A host with a clock of its own: every frame is 16 ms, and everything it sends is kept. */
class Bench {
  readonly sent: HostMessage[] = [];
  readonly entities = new Map<string, EntityView>();
  private real = 0;
  private ticket = 0;
  readonly host = new Host({ send: (message) => this.take(message), clock: () => this.real });

  /** Asks and lets frames pass until the answer is there. */
  async ask<N extends CommandName>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"]> {
    const ticket = ++this.ticket;
    void this.host.command({ kind: "command", ticket, name, input });
    for (let frame = 0; frame < 20_000; frame++) {
      await Promise.resolve();
      const answer = this.sent.find((message) => message.kind === "answer" && message.ticket === ticket);
      if (answer !== undefined && answer.kind === "answer") {
        if ("error" in answer) throw new Error(answer.error);
        return answer.output as Commands[N]["output"];
      }
      this.frames(1);
    }
    throw new Error(`no answer to ${name}`);
  }

  frames(count: number): void {
    for (let frame = 0; frame < count; frame++) {
      this.real += 16;
      this.host.frame();
    }
  }

  pods(): PodView[] {
    return [...this.entities.values()].filter((view): view is PodView => view.type === "pod" && view.namespace === "default");
  }

  batches(): Batch[] {
    return this.sent.filter((message): message is Batch => message.kind === "batch");
  }

  async apply(text: string, name = "web.yaml"): Promise<Commands["apply"]["output"]["documents"]> {
    return (await this.ask("apply", { files: [{ name, text }], dryRun: false, force: false })).documents;
  }

  private take(message: HostMessage): void {
    this.sent.push(message);
    if (message.kind !== "batch") return;
    for (const view of message.changed) this.entities.set(view.id, view);
    for (const id of message.removed) this.entities.delete(id);
  }
}

async function fast(): Promise<Bench> {
  const bench = new Bench();
  await bench.ask("set-pace", { mode: "live", speed: 50 });
  return bench;
}

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: shop/web:1
`;

describe("Host", () => {
  it("opens a living world at once", async () => {
    const bench = new Bench();
    await bench.ask("open-world", { name: "first-steps" });
    bench.frames(1);
    const ready = [...bench.entities.values()].filter((view) => view.type === "node" && view.ready === "Ready");
    expect(ready).toHaveLength(3);
  });

  it("applies the sample and brings its pods to ready", async () => {
    const bench = await fast();
    const documents = await bench.apply(DEPLOYMENT);
    expect(documents.map((document) => [document.outcome, document.message])).toEqual([["created", "deployment.apps/web created"]]);
    bench.frames(60);
    expect(bench.pods().map((pod) => pod.state)).toEqual(["ready", "ready", "ready"]);
    expect((await bench.apply(DEPLOYMENT))[0]?.outcome).toBe("unchanged");
    expect((await bench.apply(DEPLOYMENT.replace("replicas: 3", "replicas: 2")))[0]?.outcome).toBe("configured");
  });

  it("sends small changes, at most one batch a frame", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT);
    const before = bench.batches().length;
    bench.frames(40);
    const after = bench.batches().slice(before);
    expect(after.length).toBeLessThanOrEqual(40);
    for (const batch of after) expect(batch.changed.length).toBeLessThan(40);
  });

  it("follows hop by hop: each step shows messages, and says what it skipped", async () => {
    const bench = new Bench();
    await bench.ask("set-pace", { mode: "step", speed: 1 });
    void bench.apply(DEPLOYMENT);
    const labels: string[] = [];
    for (let hop = 0; hop < 12; hop++) {
      await bench.ask("step", { unit: "hop" });
      bench.frames(1);
      labels.push(...(bench.batches().at(-1)?.flights ?? []).map((flight) => flight.label));
    }
    expect(labels[0]).toMatch(/^patch deployments web/);
    expect(labels.some((label) => label.startsWith("write Deployment"))).toBe(true);
    expect(labels.some((label) => /ADDED ReplicaSet|write ReplicaSet/.test(label))).toBe(true);
  });

  it("saves a session that opens to the same world", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT);
    bench.frames(60);
    const session = await bench.ask("save-session", {});
    const untilMs = 90_000;
    const first = await bench.ask("scenario", { session, untilMs });
    expect(await bench.ask("scenario", { session, untilMs })).toEqual(first);
    await bench.ask("open-session", { session });
    await bench.ask("run-for", { ms: 60_000 });
    bench.frames(2);
    expect(bench.pods().filter((pod) => pod.state === "ready")).toHaveLength(3);
  });

  it("explains where a pod went, and why another can't go anywhere", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT.replace("image: shop/web:1", "image: shop/web:1\n          resources: {requests: {cpu: '3'}}").replace("replicas: 3", "replicas: 4"));
    bench.frames(60);
    const pending = bench.pods().find((pod) => pod.state === "pending");
    const table = await bench.ask("attempt", { ref: { apiVersion: "v1", kind: "Pod", namespace: "default", name: pending?.name ?? "" } });
    expect(table?.rows.map((row) => row.refusedBy)).toEqual(["NodeResourcesFit", "NodeResourcesFit", "NodeResourcesFit"]);
    expect(table?.message).toMatch(/^0\/3 nodes are available: 3 Insufficient cpu/);
    const placed = bench.pods().find((pod) => pod.node !== "");
    const won = await bench.ask("attempt", { ref: { apiVersion: "v1", kind: "Pod", namespace: "default", name: placed?.name ?? "" } });
    expect(won?.rows.find((row) => row.chosen)?.node).toBe(placed?.node);
  });

  it("walks from a ready pod back to the person's apply", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT);
    bench.frames(60);
    const caption = bench.batches().flatMap((batch) => batch.captions).find((one) => one.kind === "PodReady");
    const { steps } = await bench.ask("why", { id: caption?.id ?? 0 });
    expect(steps[0]?.sentence).toMatch(/is ready/);
    expect(steps.at(-1)?.sentence).toMatch(/^A person told user/);
    expect(steps.some((step) => /scheduler placed/.test(step.sentence))).toBe(true);
  });
});

describe("bad input, through the host", () => {
  it.each([
    ["1 tab indent", DEPLOYMENT.replace("  name: web", "\tname: web"), /tab/i, 4],
    ["12 unknown kind", DEPLOYMENT.replace("kind: Deployment", "kind: Deploiment"), /no matches for kind "Deploiment"/, undefined],
    ["13 unknown field", DEPLOYMENT.replace("replicas: 3", "replicaz: 3"), /replicaz/, undefined],
    ["14 wrong type", DEPLOYMENT.replace("replicas: 3", 'replicas: "3"'), /replicas/, undefined],
    ["16 bad quantity", DEPLOYMENT.replace("image: shop/web:1", "image: shop/web:1\n          resources: {requests: {cpu: 100mm}}"), /quantit/, 16],
    ["17 selector and template differ", DEPLOYMENT.replace("labels: {app: web}", "labels: {app: other}"), /`selector` does not match template `labels`/, undefined],
    ["19 a name that is none", DEPLOYMENT.replace("name: web\nspec", "name: Wéb\nspec"), /RFC 1123/, undefined],
    ["9 an object that is too large", `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: big}\ndata:\n  a: ${"x".repeat(1_600_000)}\n`, /Too long: may not be more than 1048576 bytes|request is too large/, undefined],
    ["23 far too many replicas", DEPLOYMENT.replace("replicas: 3", "replicas: 1000000"), /more than this lab simulates/, 6],
  ])("%s is refused with the place, and changes nothing", async (_name, text, words, line) => {
    const bench = await fast();
    const before = bench.host.stage.projector.lastRevision;
    const [document] = await bench.apply(text);
    expect(document?.outcome).toBe("refused");
    expect(`${document?.message ?? ""} ${document?.problems.map((problem) => problem.message).join(" ") ?? ""}`).toMatch(words);
    if (line !== undefined) expect(document?.problems[0]?.line).toBe(line);
    bench.frames(2);
    const kinds = (await bench.ask("facts", { kinds: ["Deployment", "ConfigMap"], notes: [], since: 0 })).objects.map((object) => (object["metadata"] as { readonly name: string }).name);
    expect(kinds).not.toContain("web");
    expect(kinds).not.toContain("big");
    expect(before).toBeGreaterThanOrEqual(0);
  });

  it("11 one bad document doesn't keep the others from being applied", async () => {
    const bench = await fast();
    const good = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: NAME}\n";
    const documents = await bench.apply(`${good.replace("NAME", "one")}---\na: [1\n---\n${good.replace("NAME", "two")}`);
    expect(documents.map((document) => document.outcome)).toEqual(["created", "refused", "created"]);
  });

  it("18 a change of what can't change carries the server's own words", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT);
    const [document] = await bench.apply(DEPLOYMENT.replaceAll("{app: web}", "{app: shop}"));
    expect(document?.message).toMatch(/spec\.selector: Invalid value: .*field is immutable/);
  });

  it("31 a session of a newer version, and one that is none, leave the world alone", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT);
    await expect(bench.ask("open-session", { session: { format: "orrery/session", version: 99, seed: 1, world: {}, inputs: [] } })).rejects.toThrow(/update needed/);
    await expect(bench.ask("open-session", { session: 5 as never })).rejects.toThrow(/not an Orrery session/);
    bench.frames(60);
    expect(bench.pods()).toHaveLength(3);
  });

  it("43 a host that died is followed by another that takes up the saved session", async () => {
    const bench = await fast();
    await bench.apply(DEPLOYMENT);
    const session = await bench.ask("save-session", {});
    const next = new Bench();
    await next.ask("open-session", { session });
    await next.ask("run-for", { ms: 30_000 });
    next.frames(2);
    expect(next.pods().map((pod) => pod.state)).toEqual(["ready", "ready", "ready"]);
  });
});
