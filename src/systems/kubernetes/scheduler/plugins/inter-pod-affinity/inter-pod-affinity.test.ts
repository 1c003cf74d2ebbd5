import { describe, expect, it } from "vitest";
import type { Affinity, Namespace, Pod, PodAffinityTerm } from "../../../api/index.ts";
import { explainAttempt } from "../../explain/explain-attempt.ts";
import { onNode } from "../../testing/ask-plugin.ts";
import { makeNode, makePod } from "../../testing/test-cluster.ts";

const ZONE = "topology.kubernetes.io/zone";
const nodes = [["a1", "a"], ["a2", "a"], ["b1", "b"]].map(([name, zone]) => makeNode(name as string, { labels: { [ZONE]: zone as string } })).concat(makeNode("bare"));
const term = (app: string, more: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({ topologyKey: ZONE, labelSelector: { matchLabels: { app } }, ...more });
const pod = (name: string, app: string, affinity?: Affinity): Pod => makePod(name, { labels: { app }, spec: affinity === undefined ? {} : { affinity } });
const near = (...terms: PodAffinityTerm[]): Affinity => ({ podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } });
const apart = (...terms: PodAffinityTerm[]): Affinity => ({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: terms } });
const passing = (pods: Pod[], comes: Pod, namespaces: Namespace[] = []): string[] =>
  explainAttempt({ nodes, pods, namespaces }, comes).rows.filter((row) => row.filters["InterPodAffinity"] === "passed").map((row) => row.node).sort();
const said = (pods: Pod[], comes: Pod, node: string): unknown => explainAttempt({ nodes, pods }, comes).rows.find((row) => row.node === node)?.filters["InterPodAffinity"];

describe("InterPodAffinity, required", () => {
  it("goes where its friends are", () => {
    const there = [onNode(pod("x", "db"), "a1")];
    expect(passing(there, pod("p", "web", near(term("db"))))).toEqual(["a1", "a2"]);
    expect(said(there, pod("p", "web", near(term("db"))), "b1")).toEqual(["node(s) didn't match pod affinity rules"]);
    expect(passing([], pod("p", "web", near(term("db"))))).toEqual([]);
  });
  it("lets the first of a kind go anywhere with the label", () => {
    expect(passing([], pod("p", "web", near(term("web"))))).toEqual(["a1", "a2", "b1"]);
    expect(passing([onNode(pod("x", "web"), "b1")], pod("p", "web", near(term("web"))))).toEqual(["b1"]);
  });
  it("wants one pod that matches all terms, not one for each", () => {
    const both = near(term("db"), { ...term("db"), labelSelector: { matchLabels: { tier: "gold" } } });
    const gold = { ...pod("x", "db"), metadata: { name: "x", namespace: "default", labels: { app: "db", tier: "gold" } } };
    expect(passing([onNode(pod("x", "db"), "a1"), onNode({ ...gold, metadata: { ...gold.metadata, name: "y", labels: { tier: "gold" } } }, "a1")], pod("p", "web", both))).toEqual([]);
    expect(passing([onNode(gold, "a1")], pod("p", "web", both))).toEqual(["a1", "a2"]);
  });
  it("stays away from those it avoids, and from those who avoid it", () => {
    expect(passing([onNode(pod("x", "db"), "a1")], pod("p", "web", apart(term("db"))))).toEqual(["b1", "bare"]);
    const shy = [onNode(pod("x", "db", apart(term("web"))), "a1")];
    expect(passing(shy, pod("p", "web"))).toEqual(["b1", "bare"]);
    expect(said(shy, pod("p", "web"), "a1")).toEqual(["node(s) didn't satisfy existing pods anti-affinity rules"]);
    expect(said([onNode(pod("x", "db"), "a1")], pod("p", "web", apart(term("db"))), "a2")).toEqual(["node(s) didn't match pod anti-affinity rules"]);
  });
  it("knows namespaces by name and by their labels", () => {
    const other = { ...onNode(pod("x", "db"), "a1"), metadata: { name: "x", namespace: "other", labels: { app: "db" } } };
    expect(passing([other], pod("p", "web", near(term("db"))))).toEqual([]);
    expect(passing([other], pod("p", "web", near(term("db", { namespaces: ["other"] }))))).toEqual(["a1", "a2"]);
    const namespaces = [{ metadata: { name: "other", labels: { team: "x" } } }];
    expect(passing([other], pod("p", "web", near(term("db", { namespaceSelector: { matchLabels: { team: "x" } } }))), namespaces)).toEqual(["a1", "a2"]);
    expect(passing([other], pod("p", "web", near(term("db", { namespaceSelector: {} }))), namespaces)).toEqual(["a1", "a2"]);
  });
});

describe("InterPodAffinity, preferred", () => {
  const scores = (pods: Pod[], comes: Pod): Record<string, number | undefined> =>
    Object.fromEntries(explainAttempt({ nodes, pods }, comes).rows.map((row) => [row.node, row.scores["InterPodAffinity"]?.raw]));
  const likes = (weight: number, app: string): Affinity => ({ podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, podAffinityTerm: term(app) }] } });
  it("adds weights for each pod it likes, and takes away for those it doesn't", () => {
    const there = [onNode(pod("x", "db"), "a1"), onNode(pod("y", "db"), "a2")];
    expect(scores(there, pod("p", "web", likes(5, "db")))).toEqual({ a1: 10, a2: 10, b1: 0, bare: 0 });
    expect(scores(there, pod("p", "web", { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, podAffinityTerm: term("db") }] } }))).toMatchObject({ a1: -10, b1: 0 });
  });
  it("counts what those that are there like, required terms with weight 1", () => {
    expect(scores([onNode(pod("x", "db", likes(7, "web")), "b1")], pod("p", "web"))).toMatchObject({ b1: 7, a1: 0 });
    expect(scores([onNode(pod("x", "db", near(term("web"))), "b1")], pod("p", "web"))).toMatchObject({ b1: 1 });
    expect(scores([onNode(pod("x", "db"), "b1")], pod("p", "web"))["b1"]).toBeUndefined();
  });
});
