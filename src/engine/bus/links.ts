/**
 * Links between components: latency, jitter, loss and cuts, as data.
 *
 * Connections behave like TCP: order is kept, loss shows as delay (a retransmission after 200 ms, doubling: the
 * minimum retransmission time-out of Linux, net/tcp.h TCP_RTO_MIN), and what is sent into a cut waits for its end.
 */
import { nextBelow, nextFloat, type RandomStream } from "../random/index.ts";
import type { Link } from "./cell.ts";

/** Changes the links it matches; later rules win field by field. "*" matches anything, a name matches a component id or a host. */
export interface LinkRule {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Also the opposite direction. */
  readonly both?: boolean;
  readonly cut?: boolean;
  readonly latencyMs?: number;
  readonly jitterMs?: number;
  /** Share of packets lost, 0 to 1. */
  readonly loss?: number;
}

/** Latency inside one host, one way. A round figure for a loopback call and the work around it. */
export const LOCAL_LATENCY_MS = 1;
/** Latency between two hosts of one site, one way, and its jitter. Round figures for a data-centre network and the work around it. */
export const NETWORK_LATENCY_MS = 1;
/** Jitter between hosts: what makes two seeds differ in the order of close events. */
export const NETWORK_JITTER_MS = 2;

/** The endpoint of a link as rules see it. */
export interface LinkEnd {
  readonly id: string;
  readonly host: string;
}

/** A link with no traffic yet, worked out from the rules. */
export function createLink(rules: readonly LinkRule[], version: number, from: LinkEnd, to: LinkEnd, now: number): Link {
  const link: Link = { version: -1, cut: false, latencyMs: 0, jitterMs: 0, loss: 0, lastAt: 0, cutAt: Number.NaN, held: [] };
  refreshLink(link, rules, version, from, to, now);
  return link;
}

/** Works a link out anew after the rules changed. */
export function refreshLink(link: Link, rules: readonly LinkRule[], version: number, from: LinkEnd, to: LinkEnd, now: number): void {
  const local = from.host === to.host;
  const wasCut = link.cut;
  link.version = version;
  link.cut = false;
  link.latencyMs = local ? LOCAL_LATENCY_MS : NETWORK_LATENCY_MS;
  link.jitterMs = local ? 0 : NETWORK_JITTER_MS;
  link.loss = 0;
  for (const rule of rules) if (applies(rule, from, to)) applyRule(link, rule);
  if (link.cut && !wasCut) link.cutAt = now;
  if (!link.cut) link.cutAt = Number.NaN;
}

/** When a message sent now arrives: latency, jitter and, for reliable messages, retransmissions; never before an earlier one. */
export function deliveryTime(link: Link, random: RandomStream, now: number, extraDelayMs: number): number {
  let at = now + extraDelayMs + link.latencyMs;
  if (link.jitterMs > 0) at += nextBelow(random, link.jitterMs + 1);
  if (link.loss > 0) at += retransmissionDelay(link.loss, random);
  if (at < link.lastAt) at = link.lastAt;
  link.lastAt = at;
  return at;
}

/** True when a datagram is lost on this link. */
export function losesDatagram(link: Link, random: RandomStream): boolean {
  return link.cut || (link.loss > 0 && nextFloat(random) < link.loss);
}

/** First retransmission time-out, ms (Linux TCP_RTO_MIN), and how often the time may double before the sum is capped. */
const RETRANSMIT_MS = 200;
const RETRANSMIT_LIMIT = 8;

function retransmissionDelay(loss: number, random: RandomStream): number {
  let delay = 0;
  for (let attempt = 0; attempt < RETRANSMIT_LIMIT && nextFloat(random) < loss; attempt++) delay += RETRANSMIT_MS * 2 ** attempt;
  return delay;
}

function applies(rule: LinkRule, from: LinkEnd, to: LinkEnd): boolean {
  if (matches(rule.from, from) && matches(rule.to, to)) return true;
  return rule.both === true && matches(rule.from, to) && matches(rule.to, from);
}

function matches(pattern: string, end: LinkEnd): boolean {
  return pattern === "*" || pattern === end.id || pattern === end.host;
}

function applyRule(link: Link, rule: LinkRule): void {
  if (rule.cut !== undefined) link.cut = rule.cut;
  if (rule.latencyMs !== undefined) link.latencyMs = rule.latencyMs;
  if (rule.jitterMs !== undefined) link.jitterMs = rule.jitterMs;
  if (rule.loss !== undefined) link.loss = rule.loss;
}
