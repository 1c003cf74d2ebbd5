/**
 * Spreads endpoints over slices with as few writes as possible: what is there stays where it is, changed slices are
 * filled up first, then the fullest unchanged slice that can hold the rest, then new ones
 * (staging/src/k8s.io/endpointslice/reconciler.go, reconcileByPortMapping).
 */
import { deepEqual } from "../../../../base/json/index.ts";
import type { Endpoint, EndpointSlice } from "../../api/index.ts";
import type { PodPort } from "../services/index.ts";
import type { DesiredEndpoint } from "./pod-endpoint.ts";

/** Endpoints in one slice at most (--max-endpoints-per-slice). */
export const MAX_ENDPOINTS_PER_SLICE = 100;

/** What is to happen with the slices of one port set. */
export interface SliceChanges {
  readonly create: readonly (readonly Endpoint[])[];
  readonly update: readonly { readonly slice: EndpointSlice; readonly endpoints: readonly Endpoint[] }[];
  readonly delete: readonly EndpointSlice[];
}

interface Draft {
  readonly slice: EndpointSlice;
  endpoints: Endpoint[];
  changed: boolean;
}

/** The changes that make the slices hold exactly the wanted endpoints. */
export function planSlices(wanted: readonly DesiredEndpoint[], slices: readonly EndpointSlice[]): SliceChanges {
  const left = new Map(wanted.map((entry) => [entry.uid, entry.endpoint]));
  const drafts = slices.map((slice) => keepWanted(slice, left));
  let rest = [...left.values()];
  rest = fillChanged(drafts, rest);
  const create: Endpoint[][] = [];
  while (rest.length > 0) {
    if (rest.length < MAX_ENDPOINTS_PER_SLICE && fillOne(drafts, rest)) break;
    create.push(rest.slice(0, MAX_ENDPOINTS_PER_SLICE));
    rest = rest.slice(MAX_ENDPOINTS_PER_SLICE);
  }
  const changed = drafts.filter((draft) => draft.changed);
  return {
    create,
    update: changed.filter((draft) => draft.endpoints.length > 0).map(({ slice, endpoints }) => ({ slice, endpoints })),
    delete: changed.filter((draft) => draft.endpoints.length === 0).map(({ slice }) => slice),
  };
}

function keepWanted(slice: EndpointSlice, left: Map<string, Endpoint>): Draft {
  const endpoints: Endpoint[] = [];
  const old = slice.endpoints ?? [];
  let changed = old.length === 0;
  for (const present of old) {
    const uid = present.targetRef?.uid ?? "";
    const endpoint = left.get(uid);
    if (endpoint === undefined) {
      changed = true;
      continue;
    }
    left.delete(uid);
    if (deepEqual(present, endpoint)) endpoints.push(present);
    else {
      endpoints.push(endpoint);
      changed = true;
    }
  }
  return { slice, endpoints, changed };
}

function fillChanged(drafts: readonly Draft[], rest: Endpoint[]): Endpoint[] {
  let left = rest;
  for (const draft of drafts) {
    if (!draft.changed || left.length === 0) continue;
    const room = MAX_ENDPOINTS_PER_SLICE - draft.endpoints.length;
    draft.endpoints = draft.endpoints.concat(left.slice(0, room));
    left = left.slice(room);
  }
  return left;
}

/** Puts all of the rest into the unchanged slice that it fills best (getSliceToFill). */
function fillOne(drafts: readonly Draft[], rest: readonly Endpoint[]): boolean {
  let best: Draft | undefined;
  for (const draft of drafts) {
    if (draft.changed || draft.endpoints.length + rest.length > MAX_ENDPOINTS_PER_SLICE) continue;
    if (best === undefined || draft.endpoints.length > best.endpoints.length) best = draft;
  }
  if (best === undefined) return false;
  best.endpoints = best.endpoints.concat(rest);
  best.changed = true;
  return true;
}

/** A name for a set of ports: endpoints with the same ports share slices. */
export function portsKey(ports: readonly { readonly name?: string; readonly port?: number; readonly protocol?: string; readonly appProtocol?: string }[]): string {
  return ports.map(({ name = "", port = 0, protocol = "TCP", appProtocol = "" }) => `${name}:${String(port)}/${protocol}/${appProtocol}`).sort().join(",");
}

/** Groups endpoints by their ports. */
export function byPorts(endpoints: readonly DesiredEndpoint[]): Map<string, { readonly ports: readonly PodPort[]; readonly endpoints: DesiredEndpoint[] }> {
  const groups = new Map<string, { readonly ports: readonly PodPort[]; readonly endpoints: DesiredEndpoint[] }>();
  for (const entry of endpoints) {
    const key = portsKey(entry.ports);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ports: entry.ports, endpoints: [entry] });
    else group.endpoints.push(entry);
  }
  return groups;
}
