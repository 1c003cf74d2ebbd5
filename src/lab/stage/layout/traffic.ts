import { blockHeight, placeBlock, podBlock } from "./pod-block.ts";
import { around, sideways, type Box, type Link, type Place, type StageLayout, type Viewport } from "./place.ts";

/** Who talks to whom: clients with the Service they call, Services with the pods behind them. */
export interface TrafficInput {
  readonly clients: readonly { readonly id: string; readonly service: string }[];
  readonly services: readonly { readonly id: string; readonly ready: readonly string[]; readonly notReady: readonly string[] }[];
  readonly viewport: Viewport;
}

const CLIENT = { width: 190, height: 98 };
const SERVICE = { width: 204, height: 90 };
const BETWEEN = 26;

/** Three columns: clients, Services, pods. A pod behind two Services stands with the first. */
export function layoutTraffic(input: TrafficInput): StageLayout {
  const places = new Map<string, Place>();
  const links: Link[] = [];
  const narrow = input.viewport.width < 560;
  const gap = narrow ? 30 : 90;
  const columns = { service: CLIENT.width + gap, pod: CLIENT.width + SERVICE.width + 2 * gap };
  const all = new Set(input.services.flatMap((one) => [...one.ready, ...one.notReady]));
  const block = podBlock(all.size, input.services.length, input.viewport);
  let y = 0;
  for (const service of input.services) {
    const mine = [...service.ready, ...service.notReady].filter((id) => !places.has(id));
    const callers = input.clients.filter((client) => client.service === service.id);
    const tall = Math.max(blockHeight(block, mine.length), SERVICE.height, callers.length * (CLIENT.height + 12) - 12);
    placeBlock(block, mine, { x: columns.pod, y: y + (tall - blockHeight(block, mine.length)) / 2 }, places);
    places.set(service.id, { id: service.id, kind: "service", box: { x: columns.service, y: y + (tall - SERVICE.height) / 2, ...SERVICE }, size: "tile" });
    stack(callers.map((client) => client.id), y + (tall - callers.length * (CLIENT.height + 12) + 12) / 2, places);
    y += tall + BETWEEN;
  }
  stack(input.clients.filter((client) => !input.services.some((one) => one.id === client.service)).map((client) => client.id), y, places);
  for (const client of input.clients) connect(links, places, client.id, client.service, "calls");
  for (const service of input.services) {
    for (const pod of service.ready) connect(links, places, service.id, pod, "endpoint");
    for (const pod of service.notReady) connect(links, places, service.id, pod, "no-endpoint");
  }
  return { bounds: around([...places.values()].map((place) => place.box), 12), places, links, orbits: [], anchors: anchors(places, input) };
}

function stack(ids: readonly string[], top: number, places: Map<string, Place>): void {
  for (const [i, id] of ids.entries()) places.set(id, { id, kind: "client", box: { x: 0, y: top + i * (CLIENT.height + 12), ...CLIENT }, size: "tile" });
}

function connect(links: Link[], places: ReadonlyMap<string, Place>, from: string, to: string, look: Link["look"]): void {
  const [a, b] = [places.get(from)?.box, places.get(to)?.box];
  if (a === undefined || b === undefined) return;
  links.push({ id: `${look}/${from}/${to}`, from, to, curve: sideways({ x: a.x + a.width, y: a.y + a.height / 2 }, { x: b.x, y: b.y + b.height / 2 }), look });
}

function anchors(places: ReadonlyMap<string, Place>, input: TrafficInput): Map<string, Box> {
  const found = new Map<string, Box>([...places].map(([id, place]) => [id, place.box]));
  const first = places.get(input.clients[0]?.id ?? "");
  if (first !== undefined) found.set("clients", first.box);
  return found;
}
