import { describe, expect, it } from "vitest";
import type { KubeObject, Pod, TopologySpreadConstraint } from "../../../api/index.ts";
import { explainAttempt } from "../../explain/explain-attempt.ts";
import { onNode } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";

const ZONE = "topology.kubernetes.io/zone";
const zoned = (name: string, zone: string, spec?: object): ReturnType<typeof makeNode> => makeNode(name, { labels: { [ZONE]: zone }, ...(spec === undefined ? {} : { spec }) });
const nodes = [zoned("a1", "a"), zoned("a2", "a"), zoned("b1", "b"), makeNode("bare")];
const labels = { app: "web" };
const constraint = (more: Partial<TopologySpreadConstraint> = {}): TopologySpreadConstraint => ({ topologyKey: ZONE, maxSkew: 1, whenUnsatisfiable: "DoNotSchedule", labelSelector: { matchLabels: labels }, ...more });
const pod = (name: string, ...topologySpreadConstraints: TopologySpreadConstraint[]): Pod => makePod(name, { labels, spec: { topologySpreadConstraints } });
const refused = (there: Pod[], comes: Pod, over = nodes): Record<string, unknown> =>
  Object.fromEntries(explainAttempt({ nodes: over, pods: there }, comes).rows.map((row) => [row.node, row.filters["PodTopologySpread"]]));

const UNEVEN = ["node(s) didn't match pod topology spread constraints"];
const NO_LABEL = ["node(s) didn't match pod topology spread constraints (missing required label)"];

describe("PodTopologySpread, hard", () => {
  it("keeps the difference between domains within maxSkew", () => {
    const there = [onNode(pod("x"), "a1")];
    expect(refused(there, pod("p", constraint()))).toEqual({ a1: UNEVEN, a2: UNEVEN, b1: "passed", bare: NO_LABEL });
    expect(refused(there, pod("p", constraint({ maxSkew: 2 })))).toMatchObject({ a1: "passed" });
  });
  it("counts neither pods of other namespaces nor those that are going", () => {
    const other = { ...onNode(pod("x"), "a1"), metadata: { name: "x", namespace: "other", labels } };
    const going = { ...onNode(pod("y"), "a1"), metadata: { name: "y", namespace: "default", labels, deletionTimestamp: "2026-01-01T00:00:00Z" } };
    expect(refused([other, going], pod("p", constraint()))).toMatchObject({ a1: "passed", b1: "passed" });
  });
  it("treats too few domains as empty ones", () => {
    expect(refused([onNode(pod("x"), "a1"), onNode(pod("y"), "b1")], pod("p", constraint({ minDomains: 3 })))).toMatchObject({ a1: UNEVEN, b1: UNEVEN });
  });
  it("leaves out nodes the pod can't use, tainted ones only if asked to", () => {
    const tainted = [zoned("a1", "a"), zoned("b1", "b", { taints: [{ key: "k", effect: "NoSchedule" }] })];
    const there = [onNode(pod("x"), "a1")];
    expect(refused(there, pod("p", constraint()), tainted)).toMatchObject({ a1: UNEVEN });
    expect(refused(there, pod("p", constraint({ nodeTaintsPolicy: "Honor" })), tainted)).toMatchObject({ a1: "passed" });
    const selecting = { ...pod("p", constraint()), spec: { ...pod("p", constraint()).spec, containers: [], nodeSelector: { [ZONE]: "a" } } };
    expect(refused(there, selecting)).toMatchObject({ a1: "passed" });
  });
  it("counts only pods with the same value of matchLabelKeys", () => {
    const versioned = (name: string, version: string): Pod => makePod(name, { labels: { ...labels, version }, spec: { topologySpreadConstraints: [constraint({ matchLabelKeys: ["version"] })] } });
    expect(refused([onNode(versioned("x", "1"), "a1")], versioned("p", "2"))).toMatchObject({ a1: "passed" });
    expect(refused([onNode(versioned("x", "2"), "a1")], versioned("p", "2"))).toMatchObject({ a1: UNEVEN });
  });
});

describe("PodTopologySpread, soft", () => {
  const scores = (lists: object, comes: Pod): Record<string, number | undefined> =>
    Object.fromEntries(explainAttempt({ nodes, pods: [], ...lists }, comes).rows.map((row) => [row.node, row.scores["PodTopologySpread"]?.normalised]));
  it("prefers domains with fewer pods; nodes without the label get nothing", () => {
    const got = scores({ pods: [onNode(pod("x"), "a1")] }, pod("p", constraint({ whenUnsatisfiable: "ScheduleAnyway" })));
    expect(got["b1"]).toBe(100);
    expect(got["a2"]).toBe(0);
    expect(got["bare"]).toBe(0);
  });
  it("spreads pods of a service by default, and no others", () => {
    const services = [{ apiVersion: "v1", kind: "Service", metadata: { name: "web", namespace: "default" }, spec: { selector: labels } } as KubeObject];
    const got = scores({ pods: [onNode(makePod("x", { labels }), "a1")], services }, makePod("p", { labels }));
    expect(got["b1"]).toBeGreaterThan(got["a2"] as number);
    expect(got["a2"]).toBeGreaterThan(got["a1"] as number);
    expect(scores({ pods: [onNode(makePod("x", { labels }), "a1")] }, makePod("p", { labels }))["a1"]).toBeUndefined();
  });
  it("spreads pods of a ReplicaSet by default", () => {
    const replicaSets = [{ apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { name: "rs", namespace: "default" }, spec: { selector: { matchLabels: labels } } } as KubeObject];
    const owner = { kind: "ReplicaSet", name: "rs" };
    const got = scores({ pods: [onNode(makePod("x", { labels, owner }), "a1")], replicaSets }, makePod("p", { labels, owner }));
    expect(got["b1"]).toBeGreaterThan(got["a1"] as number);
  });
});
