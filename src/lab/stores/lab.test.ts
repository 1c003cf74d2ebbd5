import { afterEach, describe, expect, it, vi } from "vitest";
import type { Batch, CommandMessage, HostMessage } from "../../protocol/index.ts";
import { openFakeHost } from "./fake/index.ts";
import { fakeNode } from "./fake/index.ts";
import type { HostPort } from "./host-port.ts";
import { createLab, type Lab } from "./lab.ts";
import { createMemoryKeeper } from "./session-keeper.ts";

const labs: Lab[] = [];
afterEach(() => {
  for (const lab of labs.splice(0)) lab.close();
  vi.useRealTimers();
});

function open(openHost: () => HostPort = openFakeHost, keeper = createMemoryKeeper()): Lab {
  const lab = createLab({ openHost, keeper, storage: null });
  labs.push(lab);
  return lab;
}

/** A host that answers what it is told to and can die. */
function scripted(answers: Record<string, unknown>): { openHost: () => HostPort; die: () => void; opened: () => number; send: (message: HostMessage) => void; asked: CommandMessage[] } {
  const asked: CommandMessage[] = [];
  let handler: (message: HostMessage) => void = () => undefined;
  let count = 0;
  return {
    asked, opened: () => count, die: () => { handler({ kind: "crashed", message: "out of memory" }); }, send: (message) => { handler(message); },
    openHost: () => {
      count += 1;
      return {
        send: (message) => {
          asked.push(message);
          queueMicrotask(() => {
            if (message.name in answers) handler({ kind: "answer", ticket: message.ticket, output: answers[message.name] });
            // A world's first picture follows the answer.
            if (message.name === "open-session") queueMicrotask(() => { handler({ ...BATCH, epoch: BATCH.epoch + 1 }); });
          });
        },
        listen: (next) => { handler = next; }, close: () => undefined,
      };
    },
  };
}

const SESSION = { format: "orrery/session", version: 1, seed: 1, world: "three", inputs: [] } as const;
const ANSWERS = { "list-worlds": [{ name: "three", title: "Three", description: "", nodes: 3, starter: "a: 1" }], "open-world": { title: "Three", starter: "a: 1" }, "play": null, "save-session": SESSION, "open-session": { title: "Three" }, "run-for": null, "apply": { documents: [] } };
const BATCH: Batch = { kind: "batch", epoch: 1, sequence: 1, now: 5000, startedAt: 0, revision: 1, handled: 1, pace: { mode: "follow", playing: true, speed: 1, skippedMs: 0 }, changed: [], removed: [], flights: [], captions: [] };

describe("a lab over the scripted double", () => {
  it("begins with the world for beginners and its sample", async () => {
    const lab = open();
    await lab.life.begin();
    expect(lab.stores.host.getState().phase).toBe("running");
    expect(lab.stores.workspace.getState()).toMatchObject({ worldTitle: "Three nodes", current: "web.yaml" });
    expect(lab.entities.count("node")).toBe(3);
    expect(lab.stores.clock.getState().pace.playing).toBe(true);
  });

  it("drops everything when the epoch changes", async () => {
    const lab = open();
    await lab.life.begin();
    lab.selectEntity("node/node-1");
    await lab.life.openWorld("one");
    expect(lab.entities.count("node")).toBe(1);
    expect(lab.stores.selection.getState().ref).toBeNull();
  });

  it("plays an apply out hop by hop", async () => {
    const lab = open();
    await lab.life.begin();
    await lab.commands.play(false);
    await lab.ask("apply", { files: [], dryRun: false, force: false });
    for (let i = 0; i < 40; i += 1) await lab.commands.step("hop");
    expect(lab.entities.all("pod").map((pod) => pod.state)).toEqual(["ready", "ready", "ready"]);
    expect(lab.stores.captions.getState().marks.map((one) => one.mark)).toContain("placed");
  });
});

describe("a host that fails", () => {
  it("is restarted from the kept session, with the typed text", async () => {
    vi.useFakeTimers();
    const host = scripted(ANSWERS);
    const lab = open(host.openHost);
    await lab.life.begin();
    await lab.ask("apply", { files: [], dryRun: false, force: false });
    await vi.advanceTimersByTimeAsync(600);
    lab.stores.workspace.setState({ files: [{ name: "web.yaml", text: "typed since" }], current: "web.yaml" });
    host.send({ ...BATCH, epoch: BATCH.epoch + 1, changed: [fakeNode("node-of-the-dead")] });
    host.die();
    expect(lab.stores.host.getState()).toMatchObject({ phase: "crashed", message: "out of memory" });
    await lab.life.restart();
    expect(host.opened()).toBe(2);
    expect(host.asked.at(-1)?.name).toBe("open-session");
    expect(lab.stores.host.getState().phase).toBe("running");
    expect(lab.entities.count("node")).toBe(0);
    expect(lab.stores.workspace.getState().files).toEqual([{ name: "web.yaml", text: "typed since" }]);
  });

  it("refuses what was still open", async () => {
    const host = scripted({});
    const lab = open(host.openHost);
    const asked = lab.ask("why", { id: 1 });
    host.die();
    await expect(asked).rejects.toThrow("out of memory");
  });

  it("comes back to the virtual time one had reached", async () => {
    const host = scripted(ANSWERS);
    const keeper = createMemoryKeeper();
    await keeper.save({ session: SESSION, now: 9000, worldTitle: "Three", files: [{ name: "web.yaml", text: "mine" }], current: "web.yaml", applied: true, faults: [] });
    const lab = open(host.openHost, keeper);
    await lab.life.begin();
    expect(host.asked.map((one) => one.name)).toEqual(["list-worlds", "open-session", "run-for"]);
    expect(host.asked.at(-1)?.input).toEqual({ ms: 4000 });
    expect(lab.stores.workspace.getState().files[0]?.text).toBe("mine");
  });

  it("says so when the browser keeps nothing", async () => {
    vi.useFakeTimers();
    const host = scripted(ANSWERS);
    const lab = open(host.openHost, { ...createMemoryKeeper(), save: () => Promise.resolve(false) });
    await lab.life.begin();
    await vi.advanceTimersByTimeAsync(600);
    expect(lab.stores.host.getState().keeps).toBe(false);
  });
});

describe("selection", () => {
  it("follows an object that appears later", async () => {
    const host = scripted(ANSWERS);
    const lab = open(host.openHost);
    host.send(BATCH);
    lab.select({ apiVersion: "v1", kind: "Node", namespace: "", name: "node-9" });
    expect(lab.stores.selection.getState().entityId).toBe("");
    host.send({ ...BATCH, changed: [fakeNode("node-9")] });
    expect(lab.stores.selection.getState().entityId).toBe("node/node-9");
    lab.selectNote("deployments/default/web", "kube-scheduler");
    expect(lab.stores.selection.getState().ref?.kind).toBe("Deployment");
    await Promise.resolve();
  });
});
