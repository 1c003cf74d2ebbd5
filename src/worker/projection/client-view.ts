import type { World } from "../../engine/bus/index.ts";
import type { ClientView } from "../../protocol/index.ts";

/** Programs that send requests and count answers. */
export function clientViews(_world: World): ClientView[] {
  return [];
}
