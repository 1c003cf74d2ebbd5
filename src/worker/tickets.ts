/** Pairs the person's requests with their answers: a promise per ticket, kept when the simulated answer arrives. */
import type { World } from "../engine/bus/index.ts";
import { USER } from "../systems/kubernetes/api/index.ts";
import type { UserJob, UserState } from "../systems/kubernetes/cluster/index.ts";

/** See the module's comment. */
export class TicketDesk {
  private next = 1_000_000;
  private readonly waiting = new Map<number, (job: UserJob) => void>();

  /** A new ticket and the promise of its job. */
  issue(): { readonly ticket: number; readonly answer: Promise<UserJob> } {
    const ticket = this.next++;
    const answer = new Promise<UserJob>((resolve) => this.waiting.set(ticket, resolve));
    return { ticket, answer };
  }

  /** True while somebody waits. */
  get busy(): boolean {
    return this.waiting.size > 0;
  }

  /** Keeps the promises whose jobs are done. */
  settle(world: World): void {
    if (this.waiting.size === 0) return;
    const jobs = world.stateOf<UserState>(USER)?.jobs;
    for (const [ticket, resolve] of this.waiting) {
      const job = jobs?.get(ticket);
      if (job?.done !== true) continue;
      this.waiting.delete(ticket);
      resolve(job);
    }
  }
}
