/**
 * Addresses of a node's pods, given out in a ring as the host-local plugin does (containernetworking/plugins,
 * plugins/ipam/host-local): the next free one after the last one given, so that an address is not reused at once.
 */
import type { NetworkState } from "./state.ts";

/** First address for a pod: .0 is the network, .1 the bridge. */
const FIRST_HOST = 2;
const LAST_HOST = 254;

/** "10.244.3." of "10.244.3.0/24". */
export function prefixOf(podCidr: string): string {
  return podCidr.slice(0, podCidr.lastIndexOf(".") + 1);
}

/** True for an IPv4 address, false for a name. */
export function isAddress(host: string): boolean {
  for (let index = 0; index < host.length; index++) {
    const code = host.charCodeAt(index);
    if (code !== 46 && (code < 48 || code > 57)) return false;
  }
  return host.length > 0;
}

/** Takes a free address for a sandbox of a namespace; undefined when none is left. */
export function takeAddress(state: NetworkState, sandboxId: string, namespace: string): string | undefined {
  const known = state.sandboxes.get(sandboxId);
  if (known !== undefined) return known.ip;
  for (let tried = FIRST_HOST; tried <= LAST_HOST; tried++) {
    state.lastHost = state.lastHost >= LAST_HOST ? FIRST_HOST : Math.max(state.lastHost + 1, FIRST_HOST);
    const ip = state.prefix + state.lastHost;
    if (state.addresses.has(ip)) continue;
    state.addresses.set(ip, sandboxId);
    state.sandboxes.set(sandboxId, { ip, namespace });
    return ip;
  }
  return undefined;
}

/** Gives a sandbox's address back, with its host ports. */
export function releaseAddress(state: NetworkState, sandboxId: string): void {
  const known = state.sandboxes.get(sandboxId);
  if (known === undefined) return;
  state.sandboxes.delete(sandboxId);
  state.addresses.delete(known.ip);
  for (const [key, target] of state.hostPorts) if (target.sandboxId === sandboxId) state.hostPorts.delete(key);
}
