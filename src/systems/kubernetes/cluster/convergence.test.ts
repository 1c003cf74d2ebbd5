import { describe, expect, it } from "vitest";
import type { World } from "../../../engine/bus/index.ts";
import { createStream, nextBelow } from "../../../engine/random/index.ts";
import { list } from "../../../engine/store/index.ts";
import type { NetworkState } from "../../containers/network/index.ts";
import { CLIENTS, CLUSTER_DNS, ETCD, type EndpointSlice, kubeProxyId, nodeNetworkId } from "../api/index.ts";
import { clientSummary, type ClientsState } from "../clients/index.ts";
import type { EtcdState } from "../etcd/index.ts";
import { createCluster } from "./assemble.ts";
import { applyInput } from "./inputs.ts";
import { type ClusterSpec, readClusterSpec } from "./spec.ts";
import { STARTERS } from "./starters.ts";

const NODES = ["node-1", "node-2", "node-3", "node-4"];
const PARTS = [...NODES.map(kubeProxyId), ...NODES.map(nodeNetworkId), CLUSTER_DNS, "kube-apiserver", "kube-controller-manager", "etcd"];

function run(world: World, ms: number): void {
  world.run(world.now + ms);
}

/** Stops, starts, cuts and changes things at random for a minute. */
function trouble(world: World, seed: number): void {
  const random = createStream(seed, "trouble");
  for (let round = 0; round < 30; round++) {
    const part = PARTS[nextBelow(random, PARTS.length)] ?? "";
    const kind = nextBelow(random, 4);
    if (kind === 0) applyInput(world, { kind: "fault", fault: { kind: "stop-component", target: part } });
    else if (kind === 1) applyInput(world, { kind: "fault", fault: { kind: "start-component", target: part } });
    else if (kind === 2) applyInput(world, { kind: "fault", fault: { kind: nextBelow(random, 2) === 0 ? "cut-link" : "heal-link", target: NODES[nextBelow(random, 4)] ?? "", other: "control-plane" } });
    else applyInput(world, { kind: "apply", ticket: 100 + round, manifest: STARTERS.web.replace("replicas: 3", `replicas: ${1 + nextBelow(random, 6)}`) });
    run(world, 2000);
  }
}

function heal(world: World): void {
  for (const node of NODES) applyInput(world, { kind: "fault", fault: { kind: "heal-link", target: node, other: "control-plane" } });
  for (const part of PARTS) applyInput(world, { kind: "fault", fault: { kind: "start-component", target: part } });
}

/** "ip:port" of the ready endpoints of a service, by the API. */
function wanted(world: World): string[] {
  const slices = list(world.stateOf<EtcdState>(ETCD)!.store, "/registry/endpointslices/default/").map(({ value }) => value.object as unknown as EndpointSlice).filter(({ metadata }) => metadata?.labels?.["kubernetes.io/service-name"] === "web");
  return slices.flatMap(({ endpoints = [], ports }) => endpoints.filter(({ conditions }) => conditions?.ready === true).map(({ addresses }) => `${addresses[0] ?? ""}:${ports?.[0]?.port ?? 0}`)).sort();
}

function programmed(world: World, node: string): string[] {
  const rules = world.stateOf<NetworkState>(nodeNetworkId(node))!.rules.services.get("default/web");
  return (rules?.entries[0]?.endpoints.cluster ?? []).map(({ ip, port }) => `${ip}:${port}`).sort();
}

describe("after trouble", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("every node's rules are what the API says, and no request is lost (seed %i)", (seed) => {
    const world = createCluster(readClusterSpec({ nodes: 4 }) as ClusterSpec, seed);
    run(world, 15_000);
    applyInput(world, { kind: "apply", ticket: 1, manifest: STARTERS.web });
    run(world, 20_000);
    applyInput(world, { kind: "traffic", on: true, spec: { name: "customers", url: "http://web.default/", perSecond: 20, from: "inside" } });
    trouble(world, seed);
    heal(world);
    run(world, 180_000);
    expect(wanted(world).length).toBeGreaterThan(0);
    for (const node of NODES) expect([node, programmed(world, node)]).toEqual([node, wanted(world)]);
    const state = world.stateOf<ClientsState>(CLIENTS)!;
    const before = clientSummary(state, "customers")!;
    run(world, 20_000);
    const after = clientSummary(state, "customers")!;
    expect(after.failed - before.failed).toBe(0);
    expect(after.answered - before.answered).toBeGreaterThan(380);
  });
});
