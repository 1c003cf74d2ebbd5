/** Access to a controller's queue for its handlers. */
import type { Context } from "../../../../engine/bus/index.ts";
import { add, addAfter } from "../../../../engine/reconcile/index.ts";
import type { Enqueue } from "./planner.ts";
import type { Desk, ManagerState } from "./state.ts";

/** Queue access for a change handler; one per manager, pointed at the desk at hand. Holds nothing between events. */
export class DeskEnqueue implements Enqueue {
  private state!: ManagerState;
  private context!: Context;
  private index = 0;

  /** Points it at a desk for the event at hand. */
  at(state: ManagerState, context: Context, index: number): this {
    this.state = state;
    this.context = context;
    this.index = index;
    return this;
  }
  get now(): number {
    return this.context.now;
  }
  add(key: string): void {
    wake(this.state, this.index, key);
  }
  addAfter(key: string, delayMs: number): void {
    addAfter((this.state.desks[this.index] as Desk).queue, this.context, key, delayMs);
    this.state.awake.add(this.index);
  }
}

/** Puts a key on a controller's queue. */
export function wake(state: ManagerState, index: number, key: string): void {
  add((state.desks[index] as Desk).queue, key);
  state.awake.add(index);
}
