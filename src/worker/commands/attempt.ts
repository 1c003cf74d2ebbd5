/** The scheduler's table for a pod: node × plugin, worked out anew when asked for. */
import type { Commands } from "../../protocol/index.ts";
import type { Host } from "../host.ts";

/** Not there until the scheduler explains. */
export function attempt(_host: Host, _input: Commands["attempt"]["input"]): Commands["attempt"]["output"] {
  return null;
}
