/** Rules of addresses: pod and cluster addresses and node ports are unique; endpoints are ready pods (24, 25). */
import type { EndpointSlice, Pod, Service, Stored } from "../api/index.ts";
import type { Report, Write } from "./write.ts";

/** Who holds which address, and which endpoints there are. */
export interface AddressBook {
  readonly holders: Map<string, string>;
  readonly pods: Map<string, Pod & Stored>;
  readonly slices: Map<string, EndpointSlice & Stored>;
  /** UIDs of services that want pods that aren't ready among their endpoints (publishNotReadyAddresses). */
  readonly generous: Set<string>;
  atRest(report: Report): void;
}

/** An empty book. */
export function createAddressBook(): AddressBook {
  const book: AddressBook = { holders: new Map(), pods: new Map(), slices: new Map(), generous: new Set(), atRest: (report) => endpointsAtRest(book, report) };
  return book;
}

/** Checks one write. */
export function addressRules(book: AddressBook, { before, after }: Write, report: Report): void {
  const object = after ?? before;
  if (object === undefined) return;
  if (object.kind === "Pod") keep(book.pods, object.metadata.uid, after as (Pod & Stored) | undefined);
  if (object.kind === "EndpointSlice") keep(book.slices, object.metadata.uid, after as (EndpointSlice & Stored) | undefined);
  const { uid } = object.metadata;
  if (object.kind === "Service") {
    if ((after as Service | undefined)?.spec?.publishNotReadyAddresses === true) book.generous.add(uid);
    else book.generous.delete(uid);
  }
  for (const address of before === undefined ? [] : addressesOf(before)) if (book.holders.get(address) === uid) book.holders.delete(address);
  for (const address of after === undefined ? [] : addressesOf(after)) {
    const holder = book.holders.get(address);
    if (holder !== undefined && holder !== uid) report(25, `${object.kind} ${object.metadata.name}: ${address} is already taken`);
    book.holders.set(address, uid);
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

function addressesOf(object: Stored): string[] {
  if (object.kind === "Pod") {
    const pod = object as Pod;
    const over = pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
    return pod.spec?.hostNetwork === true || over || pod.status?.podIP === undefined ? [] : [`pod address ${pod.status.podIP}`];
  }
  if (object.kind !== "Service") return [];
  const { spec } = object as Service;
  const cluster = spec?.clusterIP === undefined || spec.clusterIP === "None" || spec.clusterIP === "" ? [] : [`cluster address ${spec.clusterIP}`];
  const ports = (spec?.ports ?? []).filter((port) => (port.nodePort ?? 0) > 0).map((port) => `node port ${port.nodePort}/${port.protocol ?? "TCP"}`);
  return [...cluster, ...new Set(ports)];
}

/** At rest no endpoint leads to a pod that is gone, and none that is ready to one that isn't. */
function endpointsAtRest(book: AddressBook, report: Report): void {
  for (const slice of book.slices.values()) {
    const generous = slice.metadata.ownerReferences?.some((owner) => book.generous.has(owner.uid)) === true;
    for (const endpoint of slice.endpoints ?? []) {
      if (endpoint.targetRef?.kind !== "Pod") continue;
      const pod = book.pods.get(endpoint.targetRef.uid ?? "");
      if (pod === undefined) report(24, `EndpointSlice ${slice.metadata.name} leads to pod ${endpoint.targetRef.name ?? ""}, which is gone`);
      else if (!generous && endpoint.conditions?.ready === true && endpoint.conditions.terminating !== true && !isReady(pod)) report(24, `EndpointSlice ${slice.metadata.name} calls pod ${pod.metadata.name} ready, which it is not`);
    }
  }
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") === true;
}
