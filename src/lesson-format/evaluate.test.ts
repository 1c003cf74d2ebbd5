import { describe, expect, it } from "vitest";
import type { Facts } from "../protocol/index.ts";
import { type Check, evaluateCheck, type Expectation, type HistoryExpectation, neededFacts, type StateExpectation } from "./index.ts";

const pod = (name: string, phase: string, extra: object = {}): Readonly<Record<string, unknown>> => ({
  kind: "Pod", metadata: { name, namespace: "default", labels: { "app.kubernetes.io/name": "web" } }, spec: { replicas: 3 },
  status: { phase, conditions: [{ type: "PodScheduled", status: "True" }, { type: "Ready", status: phase === "Running" ? "True" : "False" }] }, ...extra,
});
const note = (at: number, kind: string, object: string, data: object = {}) => ({ at, kind, component: "etcd", object, data: data as Readonly<Record<string, unknown>> });

const FACTS: Facts = {
  now: 1000,
  objects: [pod("a", "Running"), pod("b", "Running"), pod("c", "Pending"), { kind: "Service", metadata: { name: "a", namespace: "shop" } }],
  notes: [note(10, "Made", "pods/default/a", { by: "x", size: 2 }), note(20, "Made", "pods/default/b"), note(20, "Gone", "pods/default/a"), note(20, "Made", "pods/default/c"), note(30, "Gone", "pods/default/b")],
};

const checkOf = (expect: Expectation, misconceptions: Check["misconceptions"] = []): Check => ({ id: "c", say: "It holds.", otherwise: "Found {found}.", hints: [], expect, misconceptions });
const holds = (expectation: Expectation): boolean => evaluateCheck(checkOf(expectation), FACTS).holds;
const state = (more: Partial<StateExpectation>): boolean => holds({ state: { kind: "Pod", ...more } });
const history = (more: Partial<HistoryExpectation>): boolean => holds({ history: { note: "Made", ...more } });

describe("what is so", () => {
  it.each<[name: string, wanted: Partial<StateExpectation>, holds: boolean]>([
    ["there is one of the kind", {}, true],
    ["there is none of that kind", { kind: "Deployment" }, false],
    ["by name", { name: "a" }, true],
    ["by name and namespace", { name: "a", namespace: "shop" }, false],
    ["of another kind in that namespace", { kind: "Service", namespace: "shop" }, true],
    ["exactly so many", { count: 3 }, true],
    ["exactly another number", { count: 2 }, false],
    ["exactly none", { kind: "Job", count: 0 }, true],
    ["at least", { atLeast: 3 }, true],
    ["at least more", { atLeast: 4 }, false],
    ["at most", { atMost: 3 }, true],
    ["at most fewer", { atMost: 2 }, false],
    ["at most, when there is none", { kind: "Job", atMost: 2 }, true],
    ["between", { atLeast: 1, atMost: 3 }, true],
    ["a value", { where: { "status.phase": "Running" }, count: 2 }, true],
    ["two values at once", { name: "c", where: { "status.phase": "Running" } }, false],
    ["a number is not a text", { where: { "spec.replicas": "3" } }, false],
    ["a number", { where: { "spec.replicas": 3 } }, true],
    ["an element of a list", { where: { "status.conditions[type=Ready].status": "True" }, count: 2 }, true],
    ["an element that isn't there", { where: { "status.conditions[type=Happy].status": "True" } }, false],
    ["a key with dots", { where: { "metadata.labels[app.kubernetes.io/name]": "web" }, count: 3 }, true],
    ["what is missing", { where: { "spec.nodeName": null }, count: 3 }, true],
    ["what is there is not missing", { where: { "status.phase": null } }, false],
    ["a path through a text", { where: { "status.phase.x": "y" } }, false],
    ["a whole list", { name: "c", where: { "status.conditions": [{ type: "PodScheduled", status: "True" }, { type: "Ready", status: "False" }] } }, true],
  ])("%s", (_name, wanted, expected) => {
    expect(state(wanted)).toBe(expected);
  });
});

