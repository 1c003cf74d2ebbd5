/** Layouts of the stage's views: pure functions from names to places. */
export { SUN,  } from "./control-plane.ts";
export { layoutMachines, MORE_WAITING, QUEUE, type MachinesInput } from "./machines.ts";
export { layoutOwnership,  type OwnershipInput } from "./ownership.ts";
export { along, centerOf, pathText, straight, type Box, type Curve, type Link, type Place, type PlaceKind, type PodSize, type Point, type StageLayout, type Viewport } from "./place.ts";
export { layoutTraffic, type TrafficInput } from "./traffic.ts";
