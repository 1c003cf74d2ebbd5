/** Runs something soon after it is wanted, once for many wishes, never more often than the shortest wait asked for. */
export interface Throttle {
  /** Wants a run within so many ms; an earlier promise stands. */
  within(ms: number): void;
  stop(): void;
}

interface Timers {
  readonly set: (run: () => void, ms: number) => unknown;
  readonly clear: (timer: unknown) => void;
  readonly now: () => number;
}

const REAL: Timers = { set: (run, ms) => setTimeout(run, ms), clear: (timer) => { clearTimeout(timer as ReturnType<typeof setTimeout>); }, now: () => performance.now() };

/** Makes a throttle around `run`. */
export function createThrottle(run: () => void, timers: Timers = REAL): Throttle {
  let timer: unknown;
  let due = Infinity;
  return {
    within: (ms) => {
      const at = timers.now() + ms;
      if (at >= due) return;
      timers.clear(timer);
      due = at;
      timer = timers.set(() => {
        due = Infinity;
        run();
      }, ms);
    },
    stop: () => {
      timers.clear(timer);
      due = Infinity;
    },
  };
}
