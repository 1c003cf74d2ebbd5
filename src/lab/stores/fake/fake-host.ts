/**
 * A scripted double of the engine host: speaks the protocol, knows one story (a Deployment rolled out on three nodes).
 * For tests, and for `?host=fake` in development; never part of a build.
 */
import type { Batch, CommandMessage, CommandName, Commands, EntityView, HostMessage, PaceView, WorldSummary } from "../../../protocol/index.ts";
import { fakeApply, fakeFlight, type FakeBeat } from "./fake-script.ts";
import { FAKE_START, fakeComponents, fakeCrowd, fakeMidRollout, fakeNode, fakeService } from "./fake-world.ts";
import type { HostPort } from "../host-port.ts";

const SAMPLE = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n  selector:\n    matchLabels: { app: web }\n  template:\n    metadata:\n      labels: { app: web }\n    spec:\n      containers:\n        - name: web\n          image: shop/web:1\n";
const WORLDS: readonly WorldSummary[] = [
  { name: "one", title: "One node", description: "The smallest cluster: everything shares one machine.", nodes: 1, starter: SAMPLE },
  { name: "three", title: "Three nodes", description: "Room to spread, and room to lose one.", nodes: 3, starter: SAMPLE },
  { name: "rollout", title: "In the middle of a rollout", description: "Two revisions, a lost node, a pod in a crash loop.", nodes: 3, starter: SAMPLE },
  { name: "ten", title: "Ten nodes", description: "A cluster as a team has it.", nodes: 10, starter: SAMPLE },
  { name: "fifty", title: "Fifty nodes", description: "Two hundred pods at a glance.", nodes: 50, starter: SAMPLE },
  { name: "crowd", title: "A crowd", description: "Six hundred pods on sixty nodes.", nodes: 60, starter: SAMPLE },
];
const BEAT_REAL_MS = 420;

function entitiesOf(world: string, now: number): EntityView[] {
  if (world === "rollout") return fakeMidRollout(now);
  if (world === "ten") return fakeCrowd(10, 6);
  if (world === "fifty") return fakeCrowd(50, 4);
  if (world === "crowd") return fakeCrowd(60, 10);
  const nodes = world === "one" ? 1 : 3;
  return [...fakeComponents(), ...Array.from({ length: nodes }, (_, i) => fakeNode(`node-${i + 1}`)), fakeService("web")];
}

/** Opens the double. */
export function openFakeHost(): HostPort {
  let handler: (message: HostMessage) => void = () => undefined;
  let pace: PaceView = { mode: "follow", playing: false, speed: 1, skippedMs: 0 };
  let [now, sequence, epoch, ids, generation, world] = [FAKE_START, 0, 0, 0, 0, "three"];
  let beats: FakeBeat[] = [];

  function emit(change: Partial<Batch>): void {
    sequence += 1;
    handler({ kind: "batch", epoch, sequence, now, startedAt: FAKE_START, revision: 1284 + sequence, handled: sequence, pace, changed: [], removed: [], flights: [], captions: [], ...change });
  }

  function beat(): boolean {
    const next = beats.shift();
    if (next === undefined) return false;
    now += next.afterMs;
    const flights = (next.flights ?? []).map((one) => fakeFlight(ids += 1, now, one));
    const captions = next.said === undefined ? [] : [{ ...next.said, id: ids += 1, at: now, weight: 1 as const }];
    pace = { ...pace, skippedMs: next.afterMs > 500 ? next.afterMs : 0 };
    emit({ changed: next.changed ?? [], removed: next.removed ?? [], flights, captions });
    return true;
  }

  const timer = setInterval(() => {
    if (!pace.playing || pace.mode === "step" || beat()) return;
    if (pace.mode === "live") now += BEAT_REAL_MS * pace.speed;
    emit({});
  }, BEAT_REAL_MS);

  function open(name: string): { title: string; starter: string } {
    [world, epoch, now, beats, generation] = [name, epoch + 1, FAKE_START + (name === "rollout" ? 42_310 : 0), [], 0];
    emit({ changed: entitiesOf(name, now) });
    return { title: WORLDS.find((one) => one.name === name)?.title ?? name, starter: SAMPLE };
  }

  const answers: { readonly [N in CommandName]?: (input: Commands[N]["input"]) => Commands[N]["output"] } = {
    "list-worlds": () => WORLDS,
    "open-world": ({ name }) => open(name),
    "open-session": ({ session }) => ({ title: open(String(session.world)).title }),
    "save-session": () => ({ format: "orrery/session", version: 1, seed: 1, world, inputs: [] }),
    "play": ({ playing }) => { pace = { ...pace, playing }; emit({}); return null; },
    "set-pace": ({ mode, speed }) => { pace = { ...pace, mode, speed }; emit({}); return null; },
    "step": () => ({ happened: beat() }),
    "run-for": ({ ms }) => { now += ms; emit({}); return null; },
    "apply": () => {
      generation += 1;
      beats.push(...fakeApply(generation, now));
      return { documents: [{ file: "web.yaml", line: 1, ref: { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "web" }, outcome: "created", message: "deployment.apps/web serverside-applied", warnings: [], problems: [] }] };
    },
    "fault": ({ fault }) => ({ ok: true, message: `${fault.kind} ${fault.target}` }),
    "delete-object": ({ ref }) => ({ ok: true, message: `${ref.kind.toLowerCase()} "${ref.name}" deleted` }),
    "traffic": () => null,
    "why": ({ id }) => ({ steps: [
      { id, at: now, component: "kube-scheduler", sentence: "scheduler placed the pod: two nodes had room, node-2 had more CPU free.", object: "pods/default/web-7d4-x2k" },
      { id: id - 1, at: now - 20, component: "kube-controller-manager", sentence: "ReplicaSet controller made the pod: one fewer than wanted existed.", object: "replicasets/default/web-7d4" },
      { id: id - 2, at: now - 400, component: "user", sentence: "You applied Deployment web.", object: "deployments/default/web" },
    ] }),
  };

  return {
    send: (message: CommandMessage) => {
      const answer = answers[message.name] as ((input: unknown) => unknown) | undefined;
      queueMicrotask(() => {
        if (answer === undefined) handler({ kind: "answer", ticket: message.ticket, error: `the double does not know ${message.name}` });
        else handler({ kind: "answer", ticket: message.ticket, output: answer(message.input) });
      });
    },
    listen: (next) => { handler = next; },
    close: () => { clearInterval(timer); },
  };
}
