/** Histories that once ended badly, as small as they get; the swarm found them. */
import { describe, expect, it } from "vitest";
import { barePod, History, sleepingJob, workload } from "./bench-world.fake.ts";

const stop = (target: string) => ({ kind: "stop-component", target }) as const;
const start = (target: string) => ({ kind: "start-component", target }) as const;

describe("what nodes keep of pods", () => {
  it("addresses come back when the runtime goes down in the middle of a start", () => {
    for (const offset of [2010, 2040, 2278, 2600]) {
      const history = new History(2).at(2000).apply(workload("Deployment", "web", 4)).at(offset).fault(stop("runtime/node-1")).at(7000).fault(start("runtime/node-1"));
      expect(history.problemsAt(120_000)).toEqual([]);
    }
  });

  it("sandboxes that pods have replaced go with their pods", () => {
    const history = new History(1).at(2000).apply(workload("Deployment", "web", 3)).at(20_000).fault({ kind: "crash-node", target: "node-1" }).at(30_000).fault({ kind: "start-node", target: "node-1" });
    history.at(60_000).apply(workload("Deployment", "web", 1));
    expect(history.problemsAt(200_000)).toEqual([]);
  });

  it("the address of a pod that failed with its runtime comes back", () => {
    const history = new History(1).at(2000).apply(barePod("once", "shop/web:1", { restartPolicy: "Never" })).at(10_000).fault(stop("runtime/node-1")).at(20_000).fault(start("runtime/node-1"));
    expect(history.problemsAt(120_000)).toEqual([]);
  });

  it("a sandbox that a frozen runtime made after its kubelet had given up is stopped", () => {
    const history = new History(1).at(2000).fault({ kind: "pause-component", target: "runtime/node-1" }).apply(workload("Deployment", "web", 2)).at(90_000).fault({ kind: "resume-component", target: "runtime/node-1" });
    expect(history.problemsAt(260_000)).toEqual([]);
  });

  it("a pod that stops while the runtime is frozen still goes", () => {
    const history = new History(1).at(2000).apply(workload("Deployment", "web", 2, "shop/web:1", { terminationGracePeriodSeconds: 0 })).at(20_000).apply(workload("Deployment", "web", 0)).at(20_030).fault({ kind: "pause-component", target: "runtime/node-1" });
    history.at(80_000).fault({ kind: "resume-component", target: "runtime/node-1" });
    expect(history.problemsAt(260_000)).toEqual([]);
  });
});

describe("pods that go", () => {
  it("do so while they wait for their turn to pull an image again", () => {
    const pods = Array.from({ length: 8 }, (_, index) => barePod(`p-${index}`, "shop/web:no-such-tag"));
    for (const at of [14_500, 15_000, 15_300, 16_000]) {
      const history = new History(1).at(2000).apply(...pods).at(at);
      for (const { metadata } of pods) history.delete("", "pods", metadata?.name ?? "");
      expect(history.problemsAt(90_000)).toEqual([]);
      expect(history.stored("/registry/pods/")).toEqual([]);
    }
  });

  it("are ready again after the node controller called them unready for want of an API server", () => {
    const history = new History(3).at(2000).apply(workload("Deployment", "web", 6)).at(20_000).fault({ kind: "cut-link", target: "kube-controller-manager", other: "kube-apiserver" });
    history.at(54_000).fault(stop("kube-apiserver")).at(66_000).fault({ kind: "heal-link", target: "kube-controller-manager", other: "kube-apiserver" }).at(71_000).fault(start("kube-apiserver"));
    expect(history.problemsAt(200_000)).toEqual([]);
  });
});

describe("Jobs", () => {
  it.each(["Background", "Foreground"] as const)("pods of a deleted Job are not held back by its finalizer (%s)", (policy) => {
    const history = new History(1).at(2000).apply(sleepingJob("work", 300)).at(10_000).delete("batch", "jobs", "work", policy);
    expect(history.problemsAt(120_000)).toEqual([]);
    expect(history.world.trace.notes.some(({ kind }) => kind === "PodTerminated")).toBe(true);
  });

  it("orphaned pods of a Job can be deleted", () => {
    const history = new History(1).at(2000).apply(sleepingJob("work", 20)).at(10_000).delete("batch", "jobs", "work", "Orphan").at(60_000);
    const { stored } = history;
    const pods = stored("/registry/pods/default/");
    expect(pods).toHaveLength(2);
    expect(pods.every(({ metadata }) => metadata.finalizers === undefined && metadata.ownerReferences === undefined)).toBe(true);
  });
});

describe("faults of images", () => {
  it("end at runtimes that were frozen when the image came back", () => {
    const image = "shop/web:2";
    const history = new History(1).at(2000).fault({ kind: "image-missing", target: image }).apply(workload("Deployment", "web", 1, image)).at(10_000);
    history.fault({ kind: "pause-component", target: "runtime/node-1" }).at(12_000).fault({ kind: "image-back", target: image }).at(14_000).fault({ kind: "resume-component", target: "runtime/node-1" });
    expect(history.problemsAt(200_000)).toEqual([]);
  });
});
