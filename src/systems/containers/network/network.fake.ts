/** A node's network between a program that sends and a runtime that answers, for tests. */
import { type Behaviour, type Message, World } from "../../../engine/bus/index.ts";
import type { CriResponse, SandboxStatus } from "../cri/index.ts";
import type { Packet, PacketAnswer } from "../packets/index.ts";
import { nodeNetwork, type NameResolved, type NetworkConfig, type NetworkState, type ResolveName, type ServiceRules, type SetServiceRules } from "./index.ts";

interface SenderState {
  readonly answers: Map<number, { readonly at: number; readonly body: Message }>;
}

/** Sends what it is told to, keeps what comes back with its time. */
const sender: Behaviour<SenderState> = {
  type: "sender",
  start: () => ({ answers: new Map() }),
  onMessage: (_state, context, body) => void context.request("network/a", (body as unknown as { readonly what: Message }).what, (body as unknown as { readonly id: number }).id, 60_000),
  onReply: (state, context, body, tag) => void state.answers.set(tag as number, { at: context.now, body }),
  onFailure: (state, context, reason, tag) => void state.answers.set(tag as number, { at: context.now, body: { type: reason } }),
};

/** Answers every packet with what it saw of it. */
const echo: Behaviour<{ sandboxes: SandboxStatus[] }> = {
  type: "echo",
  start: () => ({ sandboxes: [] }),
  onMessage: (state, _context, body) => void (state.sandboxes = (body as unknown as { readonly sandboxes: SandboxStatus[] }).sandboxes),
  onRequest(state, context, body, request) {
    if (body.type === "packet") {
      const { host, port, sourceIp, hops } = body as Packet;
      context.reply(request, { type: "packet-answer", outcome: "answer", status: 200, body: `${context.self} ${host}:${port} from ${sourceIp} hops ${hops ?? 0}`, served: host } as PacketAnswer);
    } else context.reply(request, { type: "cri/sandboxes", sandboxes: state.sandboxes } as CriResponse);
  },
};

/** Knows two names. */
const names: Behaviour<{ asked: ResolveName[] }> = {
  type: "names",
  start: () => ({ asked: [] }),
  onRequest(state, context, body, request) {
    state.asked.push(body as ResolveName);
    const known: Readonly<Record<string, readonly string[]>> = { web: ["10.96.0.20"], db: ["10.244.1.2", "10.244.2.2"] };
    context.reply(request, { type: "network/name", addresses: known[(body as ResolveName).name] ?? [], ttlMs: 5000 } as NameResolved);
  },
};

/** See the module's comment. Node "a" has pods 10.244.1.x, node "b" 10.244.2.x. */
export class NetworkBench {
  readonly world: World;
  private next = 1;

  constructor(seed = 1) {
    const behaviours = new Map<string, Behaviour<unknown>>();
    for (const behaviour of [nodeNetwork, sender, echo, names]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
    this.world = new World({ seed, startAt: 1_000_000, behaviours });
    const routes = new Map([["10.244.1.", "network/a"], ["192.168.0.1", "network/a"], ["10.244.2.", "network/b"], ["192.168.0.2", "network/b"], ["10.244.9.", "network/gone"]]);
    const config = (node: string, number: number): NetworkConfig => ({ node, nodeIp: `192.168.0.${number}`, podCidr: `10.244.${number}.0/24`, zone: `zone-${node}`, runtime: `runtime/${node}`, routes, nameServer: "names", rulesAuthor: "author" });
    this.world.spawn({ id: "network/a", type: "network", host: "a", config: config("a", 1) });
    this.world.spawn({ id: "network/b", type: "network", host: "b", config: config("b", 2) });
    this.world.spawn({ id: "runtime/a", type: "echo", host: "a", config: undefined });
    this.world.spawn({ id: "runtime/b", type: "echo", host: "b", config: undefined });
    this.world.spawn({ id: "names", type: "names", host: "c", config: undefined });
    this.world.spawn({ id: "sender", type: "sender", host: "a", config: undefined });
    this.pass(10);
  }

  /** Lets time pass, ms. */
  pass(ms: number): void {
    this.world.run(this.world.now + ms);
  }
  state(node = "a"): NetworkState {
    return this.world.stateOf<NetworkState>(`network/${node}`)!;
  }
  asked(): readonly ResolveName[] {
    return this.world.stateOf<{ asked: ResolveName[] }>("names")!.asked;
  }
  /** Sends to network "a" and returns the number under which {@link NetworkBench.answer} finds what came back. */
  ask(what: object): number {
    const id = this.next++;
    this.world.inject("sender", { type: "send", id, what } as Message);
    return id;
  }
  answer(id: number): (PacketAnswer & { readonly at: number }) | undefined {
    const found = this.world.stateOf<SenderState>("sender")!.answers.get(id);
    return found === undefined ? undefined : { ...(found.body as PacketAnswer), at: found.at };
  }
  /** Sends a packet and waits for its answer. */
  send(host: string, port = 80, more: Partial<Packet> = {}): PacketAnswer & { readonly tookMs: number } {
    const id = this.ask(packet(host, port, more));
    const from = this.world.now;
    for (let step = 0; step < 3000 && this.answer(id) === undefined; step++) this.pass(10);
    const { at, ...answer } = this.answer(id)!;
    return { ...answer, tookMs: at - from };
  }
  attach(sandboxId: string, namespace = "default", hostPorts: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[] = []): string {
    const id = this.ask({ type: "cni/ADD", sandboxId, podUid: sandboxId, namespace, podName: sandboxId, hostPorts });
    this.pass(10);
    return (this.answer(id) as unknown as { readonly ip: string }).ip;
  }
  program(message: Partial<SetServiceRules>, node = "a"): void {
    this.world.inject(`network/${node}`, { type: "network/SetServiceRules", full: false, changed: [] as readonly ServiceRules[], removed: [], ...message } as Message);
    this.pass(5);
  }
}

/** A packet from a pod on node "a". */
export function packet(host: string, port = 80, more: Partial<Packet> = {}): Packet {
  return { type: "packet", protocol: "TCP", sourceIp: "10.244.1.200", host, port, request: { method: "GET", path: "/" }, ...more };
}
