import { describe, expect, it } from "vitest";
import { createStream } from "../random/index.ts";
import { createLink, deliveryTime, type LinkRule, LOCAL_LATENCY_MS, losesDatagram, NETWORK_JITTER_MS, NETWORK_LATENCY_MS, refreshLink } from "./links.ts";

const A = { id: "kubelet/n1", host: "n1" };
const B = { id: "kube-apiserver", host: "control-plane" };
const link = (rules: readonly LinkRule[], from = A, to = B): ReturnType<typeof createLink> => createLink(rules, 1, from, to, 1000);
const rule = (change: Partial<LinkRule>): LinkRule => ({ id: "r", from: "*", to: "*", ...change });

describe("link rules", () => {
  it("leave a link as it is by nature: quick within a host, slower and uneven between hosts", () => {
    expect(link([], A, { id: "runtime/n1", host: "n1" })).toMatchObject({ cut: false, latencyMs: LOCAL_LATENCY_MS, jitterMs: 0, loss: 0 });
    expect(link([])).toMatchObject({ cut: false, latencyMs: NETWORK_LATENCY_MS, jitterMs: NETWORK_JITTER_MS, loss: 0 });
  });

  it.each<[name: string, from: string, to: string, both: boolean, there: boolean, back: boolean]>([
    ["by component", "kubelet/n1", "kube-apiserver", false, true, false],
    ["by host", "n1", "control-plane", false, true, false],
    ["by host and component", "n1", "kube-apiserver", false, true, false],
    ["in both directions", "n1", "control-plane", true, true, true],
    ["written the other way round", "control-plane", "n1", false, false, true],
    ["from anywhere", "*", "kube-apiserver", false, true, false],
    ["everywhere", "*", "*", false, true, true],
    ["elsewhere", "n2", "control-plane", true, false, false],
    ["by a part of a name", "kubelet", "kube-apiserver", false, false, false],
  ])("match %s", (_name, from, to, both, there, back) => {
    const rules = [rule({ from, to, both, cut: true })];
    expect(link(rules).cut).toBe(there);
    expect(link(rules, B, A).cut).toBe(back);
  });

  it("win field by field, the later over the earlier", () => {
    const rules = [rule({ id: "slow", latencyMs: 100, jitterMs: 5 }), rule({ id: "slower", latencyMs: 300 }), rule({ id: "lossy", loss: 0.5 })];
    expect(link(rules)).toMatchObject({ latencyMs: 300, jitterMs: 5, loss: 0.5 });
    expect(link([rule({ cut: true }), rule({ cut: false })]).cut).toBe(false);
  });

  it("remember when a cut began, not when it was looked at again, and forget it when it heals", () => {
    const known = link([rule({ cut: true })]);
    expect(known.cutAt).toBe(1000);
    refreshLink(known, [rule({ cut: true, loss: 0.1 })], 2, A, B, 5000);
    expect(known.cutAt).toBe(1000);
    refreshLink(known, [], 3, A, B, 6000);
    expect(known.cutAt).toBeNaN();
    refreshLink(known, [rule({ cut: true })], 4, A, B, 7000);
    expect(known.cutAt).toBe(7000);
  });
});

describe("deliveryTime", () => {
  it("adds latency and what the work took", () => {
    expect(deliveryTime(link([rule({ latencyMs: 40, jitterMs: 0 })]), createStream(1, "x"), 1000, 7)).toBe(1047);
  });

  it("keeps order: nothing overtakes an earlier message, however slow that one was", () => {
    const slow = link([rule({ latencyMs: 10, jitterMs: 50, loss: 0.2 })]);
    const stream = createStream(1, "x");
    let last = deliveryTime(slow, stream, 0, 5000);
    for (let now = 1; now < 500; now++) {
      const at = deliveryTime(slow, stream, now, 0);
      expect(at).toBeGreaterThanOrEqual(last);
      last = at;
    }
  });

  it("spreads by the jitter, both ends included", () => {
    const seen = new Set<number>();
    const stream = createStream(1, "x");
    for (let round = 0; round < 300; round++) seen.add(deliveryTime(link([rule({ latencyMs: 10, jitterMs: 3 })]), stream, 0, 0));
    expect([...seen].sort((a, b) => a - b)).toEqual([10, 11, 12, 13]);
  });

  it("delays what is lost by retransmissions: 200 ms, then 400 ms more, and gives up doubling", () => {
    const stream = createStream(1, "x");
    const seen = new Set<number>();
    for (let round = 0; round < 2000; round++) seen.add(deliveryTime(link([rule({ latencyMs: 0, jitterMs: 0, loss: 0.5 })]), stream, 0, 0));
    expect([...seen].sort((a, b) => a - b).slice(0, 4)).toEqual([0, 200, 600, 1400]);
    expect(deliveryTime(link([rule({ latencyMs: 0, jitterMs: 0, loss: 1 })]), stream, 0, 0)).toBe(200 * 255);
  });
});

describe("losesDatagram", () => {
  const share = (rules: readonly LinkRule[]): number => {
    const stream = createStream(9, "x");
    const tried = link(rules);
    return Array.from({ length: 2000 }, () => losesDatagram(tried, stream)).filter(Boolean).length / 2000;
  };
  it("loses none, a share, or all", () => {
    expect(share([])).toBe(0);
    expect(share([rule({ cut: true })])).toBe(1);
    expect(share([rule({ loss: 1 })])).toBe(1);
    expect(Math.abs(share([rule({ loss: 0.3 })]) - 0.3)).toBeLessThan(0.04);
  });
});
