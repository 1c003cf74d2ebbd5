/**
 * The hook for service rules. Before a packet is routed, `translate` may change its destination (DNAT), refuse it,
 * or leave it alone. Whoever programs the node's rules (kube-proxy) sends them as a message; they are kept in
 * `state.rules` as plain data, and this file is the one place that reads them.
 */
import type { Packet } from "../packets/index.ts";
import type { NetworkState } from "./state.ts";

/** What becomes of a packet: on its way to an address, dropped, or refused (a service without endpoints is rejected). */
export type Translation =
  | { readonly kind: "forward"; readonly packet: Packet }
  | { readonly kind: "refuse" }
  | { readonly kind: "drop" };

/** Applies host ports; service rules have their place here. */
export function translate(state: NetworkState, packet: Packet): Translation {
  if (packet.host === state.config.nodeIp || packet.host === "127.0.0.1") {
    const target = state.hostPorts.get(`${packet.protocol}/${packet.port}`);
    if (target !== undefined) return { kind: "forward", packet: { ...packet, host: target.ip, port: target.port } };
  }
  return { kind: "forward", packet };
}
