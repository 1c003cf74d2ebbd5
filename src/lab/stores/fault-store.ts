import { createStore } from "zustand/vanilla";
import type { Fault } from "../../protocol/index.ts";

/** A fault at work, with the fault that ends it (null when it can't be ended: the deed is done). */
export interface ActiveFault {
  readonly key: string;
  readonly fault: Fault;
}

export interface FaultState {
  readonly active: readonly ActiveFault[];
}

export const createFaultStore = () => createStore<FaultState>(() => ({ active: [] }));

const LASTING: Partial<Record<Fault["kind"], string>> = {
  "stop-component": "run", "start-component": "run", "pause-component": "pause", "resume-component": "pause",
  "crash-node": "power", "start-node": "power", "cut-link": "link", "slow-link": "link", "heal-link": "link",
  "crash-container": "crash", "leak-memory": "leak", "fill-disk": "disk", "fill-memory": "memory",
  "image-missing": "image", "image-back": "image", "image-slow": "image",
};

/** Same key = the later fault replaces or ends the earlier one. "" = it happens once and is over. */
export function faultKey(fault: Fault): string {
  const group = LASTING[fault.kind];
  if (group === undefined) return "";
  const other = "other" in fault ? `|${fault.other}` : "";
  const container = "container" in fault ? `|${fault.container}` : "";
  return `${group}:${fault.target}${other}${container}`;
}

/** The fault that undoes this one, or null. */
export function cureOf(fault: Fault): Fault | null {
  switch (fault.kind) {
    case "stop-component": return { kind: "start-component", target: fault.target };
    case "pause-component": return { kind: "resume-component", target: fault.target };
    case "crash-node": return { kind: "start-node", target: fault.target };
    case "cut-link":
    case "slow-link": return { kind: "heal-link", target: fault.target, other: fault.other };
    case "crash-container": return { ...fault, everyMs: 0 };
    case "leak-memory": return { ...fault, bytesPerSecond: 0 };
    case "fill-disk":
    case "fill-memory": return { ...fault, share: 0 };
    case "image-missing":
    case "image-slow": return { kind: "image-back", target: fault.target };
    default: return null;
  }
}

/** Whether this fault ends one rather than begins one. */
export function isCure(fault: Fault): boolean {
  if (fault.kind === "crash-container") return fault.everyMs === 0;
  if (fault.kind === "leak-memory") return fault.bytesPerSecond === 0;
  if (fault.kind === "fill-disk" || fault.kind === "fill-memory") return fault.share === 0;
  return ["start-component", "resume-component", "start-node", "heal-link", "image-back"].includes(fault.kind);
}

/** The faults at work after one more. */
export function withFault(state: FaultState, fault: Fault): FaultState {
  const key = faultKey(fault);
  if (key === "") return state;
  const others = state.active.filter((one) => one.key !== key);
  return { active: isCure(fault) ? others : [...others, { key, fault }] };
}
