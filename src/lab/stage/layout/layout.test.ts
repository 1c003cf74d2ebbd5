import { describe, expect, it } from "vitest";
import { layoutMachines, layoutOwnership, layoutTraffic, MORE_WAITING, QUEUE, SUN, type Box, type MachinesInput, type StageLayout } from "./index.ts";

const DESK = { width: 768, height: 620 };
const PHONE = { width: 390, height: 336 };
const PARTS = [SUN, "etcd", "kube-scheduler", "kube-controller-manager", "cloud-controller-manager", "cluster-dns"];

function machines(nodes: number, podsEach: number, change: Partial<MachinesInput> = {}): StageLayout {
  const all = Array.from({ length: nodes }, (_, n) => ({ id: `node/n${n}`, name: `n${n}`, pods: Array.from({ length: podsEach }, (_unused, p) => `p${n}-${p}`) }));
  return layoutMachines({ components: PARTS, nodes: all, waiting: [], clients: [], placePods: true, viewport: DESK, ...change });
}

const boxOf = (layout: StageLayout, id: string): Box => layout.places.get(id)?.box ?? { x: NaN, y: NaN, width: 0, height: 0 };

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function inside(inner: Box, outer: Box): boolean {
  return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width && inner.y + inner.height <= outer.y + outer.height;
}

function collisions(layout: StageLayout): string[] {
  const places = [...layout.places.values()].filter((place) => place.kind !== "machine" && place.kind !== "queue");
  return places.flatMap((a, i) => places.slice(i + 1).filter((b) => overlap(a.box, b.box)).map((b) => `${a.id} on ${b.id}`));
}

function fit(layout: StageLayout, viewport: { width: number; height: number }): number {
  return Math.min(viewport.width / layout.bounds.width, viewport.height / layout.bounds.height);
}

describe("layoutMachines", () => {
  it("puts every pod inside its node's card, on nothing else", () => {
    const layout = machines(3, 3);
    for (const pod of ["p0-0", "p1-2", "p2-1"]) expect(inside(boxOf(layout, pod), boxOf(layout, `node/n${pod[1]}`))).toBe(true);
    expect(collisions(layout)).toEqual([]);
  });

  it.each([[1, 2], [3, 3], [3, 9], [10, 6], [50, 4], [50, 10]])("lets nothing overlap or fall outside with %i nodes of %i pods", (nodes, pods) => {
    for (const viewport of [DESK, PHONE, { width: 1248, height: 820 }]) {
      const layout = machines(nodes, pods, { viewport, waiting: ["w1", "w2"], clients: ["client/c"] });
      expect(collisions(layout)).toEqual([]);
      for (const place of layout.places.values()) expect([place.id, inside(place.box, layout.bounds)]).toEqual([place.id, true]);
    }
  });

  it("draws three nodes as tiles at a desk and as signs on a phone, both readable", () => {
    const [desk, phone] = [machines(3, 3), machines(3, 3, { viewport: PHONE })];
    expect(desk.places.get("node/n0")?.size).toBe("tile");
    expect(fit(desk, DESK)).toBeGreaterThan(0.85);
    expect(phone.places.get("node/n0")?.size).toBe("chip");
    expect(fit(phone, PHONE)).toBeGreaterThan(0.8);
  });

  it("packs fifty nodes so that their names can be read", () => {
    const layout = machines(50, 4);
    expect(fit(layout, DESK) * 13).toBeGreaterThan(9.5);
  });

  it("keeps the queue between the scheduler and the nodes", () => {
    const layout = machines(3, 1, { waiting: ["w1"] });
    const waiting = boxOf(layout, "w1");
    expect(waiting.y).toBeGreaterThan(boxOf(layout, "kube-scheduler").y);
    expect(waiting.y + waiting.height).toBeLessThanOrEqual(boxOf(layout, "node/n0").y);
    expect(layout.places.has(QUEUE)).toBe(true);
  });

  it("counts the waiting pods that don't fit", () => {
    const layout = machines(3, 1, { waiting: Array.from({ length: 40 }, (_, i) => `w${i}`) });
    const shown = [...layout.places.keys()].filter((id) => /^w\d/.test(id));
    expect(shown.length).toBeLessThan(40);
    expect(layout.places.has(MORE_WAITING)).toBe(true);
  });

  it("gives pods no place when their cards draw them", () => {
    expect(machines(50, 10, { placePods: false }).places.has("p0-0")).toBe(false);
  });

  it("anchors every node's parts and draws few lines only", () => {
    const layout = machines(3, 1);
    for (const part of ["kubelet", "kube-proxy", "runtime", "network"]) expect(layout.anchors.has(`${part}/n1`)).toBe(true);
    expect(layout.links.filter((link) => link.from === SUN)).toHaveLength(3);
    expect(machines(50, 1).links.filter((link) => link.from === SUN)).toHaveLength(0);
  });

  it("stays put while pods arrive in rows that were kept free", () => {
    expect(boxOf(machines(3, 3), "node/n2")).toEqual(boxOf(machines(3, 0), "node/n2"));
  });
});

