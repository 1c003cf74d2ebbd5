import { copyPlain } from "../../base/plain/index.ts";
import type { EventQueue } from "../clock/index.ts";
import type { LogHash } from "../trace/index.ts";
import type { Cell, Envelope, HostState, OpenRequest, OpenStream } from "./cell.ts";
import type { LinkRule } from "./links.ts";

/** Everything that determines what happens next, as plain data. */
export interface WorldImage {
  readonly now: number;
  readonly nextId: number;
  readonly handled: number;
  readonly steps: number;
  readonly hash: LogHash;
  readonly queue: EventQueue<Envelope>;
  readonly cells: Cell[];
  readonly requests: Map<number, OpenRequest>;
  readonly streams: Map<number, OpenStream>;
  readonly hosts: Map<string, HostState>;
  readonly linkRules: LinkRule[];
  readonly linkVersion: number;
}

/** A copy that shares only frozen (immutable) data with the original. */
export function copyImage(image: WorldImage): WorldImage {
  return copyPlain(image);
}
