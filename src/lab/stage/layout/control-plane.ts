import { centerOf, straight, type Box, type Link, type Place, type Point, type StageLayout } from "./place.ts";

/** The API server's name on the bus: the sun. */
export const SUN = "kube-apiserver";
/** The person at the keyboard, as messages name it. */
export const YOU = "user";

/** The control plane: its height and what stands in it. */
export interface ControlPlane {
  readonly height: number;
  readonly hub: Point;
  readonly places: readonly Place[];
  readonly links: readonly Link[];
  readonly orbits: StageLayout["orbits"];
}

/** Below this width the orbit becomes two columns of parts beside the sun. */
const NARROW = 560;

/** Height of the control plane in a picture of this width. */
export const planeHeight = (width: number): number => (width < NARROW ? 186 : 244);

const PILL_HEIGHT = 48;

/** Where each part stands on the orbit: fractions of its two radii, and the pill's width. */
const ORBIT: Readonly<Record<string, readonly [x: number, y: number, width: number]>> = {
  etcd: [-0.9, -0.5, 140],
  "kube-scheduler": [-0.62, 0.78, 136],
  "kube-controller-manager": [0.62, -0.82, 196],
  "cloud-controller-manager": [0.95, 0.12, 152],
  "cluster-dns": [0.58, 0.84, 152],
};

/** The same beside the sun on a narrow screen: fraction of the width, y, width. */
const BESIDE: Readonly<Record<string, readonly [x: number, y: number, width: number]>> = {
  etcd: [0.14, 30, 108],
  "kube-scheduler": [0.15, 152, 112],
  "kube-controller-manager": [0.78, 30, 162],
  "cloud-controller-manager": [0.82, 92, 132],
  "cluster-dns": [0.84, 152, 104],
};

/** Lays out the parts present around the API server, for a picture of this width. */
export function layoutControlPlane(width: number, parts: readonly string[]): ControlPlane {
  const narrow = width < NARROW;
  const hub = narrow ? { x: width * 0.45, y: 104 } : { x: width / 2, y: 143 };
  const radii = { rx: Math.min(400, Math.max(150, width / 2 - 84)), ry: 90 };
  const radius = narrow ? 37 : 45;
  const sun = box(hub, radius * 2, radius * 2);
  const places: Place[] = [
    { id: SUN, kind: "sun", box: sun, size: "tile" },
    { id: YOU, kind: "you", box: box({ x: hub.x, y: narrow ? 22 : 22 }, narrow ? 44 : 130, 26), size: narrow ? "chip" : "tile" },
  ];
  const others = parts.filter((id) => id !== SUN);
  for (const [i, id] of others.entries()) places.push({ id, kind: "component", box: partBox(id, i, narrow, width, hub, radii), size: "tile" });
  return {
    height: planeHeight(width),
    hub,
    places,
    links: places.slice(1).map((place) => ({ id: `link/${place.id}`, from: place.id, to: SUN, curve: straight(centerOf(place.box), hub), look: "watch" })),
    orbits: narrow ? [] : [{ center: hub, ...radii, inner: false }, { center: hub, rx: radii.rx * 0.52, ry: radii.ry * 0.52, inner: true }],
  };
}

function partBox(id: string, i: number, narrow: boolean, width: number, hub: Point, radii: { readonly rx: number; readonly ry: number }): Box {
  const known = narrow ? BESIDE[id] : ORBIT[id];
  if (known === undefined) return box({ x: 80 + i * 20, y: hub.y + 60 }, 130, PILL_HEIGHT);
  const [x, y, pill] = known;
  const center = narrow ? { x: width * x, y } : { x: hub.x + x * radii.rx, y: hub.y + y * radii.ry };
  const left = Math.min(Math.max(center.x - pill / 2, 0), width - pill);
  return { x: left, y: center.y - PILL_HEIGHT / 2, width: pill, height: PILL_HEIGHT };
}

function box(center: Point, width: number, height: number): Box {
  return { x: center.x - width / 2, y: center.y - height / 2, width, height };
}
