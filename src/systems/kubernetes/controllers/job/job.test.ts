import { describe, expect, it } from "vitest";
import type { CronJob, Job, Pod } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";
import { formatIndexes, parseIndexes } from "./job-pods.ts";

function job(spec: Partial<NonNullable<Job["spec"]>> = {}): Job {
  return {
    apiVersion: "batch/v1", kind: "Job", metadata: { name: "work", namespace: "default" },
    spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "c", image: "busybox" }] } }, ...spec },
  };
}
function cluster(): RealCluster {
  const c = new RealCluster(CONTROLLERS);
  c.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } });
  return c;
}
const pods = (c: RealCluster): Pod[] => c.list<Pod>("pods", "default");
const active = (c: RealCluster): Pod[] => pods(c).filter((pod) => pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed" && pod.metadata?.deletionTimestamp === undefined);
function end(c: RealCluster, pod: Pod, phase: "Succeeded" | "Failed"): void {
  c.patch("pods", `default/${pod.metadata!.name!}`, { status: { phase } }, "status");
  c.run(300);
}
const work = (c: RealCluster): Job => c.get<Job>("jobs.batch", "default/work")!;

describe("Job", () => {
  it("runs to its completions, never more at once than its parallelism, and counts each pod once", () => {
    const c = cluster();
    c.create("jobs.batch", job({ completions: 5, parallelism: 2 }));
    c.run(500);
    for (let round = 0; round < 10 && work(c).status?.completionTime === undefined; round++) {
      expect(active(c).length).toBeLessThanOrEqual(2);
      const [pod] = active(c);
      if (pod !== undefined) end(c, pod, "Succeeded");
    }
    expect(work(c).status).toMatchObject({ succeeded: 5 });
    expect(work(c).status?.active).toBeUndefined();
    expect(work(c).status?.conditions?.map((condition) => condition.type)).toEqual(["SuccessCriteriaMet", "Complete"]);
    expect(pods(c)).toHaveLength(5);
    expect(pods(c).every((pod) => pod.metadata?.finalizers === undefined)).toBe(true);
    expect(c.notes("JobCompleted")).toHaveLength(1);
  });

  it("tries again after failures, with back-off, until the limit", () => {
    const c = cluster();
    c.create("jobs.batch", job({ backoffLimit: 1 }));
    c.run(500);
    end(c, active(c)[0]!, "Failed");
    expect(active(c)).toHaveLength(0);
    c.run(12_000);
    expect(active(c)).toHaveLength(1);
    end(c, active(c)[0]!, "Failed");
    c.run(1000);
    expect(work(c).status).toMatchObject({ failed: 2 });
    expect(work(c).status?.conditions?.at(-1)).toMatchObject({ type: "Failed", reason: "BackoffLimitExceeded", message: "Job has reached the specified backoff limit" });
    c.run(60_000);
    expect(pods(c)).toHaveLength(2);
  });

  it("stops at its deadline", () => {
    const c = cluster();
    c.create("jobs.batch", job({ activeDeadlineSeconds: 10 }));
    c.run(13_000);
    c.run(1000);
    expect(active(c)).toHaveLength(0);
    expect(work(c).status?.conditions?.at(-1)).toMatchObject({ type: "Failed", reason: "DeadlineExceeded" });
  });

  it("gives each pod of an Indexed Job its index", () => {
    const c = cluster();
    c.create("jobs.batch", job({ completions: 3, parallelism: 3, completionMode: "Indexed" }));
    c.run(500);
    expect(pods(c).map((pod) => pod.metadata?.annotations?.["batch.kubernetes.io/job-completion-index"]).sort()).toEqual(["0", "1", "2"]);
    expect(pods(c).map((pod) => pod.spec?.hostname).sort()).toEqual(["work-0", "work-1", "work-2"]);
    for (const pod of pods(c)) end(c, pod, "Succeeded");
    expect(work(c).status).toMatchObject({ succeeded: 3, completedIndexes: "0-2" });
  });

  it("suspends and resumes", () => {
    const c = cluster();
    c.create("jobs.batch", job({ suspend: true }));
    c.run(500);
    expect(pods(c)).toHaveLength(0);
    expect(work(c).status?.conditions?.[0]).toMatchObject({ type: "Suspended", status: "True", reason: "JobSuspended" });
    c.patch("jobs.batch", "default/work", { spec: { suspend: false } });
    c.run(500);
    expect(active(c)).toHaveLength(1);
  });

  it("writes indexes as upstream", () => {
    expect(formatIndexes([0, 1, 2, 4, 6, 7])).toBe("0-2,4,6,7");
    expect([...parseIndexes("0-2,4,6,7")]).toEqual([0, 1, 2, 4, 6, 7]);
  });
});

describe("CronJob", () => {
  function cron(extra: Partial<NonNullable<CronJob["spec"]>> = {}): CronJob {
    return { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "tick", namespace: "default" }, spec: { schedule: "*/1 * * * *", jobTemplate: { spec: job().spec! }, ...extra } };
  }
  it("makes one Job at each time, and remembers it", () => {
    const c = cluster();
    c.create("cronjobs.batch", cron());
    c.run(200_000);
    const jobs = c.list<Job>("jobs.batch", "default");
    expect(jobs).toHaveLength(3);
    expect(jobs[0]?.metadata?.name).toMatch(/^tick-[0-9]+$/);
    expect(c.get<CronJob>("cronjobs.batch", "default/tick")?.status).toMatchObject({ lastScheduleTime: "2026-01-01T00:03:00Z" });
    expect(pods(c)).toHaveLength(3);
  });

  it("does not overlap when that is forbidden", () => {
    const c = cluster();
    c.create("cronjobs.batch", cron({ concurrencyPolicy: "Forbid" }));
    c.run(200_000);
    expect(c.list<Job>("jobs.batch", "default")).toHaveLength(1);
    end(c, active(c)[0]!, "Succeeded");
    c.run(60_000);
    expect(c.list<Job>("jobs.batch", "default").length).toBe(2);
  });

  it("keeps three successful Jobs", () => {
    const c = cluster();
    c.create("cronjobs.batch", cron());
    for (let round = 0; round < 6; round++) {
      c.run(60_000);
      for (const pod of active(c)) end(c, pod, "Succeeded");
    }
    c.run(2000);
    expect(c.list<Job>("jobs.batch", "default").length).toBeLessThanOrEqual(4);
  });
});
