import { describe, expect, it } from "vitest";
import type { Flight } from "../../../protocol/index.ts";
import { along, layoutMachines, SUN } from "../layout/index.ts";
import { addFlights, DOT_LIMIT, landed, rerouted, type Dot } from "./dot-pool.ts";
import { createRouter } from "./route.ts";

const layout = layoutMachines({
  components: [SUN, "etcd", "kube-scheduler"], nodes: [{ id: "node/n1", name: "n1", pods: [] }, { id: "node/n2", name: "n2", pods: [] }],
  waiting: [], clients: [], placePods: true, viewport: { width: 768, height: 620 },
});

function flight(from: string, to: string, change: Partial<Flight> = {}): Flight {
  return { id: 1, from, to, shape: "request", label: "POST pods", count: 1, sentAt: 0, at: 1, about: "", ...change };
}

describe("routes", () => {
  const routeFor = createRouter(layout);

  it("run from the edge of one thing to the edge of the other", () => {
    const route = routeFor("kube-scheduler", SUN);
    const box = layout.anchors.get("kube-scheduler");
    if (route === null || box === undefined) throw new Error("no route");
    const start = along(route.curve, route.from);
    expect(start.x > box.x + box.width || start.y < box.y || start.y > box.y + box.height || start.x < box.x).toBe(true);
    expect(route.to).toBeLessThan(1);
  });

  it("follow the drawn line to a node and back", () => {
    const [down, up] = [routeFor(SUN, "kubelet/n1"), routeFor("kubelet/n1", SUN)];
    expect(down?.curve[0]).toEqual(up?.curve[3]);
  });

  it("stay on the card between parts of one node", () => {
    const route = routeFor("kubelet/n1", "runtime/n1");
    expect(route).toMatchObject({ from: 0, to: 1 });
  });

  it("are worked out once, and null for who isn't on the stage", () => {
    expect(routeFor("etcd", SUN)).toBe(routeFor("etcd", SUN));
    expect(routeFor("etcd", "nobody")).toBeNull();
    expect(routeFor("etcd", "etcd")).toBeNull();
  });
});

describe("dots", () => {
  it("group messages alike that leave together", () => {
    const dots: Dot[] = [];
    const routeFor = createRouter(layout);
    addFlights(dots, [flight("etcd", SUN), flight("etcd", SUN, { count: 3 }), flight("etcd", SUN, { shape: "answer" })], routeFor, 0);
    expect(dots.map((dot) => [dot.shape, dot.count])).toEqual([["request", 4], ["answer", 1]]);
    addFlights(dots, [flight("etcd", SUN)], routeFor, 200);
    expect(dots).toHaveLength(3);
  });

  it("never grow beyond what the eye can follow", () => {
    const dots: Dot[] = [];
    const routeFor = createRouter(layout);
    for (let i = 0; i < 500; i += 1) addFlights(dots, [flight("etcd", SUN)], routeFor, i * 100);
    expect(dots).toHaveLength(DOT_LIMIT);
    expect(dots.reduce((sum, dot) => sum + dot.count, 0)).toBe(500);
  });

  it("go on travelling on the lines of a new picture", () => {
    const dots: Dot[] = [];
    addFlights(dots, [flight("etcd", SUN), flight("kubelet/n2", SUN)], createRouter(layout), 0);
    const narrower = layoutMachines({ components: [SUN, "etcd"], nodes: [], waiting: [], clients: [], placePods: true, viewport: { width: 390, height: 336 } });
    const routeFor = createRouter(narrower);
    const moved = rerouted(dots, routeFor);
    expect(moved.map((dot) => [dot.from, dot.begunAt])).toEqual([["etcd", 0]]);
    expect(moved[0]?.route).toBe(routeFor("etcd", SUN));
  });

  it("land after a hop", () => {
    const dots: Dot[] = [];
    addFlights(dots, [flight("etcd", SUN)], createRouter(layout), 0);
    expect(landed(dots, 419, 420)).toHaveLength(1);
    expect(landed(dots, 420, 420)).toHaveLength(0);
  });
});
