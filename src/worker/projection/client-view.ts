import type { World } from "../../engine/bus/index.ts";
import { get } from "../../engine/store/index.ts";
import type { ClientView } from "../../protocol/index.ts";
import { CLIENTS, ETCD } from "../../systems/kubernetes/api/index.ts";
import { clientSummary, type ClientsState } from "../../systems/kubernetes/clients/index.ts";
import type { EtcdState } from "../../systems/kubernetes/etcd/index.ts";

/** How far back "recently" reaches, ms. */
const RECENT_MS = 10_000;

/** Programs that send requests and count answers. */
export function clientViews(world: World): ClientView[] {
  const state = world.stateOf<ClientsState>(CLIENTS);
  if (state === undefined) return [];
  return [...state.programs].map(([name, { spec, on, sent, answered, failed, errors }]) => {
    const recent = clientSummary(state, name, world.now - RECENT_MS, world.now);
    return {
      type: "client", id: `client/${name}`, name, target: spec.url, perSecond: on ? spec.perSecond : 0, sent, answered, failed,
      byPod: byUid(world, recent?.byPod ?? new Map<string, number>()), failedRecently: recent?.failed ?? 0, latencyMs: recent?.latencyMs ?? 0,
      lastError: errors.at(-1)?.reason ?? "",
    };
  });
}

/** Answers by pod name as answers by pod uid; pods that are gone are left out. */
function byUid(world: World, byPod: ReadonlyMap<string, number>): Record<string, number> {
  const store = world.stateOf<EtcdState>(ETCD)?.store;
  const counts: Record<string, number> = {};
  if (store === undefined) return counts;
  for (const [pod, count] of byPod) {
    const uid = get(store, `/registry/pods/${pod}`)?.value.object.metadata.uid;
    if (uid !== undefined) counts[uid] = count;
  }
  return counts;
}
