import { nextUint32, type RandomStream } from "../../../engine/random/index.ts";

/** A new sandbox or container id: 64 hexadecimal digits, as containerd's. */
export function newContainerId(random: RandomStream): string {
  let id = "";
  for (let part = 0; part < 8; part++) id += (nextUint32(random) + 0x1_0000_0000).toString(16).slice(1);
  return id;
}
