import type { Flight, FlightShape } from "../../../protocol/index.ts";
import type { Route } from "./route.ts";

/** A dot on its way: one message, or several alike that left together. */
export interface Dot {
  readonly from: string;
  readonly to: string;
  readonly route: Route;
  readonly shape: FlightShape;
  readonly label: string;
  readonly begunAt: number;
  count: number;
}

/** Messages alike that follow within this time share one dot, ms of real time. */
const TOGETHER_MS = 90;
/** More dots than this at once can't be followed by eye: later ones join those on their way. */
export const DOT_LIMIT = 90;

/** Adds flights to the dots under way, grouping those alike. */
export function addFlights(dots: Dot[], flights: readonly Flight[], routeFor: (from: string, to: string) => Route | null, now: number): void {
  for (const flight of flights) {
    const route = routeFor(flight.from, flight.to);
    if (route === null) continue;
    const alike = dots.findLast((dot) => dot.route === route && dot.shape === flight.shape);
    if (alike !== undefined && (now - alike.begunAt < TOGETHER_MS || dots.length >= DOT_LIMIT)) alike.count += flight.count;
    else if (dots.length < DOT_LIMIT) dots.push({ from: flight.from, to: flight.to, route, shape: flight.shape, label: flight.label, begunAt: now, count: flight.count });
  }
}

/** The dots under way on the lines of a new picture: what travels goes on travelling. */
export function rerouted(dots: readonly Dot[], routeFor: (from: string, to: string) => Route | null): Dot[] {
  return dots.flatMap((dot) => {
    const route = routeFor(dot.from, dot.to);
    return route === null ? [] : [{ ...dot, route }];
  });
}

/** Drops the dots that have arrived. */
export function landed(dots: readonly Dot[], now: number, hopMs: number): Dot[] {
  return dots.filter((dot) => now - dot.begunAt < hopMs);
}