describe("layoutOwnership", () => {
  const input = {
    workloads: [{ id: "d", owner: "" }, { id: "r1", owner: "d" }, { id: "r2", owner: "d" }, { id: "job", owner: "cron-that-is-gone" }],
    pods: [{ id: "a", owner: "r1" }, { id: "b", owner: "r1" }, { id: "c", owner: "r2" }, { id: "lone", owner: "" }, { id: "j", owner: "job" }],
    viewport: DESK,
  };

  it("stands makers left of what they made, at its middle", () => {
    const layout = layoutOwnership(input);
    expect(boxOf(layout, "d").x).toBeLessThan(boxOf(layout, "r1").x);
    expect(boxOf(layout, "r1").x).toBeLessThan(boxOf(layout, "a").x);
    const middle = (id: string): number => boxOf(layout, id).y + boxOf(layout, id).height / 2;
    expect(middle("r1")).toBeCloseTo((middle("a") + middle("b")) / 2);
    expect(middle("d")).toBeGreaterThan(middle("r1"));
    expect(middle("d")).toBeLessThan(middle("r2"));
  });

  it("lets nothing overlap and draws one line to each child", () => {
    const layout = layoutOwnership(input);
    expect(collisions(layout)).toEqual([]);
    expect(layout.links.map((link) => `${link.from}-${link.to}`).sort()).toEqual(["d-r1", "d-r2", "job-j", "r1-a", "r1-b", "r2-c"]);
    expect(layout.places.has("lone")).toBe(true);
  });

  it("shows hundreds of pods as signs with one line for all", () => {
    const layout = layoutOwnership({ workloads: [{ id: "r", owner: "" }], pods: Array.from({ length: 200 }, (_, i) => ({ id: `p${i}`, owner: "r" })), viewport: DESK });
    expect(layout.places.get("p0")?.size).toBe("chip");
    expect(layout.links).toHaveLength(1);
    expect(collisions(layout)).toEqual([]);
  });

  it("survives owners that own each other", () => {
    const layout = layoutOwnership({ workloads: [{ id: "x", owner: "y" }, { id: "y", owner: "x" }], pods: [], viewport: DESK });
    expect(layout.places.size).toBe(0);
  });
});

describe("layoutTraffic", () => {
  const layout = layoutTraffic({
    clients: [{ id: "client/c", service: "s" }, { id: "client/lost", service: "" }],
    services: [{ id: "s", ready: ["a"], notReady: ["b"] }, { id: "t", ready: ["a"], notReady: [] }], viewport: DESK,
  });

  it("stands clients, Services and pods in columns, a shared pod once", () => {
    expect(boxOf(layout, "client/c").x).toBeLessThan(boxOf(layout, "s").x);
    expect(boxOf(layout, "s").x).toBeLessThan(boxOf(layout, "a").x);
    expect(collisions(layout)).toEqual([]);
  });

  it("tells endpoints that get traffic from those that don't", () => {
    expect(layout.links.map((link) => `${link.look} ${link.from}>${link.to}`)).toEqual(["calls client/c>s", "endpoint s>a", "no-endpoint s>b", "endpoint t>a"]);
  });
});
