/** Plays what a learner might do, headless, and holds the lesson's checks against what happened. */
import { readYaml } from "../../src/base/yaml/index.ts";
import { parseDuration } from "../../src/base/duration/index.ts";
import { Session } from "../../src/engine/session/index.ts";
import { list } from "../../src/engine/store/index.ts";
import { type CheckResult, evaluateCheck, type Lesson } from "../../src/lesson-format/index.ts";
import type { Facts } from "../../src/protocol/index.ts";
import { ETCD, kubeletId, type Pod, type Stored } from "../../src/systems/kubernetes/api/index.ts";
import { type ClusterInput, clusterSession, gallerySession } from "../../src/systems/kubernetes/cluster/index.ts";
import type { EtcdState } from "../../src/systems/kubernetes/etcd/index.ts";

/** What a learner does, one thing a step. */
type Deed = Readonly<Record<string, string | number>>;

/** A file of `solutions/` or `wrong/`. */
export interface Attempt {
  readonly steps: readonly Deed[];
  readonly check?: string;
  readonly feedback?: string;
}

/** Reads a file of `solutions/` or `wrong/`. */
export function readAttempt(text: string): Attempt {
  return readYaml(text).documents[0]?.data as unknown as Attempt;
}

/** The results of all checks after the attempt. */
export function replay(lesson: Lesson, attempt: Attempt): ReadonlyMap<string, CheckResult> {
  const document = gallerySession(lesson.world, lesson.seed);
  if (document === undefined) throw new Error(`no world "${lesson.world}"`);
  const session = new Session(clusterSession, document);
  const play = new Play(session, lesson);
  session.run(30_000);
  for (const deed of attempt.steps) play.do(deed);
  const facts = play.facts();
  return new Map(lesson.checks.map((check) => [check.id, evaluateCheck(check, facts)]));
}

class Play {
  private ticket = 1;
  private lastNode = "";

  constructor(private readonly session: Session<unknown, ClusterInput>, private readonly lesson: Lesson) {}

  do(deed: Deed): void {
    const [verb = "", value = ""] = Object.entries(deed)[0] ?? [];
    const app = String(value);
    switch (verb) {
      case "wait": this.wait(parseDuration(app) ?? 0); return;
      case "apply": this.session.input({ kind: "apply", ticket: this.ticket++, manifest: app === "start" ? this.lesson.manifest : app }); return;
      case "delete-pod": this.request("delete", "pods", "", this.podOf(app)); return;
      case "scale": this.request("patch", "deployments", "apps", { name: "web", body: { spec: { replicas: Number(value) } } }); return;
      case "crash-node-of": this.lastNode = this.podOf(app).node; this.fault({ kind: "crash-node", target: this.lastNode }); return;
      case "start-node": this.fault({ kind: "start-node", target: this.lastNode }); return;
      case "kill-container-of": this.fault({ kind: "kill-container", target: `default/${this.podOf(app).name}`, container: "" }); return;
      case "stop-kubelet-of": this.fault({ kind: "stop-component", target: kubeletId(this.podOf(app).node) }); return;
      default: throw new Error(`unknown step "${verb}"`);
    }
  }

  facts(): Facts {
    const { world } = this.session;
    return { now: world.now, objects: this.objects() as never, notes: world.trace.notes.filter((note) => note.at >= this.session.start + 30_000) };
  }

  private wait(ms: number): void {
    this.session.run(this.session.world.now - this.session.start + ms);
  }

  private fault(fault: Extract<ClusterInput, { readonly kind: "fault" }>["fault"]): void {
    this.session.input({ kind: "fault", fault });
  }

  private request(verb: "delete" | "patch", resource: string, group: string, { name, body }: { readonly name: string; readonly body?: unknown }): void {
    const patch = body === undefined ? {} : { body, options: { patchType: "application/merge-patch+json" as const } };
    this.session.input({ kind: "request", ticket: this.ticket++, call: { verb, group, version: "v1", resource, namespace: "default", name, ...patch } });
  }

  private podOf(app: string): { readonly name: string; readonly node: string } {
    const pod = this.objects().find((object) => object.kind === "Pod" && object.metadata.labels?.["app"] === app && object.metadata.deletionTimestamp === undefined) as (Pod & Stored) | undefined;
    if (pod === undefined) throw new Error(`no pod of ${app}`);
    return { name: pod.metadata.name, node: pod.spec?.nodeName ?? "" };
  }

  private objects(): Stored[] {
    const store = this.session.world.stateOf<EtcdState>(ETCD)?.store;
    return store === undefined ? [] : [...store.prefixes.keys()].flatMap((prefix) => list(store, prefix).map((item) => item.value.object));
  }
}
