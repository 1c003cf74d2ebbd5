import { compact, createStore, put } from "../src/engine/store/index.ts";
import { type Behaviour, World } from "../src/engine/bus/index.ts";
import { type Benchmark, cpuMs } from "./benchmark.ts";

/** Writes a second into the store alone, 10,000 keys. */
function storeWrites(): number {
  const store = createStore<{ readonly n: number }>();
  const writes = 1_000_000;
  const keys = Array.from({ length: 10_000 }, (_unused, index) => `/registry/pods/default/pod-${index}`);
  const ms = cpuMs(() => {
    for (let write = 0; write < writes; write++) {
      put(store, keys[write % keys.length] as string, (revision) => ({ n: revision }));
      if (write % 100_000 === 0) compact(store, store.revision - 1000);
    }
  });
  return (writes / ms) * 1000;
}

interface Ball {
  bounces: number;
}

/** Events a second of the bus alone: pairs of components that play ball. */
function busEvents(): number {
  const player: Behaviour<Ball, { readonly peer: string } | undefined> = {
    type: "player",
    start: (context, config) => (config !== undefined && context.send(config.peer, { type: "ball" }), { bounces: 0 }),
    onMessage: (state, context, body, from) => (state.bounces++, context.send(from, body)),
  };
  const world = new World({ seed: 1, startAt: 0, behaviours: new Map([["player", player as Behaviour<unknown>]]) });
  for (let pair = 0; pair < 500; pair++) {
    world.spawn({ id: `b${pair}`, type: "player", host: `hb${pair}`, config: undefined });
    world.spawn({ id: `a${pair}`, type: "player", host: `ha${pair}`, config: { peer: `b${pair}` } });
  }
  const ms = cpuMs(() => void world.run(Number.POSITIVE_INFINITY, 2_000_000));
  return (world.handled / ms) * 1000;
}

/** Kernel alone. */
export const storeBenchmarks: readonly Benchmark[] = [
  { name: "store-writes", unit: "writes/s", goal: 500_000, better: "higher", kind: "speed", run: storeWrites },
  { name: "bus-events", unit: "events/s", goal: 1_000_000, better: "higher", kind: "speed", run: busEvents },
];