describe("what happened", () => {
  it.each<[name: string, wanted: Partial<HistoryExpectation>, holds: boolean]>([
    ["once at least", {}, true],
    ["never", { note: "Broken" }, false],
    ["so often", { atLeast: 3 }, true],
    ["not so often", { atLeast: 4 }, false],
    ["no more often", { atMost: 3 }, true],
    ["more often", { atMost: 2 }, false],
    ["about an object", { about: "pods/default/a", atLeast: 1, atMost: 1 }, true],
    ["about another", { about: "pods/default/z" }, false],
    ["with data", { where: { by: "x", size: 2 } }, true],
    ["with other data", { where: { by: "y" } }, false],
    ["after something", { note: "Gone", after: { note: "Made" }, atLeast: 2 }, true],
    ["only what came after counts, within one moment too", { after: { note: "Gone" }, atLeast: 1, atMost: 1 }, true],
    ["an event does not come after itself", { about: "pods/default/a", after: { note: "Made", about: "pods/default/a" } }, false],
    ["after what never happened", { after: { note: "Broken" } }, false],
    ["in a row of three", { note: "Gone", about: "/b", after: { note: "Made", about: "/c", after: { note: "Gone", about: "/a" } } }, true],
    ["in a row the other way round", { note: "Made", about: "/b", after: { note: "Gone", about: "/a" } }, false],
  ])("%s", (_name, wanted, expected) => {
    expect(history(wanted)).toBe(expected);
  });
});

describe("statements together", () => {
  const yes: Expectation = { state: { kind: "Pod" } };
  const no: Expectation = { state: { kind: "Job" } };
  it.each<[name: string, expectation: Expectation, holds: boolean]>([
    ["all of nothing", { all: [] }, true], ["any of nothing", { any: [] }, false], ["not", { not: no }, true], ["not not", { not: { not: yes } }, true],
    ["all true", { all: [yes, yes] }, true], ["one false", { all: [yes, no] }, false], ["one true", { any: [no, yes] }, true], ["all false", { any: [no, no] }, false],
    ["nested", { all: [{ any: [no, yes] }, { not: { all: [yes, no] } }] }, true],
  ])("%s", (_name, expectation, expected) => {
    expect(holds(expectation)).toBe(expected);
  });
});

describe("what is said", () => {
  const failing: Expectation = { state: { kind: "Pod", count: 5 } };
  const sentence = (check: Check): string => evaluateCheck(check, FACTS).sentence;

  it("praises what holds, and counts what doesn't", () => {
    expect(evaluateCheck(checkOf({ state: { kind: "Pod" } }), FACTS)).toEqual({ id: "c", holds: true, sentence: "It holds." });
    expect(evaluateCheck(checkOf(failing), FACTS)).toEqual({ id: "c", holds: false, sentence: "Found 3." });
    expect(sentence(checkOf({ all: [{ state: { kind: "Pod" } }, { state: { kind: "Job", count: 2 } }] }))).toBe("Found 0.");
  });

  it("lets the first wrong way that is recognised speak", () => {
    const wrong = [{ when: { state: { kind: "Job" } }, say: "jobs" }, { when: { state: { kind: "Service" } }, say: "services, {found} pods" }, { when: { state: { kind: "Pod" } }, say: "pods" }];
    expect(sentence(checkOf(failing, wrong))).toBe("services, 3 pods");
    expect(sentence(checkOf({ state: { kind: "Pod" } }, wrong))).toBe("It holds.");
  });
});

describe("neededFacts", () => {
  it("names every kind and note that is looked at, also by wrong ways and in chains, once", () => {
    const checks = [
      checkOf({ all: [{ state: { kind: "Pod" } }, { not: { any: [{ state: { kind: "Job" } }, { history: { note: "A", after: { note: "B", after: { note: "C" } } } }] } }] }, [{ when: { history: { note: "D" } }, say: "" }]),
      checkOf({ state: { kind: "Pod" } }),
    ];
    expect(neededFacts(checks)).toEqual({ kinds: ["Pod", "Job"], notes: ["A", "B", "C", "D"] });
    expect(neededFacts([])).toEqual({ kinds: [], notes: [] });
  });
});
