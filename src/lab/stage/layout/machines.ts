import { arrange, type Arrangement } from "./card-measures.ts";
import { layoutControlPlane, planeHeight, SUN, type ControlPlane } from "./control-plane.ts";
import { centerOf, falling, type Box, type Link, type Place, type Point, type StageLayout, type Viewport } from "./place.ts";

/** What stands in the Machines view: names and ids only. */
export interface MachinesInput {
  readonly components: readonly string[];
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly pods: readonly string[] }[];
  /** Pods bound to no node yet, the longest waiting first. */
  readonly waiting: readonly string[];
  readonly clients: readonly string[];
  /** False = pods are drawn by their node's card and get no place of their own. */
  readonly placePods: boolean;
  readonly viewport: Viewport;
}

export const QUEUE = "queue";
export const MORE_WAITING = "more-waiting";
/** Heading and line of the waiting pods. */
const QUEUE_HEIGHT = 74;
const NARROW_QUEUE_HEIGHT = 56;
const MANY_NODES = 12;

/** Control plane above, the queue of pods without a node between, node cards below in as many columns as read best. */
export function layoutMachines(input: MachinesInput): StageLayout {
  const most = input.nodes.reduce((max, node) => Math.max(max, node.pods.length), 0);
  const narrow = input.viewport.width < 560;
  const minWidth = narrow ? 372 : 700;
  const queueHeight = narrow ? NARROW_QUEUE_HEIGHT : QUEUE_HEIGHT;
  const headroom = planeHeight(minWidth) + queueHeight;
  const arrangement = arrange(input.nodes.length, most, input.viewport, headroom, minWidth);
  const { card, columns } = arrangement;
  const rowWidth = Math.min(columns, Math.max(1, input.nodes.length)) * (card.width + card.gap) - card.gap;
  const width = Math.max(minWidth, rowWidth);
  const plane = layoutControlPlane(width, input.components);
  const places = new Map<string, Place>(plane.places.map((place) => [place.id, place]));
  placeQueue(input, arrangement, plane, width, places);
  const top = plane.height + queueHeight;
  const cards = placeCards(input, arrangement, { x: (width - rowWidth) / 2, y: top }, places);
  placeClients(input.clients, width, plane, places);
  return {
    bounds: { x: -8, y: 2, width: width + 16, height: top + Math.ceil(Math.max(1, input.nodes.length) / columns) * (arrangement.cardHeight + card.gap) - card.gap + 8 },
    places,
    links: [...plane.links, ...nodeLinks(input, plane.hub, cards)],
    orbits: plane.orbits,
    anchors: anchorsOf(places, input, arrangement),
  };
}

function placeCards(input: MachinesInput, { card, columns, cardHeight }: Arrangement, origin: Point, places: Map<string, Place>): Map<string, Box> {
  const cards = new Map<string, Box>();
  for (const [i, node] of input.nodes.entries()) {
    const x = origin.x + (i % columns) * (card.width + card.gap);
    const y = origin.y + Math.floor(i / columns) * (cardHeight + card.gap);
    const box = { x, y, width: card.width, height: cardHeight };
    cards.set(node.id, box);
    places.set(node.id, { id: node.id, kind: "machine", box, size: card.size });
    if (!input.placePods) continue;
    for (const [p, pod] of node.pods.entries()) {
      const podBox = {
        x: x + card.inset + (p % card.perRow) * (card.podWidth + card.podGap), y: y + card.head + Math.floor(p / card.perRow) * (card.podHeight + card.podGap),
        width: card.podWidth, height: card.podHeight,
      };
      places.set(pod, { id: pod, kind: "pod", box: podBox, size: card.size });
    }
  }
  return cards;
}

/** The waiting pods stand in one line under the control plane; who doesn't fit is counted. */
function placeQueue(input: MachinesInput, { card }: Arrangement, plane: ControlPlane, width: number, places: Map<string, Place>): void {
  const size = card.size === "tile" || card.size === "row" ? "row" : "chip";
  const [podWidth, podHeight] = size === "row" ? [176, 32] : [22, 22];
  const gap = 8;
  const fit = Math.max(1, Math.floor((width - 60 - (input.clients.length > 0 ? 2 * clientWidth(width) : 0)) / (podWidth + gap)));
  const shown = input.waiting.slice(0, input.waiting.length > fit ? fit - 1 : fit);
  const rest = input.waiting.length - shown.length;
  const lineWidth = shown.length * (podWidth + gap) - gap + (rest > 0 ? 56 : 0);
  const y = plane.height + 20;
  const left = (width - lineWidth) / 2;
  places.set(QUEUE, { id: QUEUE, kind: "queue", box: { x: width / 2 - 90, y: y - 22, width: 180, height: 18 }, size: "row" });
  for (const [i, id] of shown.entries()) places.set(id, { id, kind: "pod", box: { x: left + i * (podWidth + gap), y, width: podWidth, height: podHeight }, size });
  if (rest > 0) places.set(MORE_WAITING, { id: MORE_WAITING, kind: "more", box: { x: left + lineWidth - 48, y, width: 48, height: podHeight }, size: "row" });
}

const clientWidth = (width: number): number => Math.min(150, width / 4);

/** Clients stand at the left end of the queue's line, outside the cluster. */
function placeClients(clients: readonly string[], width: number, plane: ControlPlane, places: Map<string, Place>): void {
  for (const [i, id] of clients.slice(0, 3).entries()) {
    places.set(id, { id, kind: "client", box: { x: 0, y: plane.height + 4 + i * 44, width: clientWidth(width), height: 40 }, size: "row" });
  }
}

function nodeLinks(input: MachinesInput, hub: Point, cards: ReadonlyMap<string, Box>): Link[] {
  if (input.nodes.length > MANY_NODES) return [];
  return input.nodes.flatMap((node) => {
    const box = cards.get(node.id);
    return box === undefined ? [] : [{ id: `link/${node.id}`, from: SUN, to: node.id, curve: falling(hub, { x: box.x + box.width / 2, y: box.y }), look: "watch" as const }];
  });
}

/** Messages of a node's parts begin at their words on the card; with small cards, at the card. */
function anchorsOf(places: ReadonlyMap<string, Place>, input: MachinesInput, { card }: Arrangement): Map<string, Box> {
  const anchors = new Map<string, Box>();
  for (const place of places.values()) if (place.kind !== "pod") anchors.set(place.id, place.box);
  const firstClient = input.clients[0];
  const client = firstClient === undefined ? undefined : places.get(firstClient);
  if (client !== undefined) anchors.set("clients", client.box);
  for (const node of input.nodes) {
    const box = places.get(node.id)?.box;
    if (box === undefined) continue;
    const roomy = card.size === "tile" || card.size === "row";
    for (const [part, share] of PARTS) {
      const at = roomy ? { x: box.x + box.width * share - 24, y: box.y + box.height - card.foot + 8, width: 48, height: 18 } : { ...centerOf(box), width: 0, height: 0 };
      anchors.set(`${part}/${node.name}`, at);
    }
  }
  return anchors;
}

const PARTS: readonly (readonly [part: string, share: number])[] = [["kubelet", 0.17], ["kube-proxy", 0.5], ["runtime", 0.82], ["network", 0.82]];
