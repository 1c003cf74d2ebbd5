import { describe, expect, it } from "vitest";
import type { Caption } from "../../protocol/index.ts";
import { CAPTION_LIMIT, createCaptionStore, nextCaption, QUEUE_LIMIT, withCaptions } from "./caption-store.ts";
import { cureOf, faultKey, isCure, withFault } from "./fault-store.ts";
import { refOfNote } from "./object-ref.ts";
import { createViewStore } from "./view-store.ts";

function caption(id: number, change: Partial<Caption> = {}): Caption {
  return { id, at: id, kind: "PodReady", weight: 1, component: "kubelet/node-1", object: "pods/default/a", sentence: `s${id}`, strong: [], mark: "", tone: "ready", ...change };
}

const silent = createCaptionStore().getInitialState();

describe("captions", () => {
  it("queues what matters and logs all", () => {
    const state = withCaptions(silent, [caption(1), caption(2, { weight: 2 }), caption(3, { mark: "ready" })]);
    expect(state.queue.map((one) => one.id)).toEqual([1, 3]);
    expect(state.log).toHaveLength(3);
    expect(state.marks.map((one) => one.id)).toEqual([3]);
  });

  it("folds the oldest when twenty things happen at once", () => {
    const state = withCaptions(silent, Array.from({ length: 20 }, (_, i) => caption(i + 1)));
    expect(state.queue).toHaveLength(QUEUE_LIMIT);
    expect(state.folded).toBe(20 - QUEUE_LIMIT);
    const next = nextCaption(state);
    expect(next.shown?.id).toBe(21 - QUEUE_LIMIT);
    expect(next.folded).toBe(0);
  });

  it("keeps the log bounded and the state when nothing is said", () => {
    const state = withCaptions(silent, Array.from({ length: CAPTION_LIMIT + 5 }, (_, i) => caption(i)));
    expect(state.log).toHaveLength(CAPTION_LIMIT);
    expect(state.log[0]?.id).toBe(5);
    expect(withCaptions(state, [])).toBe(state);
    expect(nextCaption(silent)).toBe(silent);
  });
});

describe("faults at work", () => {
  const none = { active: [] };

  it("stay until cured", () => {
    const cut = { kind: "cut-link", target: "node-1", other: "control-plane" } as const;
    const state = withFault(none, cut);
    expect(state.active).toHaveLength(1);
    const cure = cureOf(cut);
    expect(cure).toEqual({ kind: "heal-link", target: "node-1", other: "control-plane" });
    expect(cure !== null && isCure(cure)).toBe(true);
    expect(withFault(state, cure ?? cut).active).toEqual([]);
  });

  it("replace the same fault and leave deeds alone", () => {
    const slow = { kind: "slow-link", target: "node-1", other: "control-plane", latencyMs: 5 } as const;
    expect(withFault(withFault(none, slow), { ...slow, latencyMs: 9 }).active.map((one) => one.fault)).toEqual([{ ...slow, latencyMs: 9 }]);
    expect(faultKey({ kind: "kill-container", target: "default/a", container: "web" })).toBe("");
    expect(withFault(none, { kind: "kill-container", target: "default/a", container: "web" })).toBe(none);
  });

  it("know that a rate of nothing is a cure", () => {
    expect(isCure({ kind: "fill-disk", target: "node-1", share: 0 })).toBe(true);
    expect(isCure({ kind: "crash-container", target: "default/a", container: "web", everyMs: 5000 })).toBe(false);
    expect(cureOf({ kind: "start-node", target: "node-1" })).toBeNull();
  });
});

describe("refOfNote", () => {
  it("reads namespaced and cluster objects and refuses the rest", () => {
    expect(refOfNote("pods/default/web-1")).toEqual({ apiVersion: "v1", kind: "Pod", namespace: "default", name: "web-1" });
    expect(refOfNote("deployments/shop/web")?.apiVersion).toBe("apps/v1");
    expect(refOfNote("nodes/node-1")).toEqual({ apiVersion: "v1", kind: "Node", namespace: "", name: "node-1" });
    expect(refOfNote("weather/today")).toBeNull();
    expect(refOfNote("")).toBeNull();
  });
});

describe("view preferences", () => {
  it("are remembered and survive nonsense", () => {
    const kept = new Map<string, string>();
    const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => { kept.set(key, value); } };
    createViewStore(storage).setState({ theme: "dark", guideOpen: false });
    expect(createViewStore(storage).getState()).toMatchObject({ theme: "dark", guideOpen: false, presenting: false });
    kept.set("orrery/view", '{"theme":"pink","guideOpen":3}');
    expect(createViewStore(storage).getState()).toMatchObject({ theme: "system", guideOpen: true });
    kept.set("orrery/view", "{");
    expect(createViewStore(storage).getState().theme).toBe("system");
  });
});
