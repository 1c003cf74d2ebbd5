import type { Fault } from "../../protocol/index.ts";

/** What a fault needs to know: which things it can be done to, and what else must be said. */
export interface FaultEntry {
  readonly kind: Fault["kind"];
  readonly group: "machine" | "part" | "link" | "container" | "resource" | "image";
  readonly target: "component" | "node" | "end" | "pod" | "image";
  readonly title: string;
  /** One plain sentence of what it does. */
  readonly does: string;
  /** Name and unit of a number, with its beginning value and bounds. */
  readonly amount?: { readonly label: string; readonly start: number; readonly least: number; readonly most: number };
}

/** All faults in English, in the order shown. Cures aren't listed: they stand on the chip of what they end. */
export const FAULTS: readonly FaultEntry[] = [
  { kind: "crash-node", group: "machine", target: "node", title: "Cut a node's power", does: "The machine stops at once. Its pods die with it, and the control plane finds out by the silence." },
  { kind: "start-node", group: "machine", target: "node", title: "Power a node on", does: "The machine starts; its kubelet reports and restarts what belongs there." },
  { kind: "stop-component", group: "part", target: "component", title: "Stop a part", does: "The program ends. What it had in memory is gone; what others run keeps running." },
  { kind: "start-component", group: "part", target: "component", title: "Start a part", does: "The program starts empty and learns the world anew from the API server." },
  { kind: "pause-component", group: "part", target: "component", title: "Freeze a part", does: "The program stands still with its memory intact, as if the machine were far too busy." },
  { kind: "cut-link", group: "link", target: "end", title: "Cut a link", does: "Nothing gets through between the two ends. Each side sees only that the other is silent." },
  { kind: "slow-link", group: "link", target: "end", title: "Slow a link", does: "Every message between the two ends takes longer to arrive.", amount: { label: "Delay, ms", start: 500, least: 1, most: 60_000 } },
  { kind: "kill-container", group: "container", target: "pod", title: "Kill a container", does: "The process dies once; the kubelet restarts it as the pod's restartPolicy says." },
  { kind: "crash-container", group: "container", target: "pod", title: "Make a container crash again and again", does: "The process dies at a steady interval until mended: this is how a crash loop begins.", amount: { label: "Every … seconds", start: 5, least: 1, most: 3600 } },
  { kind: "leak-memory", group: "container", target: "pod", title: "Make a container leak memory", does: "Its memory grows until it passes the limit and the kernel kills it (OOMKilled).", amount: { label: "MiB per second", start: 8, least: 1, most: 4096 } },
  { kind: "fill-memory", group: "resource", target: "node", title: "Fill a node's memory", does: "Something else on the machine takes its memory; the kubelet reports pressure and may evict pods.", amount: { label: "Share used, %", start: 97, least: 1, most: 100 } },
  { kind: "fill-disk", group: "resource", target: "node", title: "Fill a node's disk", does: "The disk fills up; the kubelet reports pressure, removes images and may evict pods.", amount: { label: "Share used, %", start: 95, least: 1, most: 100 } },
  { kind: "image-missing", group: "image", target: "image", title: "Take an image away", does: "The registry no longer has it: pulls fail with ErrImagePull, then wait longer each time." },
  { kind: "image-slow", group: "image", target: "image", title: "Make an image slow to pull", does: "Pulling it takes this many times longer.", amount: { label: "Times slower", start: 10, least: 2, most: 1000 } },
];

const MIB = 1024 ** 2;

/** The fault as the protocol wants it. */
export function faultOf(entry: FaultEntry, target: string, other: string, container: string, amount: number): Fault {
  switch (entry.kind) {
    case "cut-link":
    case "heal-link": return { kind: entry.kind, target, other };
    case "slow-link": return { kind: entry.kind, target, other, latencyMs: amount };
    case "kill-container": return { kind: entry.kind, target, container };
    case "crash-container": return { kind: entry.kind, target, container, everyMs: amount * 1000 };
    case "leak-memory": return { kind: entry.kind, target, container, bytesPerSecond: amount * MIB };
    case "fill-disk":
    case "fill-memory": return { kind: entry.kind, target, share: amount / 100 };
    case "image-slow": return { kind: entry.kind, target, factor: amount };
    default: return { kind: entry.kind, target };
  }
}

/** A fault at work in a few words: "node-2 without power". */
export function chipText(fault: Fault): string {
  switch (fault.kind) {
    case "crash-node": return `${fault.target} without power`;
    case "stop-component": return `${fault.target} stopped`;
    case "pause-component": return `${fault.target} frozen`;
    case "cut-link": return `${fault.target} ✕ ${fault.other}`;
    case "slow-link": return `${fault.target} – ${fault.other} +${fault.latencyMs} ms`;
    case "crash-container": return `${fault.container} in ${fault.target} crashes every ${fault.everyMs / 1000} s`;
    case "leak-memory": return `${fault.container} in ${fault.target} leaks ${Math.round(fault.bytesPerSecond / MIB)} MiB/s`;
    case "fill-disk": return `${fault.target}: disk ${Math.round(fault.share * 100)} % full`;
    case "fill-memory": return `${fault.target}: memory ${Math.round(fault.share * 100)} % full`;
    case "image-missing": return `${fault.target} missing`;
    case "image-slow": return `${fault.target} ${fault.factor}× slower`;
    default: return `${fault.kind} ${fault.target}`;
  }
}
