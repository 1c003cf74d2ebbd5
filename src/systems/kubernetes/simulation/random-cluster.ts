/** Draws the machines of a simulated cluster, as the `world` of a session document. */
import type { Dice } from "../../../engine/testing/index.ts";

/** One machine of a session document's world. */
export interface RandomNode {
  readonly name: string;
  readonly cpu: string;
  readonly memory: string;
  readonly pods: number;
  readonly zone?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly string[];
}

/** The `world` of a session document. */
export interface RandomWorld {
  readonly title: string;
  readonly nodes: readonly RandomNode[];
}

const SIZES = [{ cpu: "1", memory: "2Gi" }, { cpu: "2", memory: "4Gi" }, { cpu: "4", memory: "8Gi" }, { cpu: "8", memory: "16Gi" }] as const;
const ZONES = ["zone-a", "zone-b", "zone-c"] as const;

/** One to six nodes: alike or mixed, with or without zones, sometimes one that is tainted, sometimes one with few pods. */
export function randomWorld(dice: Dice, seed: number): RandomWorld {
  const count = dice.between(1, 6);
  const mixed = dice.chance(0.5);
  const zoned = count > 1 && dice.chance(0.4);
  const common = dice.pick(SIZES.slice(1));
  const nodes = Array.from({ length: count }, (_, index): RandomNode => {
    const size = mixed ? dice.pick(SIZES) : common;
    const tainted = index > 0 && dice.chance(0.1);
    return {
      name: `node-${index + 1}`, ...size, pods: dice.chance(0.1) ? dice.between(4, 12) : 110,
      ...(zoned ? { zone: ZONES[index % ZONES.length] as string } : {}),
      labels: { disk: dice.chance(0.5) ? "ssd" : "hdd" }, taints: tainted ? ["dedicated=special:NoSchedule"] : [],
    };
  });
  return { title: `Simulation ${seed}`, nodes };
}
