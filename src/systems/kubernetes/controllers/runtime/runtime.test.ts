import { describe, expect, it } from "vitest";
import type { ConfigMap } from "../../api/index.ts";
import { FakeCluster } from "../testing/cluster.fake.ts";
import { type Controller, NO_PLAN, type Plan, type PlannedRequest } from "./index.ts";

/** Copies each ConfigMap "x" to "x-copy" and then to "x-done"; a toy to try the driver on. */
function copier(planned: string[]): Controller<null> {
  const make = (name: string): PlannedRequest => ({
    call: { verb: "create", group: "", version: "v1", resource: "configmaps", namespace: "default", body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" } } },
    accept: [409],
    onSuccess: { note: { kind: "Copied", object: "configmaps/default/{name}", data: { name: "{name}" } } },
    onFailure: { note: { kind: "NotCopied", object: `configmaps/default/${name}`, data: { error: "{error}" } } },
  });
  return {
    name: "copier", workers: 1, needs: ["configmaps"], createMemory: () => null,
    on: { configmaps: (_memory, enqueue, _view, key, before) => { if (before === undefined && !key.includes("-")) enqueue.add(key); } },
    plan(key, view): Plan {
      planned.push(key);
      if (view.get("configmaps", `${key}-done`) !== undefined) return NO_PLAN;
      return { steps: [[make(`${key.slice(8)}-copy`)], [make(`${key.slice(8)}-done`)]], requeueAfterMs: 1000 };
    },
  };
}
const map = (name: string): ConfigMap => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "default" } });

describe("the driver", () => {
  it("takes steps in order, fills names in, and comes back when asked to", () => {
    const planned: string[] = [];
    const c = new FakeCluster([copier(planned)], { idle: true });
    c.create("configmaps", map("a"));
    c.run(500);
    expect(c.all("configmaps").map((item) => item.metadata?.name)).toEqual(["a", "a-copy", "a-done"]);
    expect(c.notes("Copied").map((note) => note.data["name"])).toEqual(["a-copy", "a-done"]);
    expect(planned).toEqual(["default/a"]);
    c.run(1000);
    expect(planned).toEqual(["default/a", "default/a"]);
  });

  it("stops at a failed step and tries again with growing back-off", () => {
    const planned: string[] = [];
    const c = new FakeCluster([copier(planned)], { idle: true });
    c.api.refusals.set("create configmaps", { code: 500, reason: "InternalError", message: "no", times: 0 });
    c.create("configmaps", map("a"));
    c.api.refusals.set("create configmaps", { code: 500, reason: "InternalError", message: "no", times: 5 });
    const times: number[] = [];
    for (let ms = 0; ms < 400; ms++) {
      c.run(1);
      while (times.length < planned.length) times.push(ms);
    }
    expect(times.length).toBeGreaterThan(3);
    for (let index = 2; index < times.length; index++) expect(times[index]! - times[index - 1]!).toBeGreaterThan(times[index - 1]! - times[index - 2]!);
    c.run(2000);
    expect(c.all("configmaps")).toHaveLength(3);
  });

  it("tells a failure that repeats once, until it has worked again", () => {
    const c = new FakeCluster([copier([])], { idle: true });
    c.create("configmaps", map("a"));
    c.api.refusals.set("create configmaps", { code: 500, reason: "InternalError", message: "no", times: 5 });
    c.run(2000);
    expect(c.notes("NotCopied").map((note) => [note.object, note.data["error"]])).toEqual([["configmaps/default/a-copy", "no"]]);
    c.create("configmaps", map("b"));
    c.api.refusals.set("create configmaps", { code: 500, reason: "InternalError", message: "no again", times: 2 });
    c.run(2000);
    expect(c.notes("NotCopied").map((note) => note.data["error"])).toEqual(["no", "no again"]);
  });

  it("does not plan a key again before the watch has shown its writes", () => {
    const planned: string[] = [];
    const c = new FakeCluster([copier(planned)], { idle: true });
    c.create("configmaps", map("a"));
    c.api.watchLagMs = 3000;
    c.run(2500);
    expect(planned.length).toBeLessThanOrEqual(1);
    c.run(10_000);
    expect(c.api.log.filter((call) => call.verb === "create" && call.agent !== "test")).toHaveLength(2);
  });

  it("survives an API server that is away", () => {
    const planned: string[] = [];
    const c = new FakeCluster([copier(planned)], { idle: true });
    c.create("configmaps", map("a"));
    c.world.setLinkRule({ id: "cut", from: "kube-apiserver", to: "kube-controller-manager", both: true, cut: true });
    c.run(100_000);
    c.world.clearLinkRule("cut");
    c.run(120_000);
    expect(c.all("configmaps").map((item) => item.metadata?.name).sort()).toContain("a-done");
    expect(() => c.world.save()).not.toThrow();
  });
});
