import { EMPTY_CLOCK } from "./clock-store.ts";
import type { KeptSession } from "./session-keeper.ts";
import { createSessionKeeping, type LifeParts } from "./session-keeping.ts";
import { freshWorkspace } from "./workspace-store.ts";

/** How long a host may stay silent at the beginning before we say so, ms. */
const OPEN_LIMIT_MS = 20_000;
/** How long to wait for a world's first picture, ms: at once, unless the machine is very busy. */
const FIRST_BATCH_LIMIT_MS = 3_000;

/** Begins, keeps, restores and restarts the session. */
export function createSessionLife(parts: LifeParts) {
  const { client, stores, keeper } = parts;
  const keeping = createSessionKeeping(parts);

  async function openWorld(name: string, lesson?: { readonly seed: number; readonly title: string; readonly manifest: string }): Promise<void> {
    const { title, starter } = await client.ask("open-world", { name, ...(lesson === undefined ? {} : { seed: lesson.seed }) });
    stores.faults.setState({ active: [] });
    stores.workspace.setState(freshWorkspace(lesson?.title ?? title, lesson?.manifest ?? starter), true);
    stores.host.setState({ phase: "running", message: "" });
    await client.ask("play", { playing: true });
    keeping.keepSoon();
  }

  async function resume(kept: KeptSession): Promise<void> {
    const { epoch } = stores.clock.getState();
    await client.ask("open-session", { session: kept.session });
    await newEpoch(stores, epoch);
    stores.faults.setState({ active: kept.faults });
    stores.workspace.setState({ worldTitle: kept.worldTitle, files: kept.files, current: kept.current, applied: kept.applied, appliedTexts: kept.appliedTexts ?? {}, revealLine: 0 });
    stores.host.setState({ phase: "running", message: "" });
    const behindMs = kept.now - stores.clock.getState().now;
    if (behindMs > 0) await client.ask("run-for", { ms: behindMs });
    keeping.take(kept);
  }

  /** First breath: where one was, or else the world for beginners. */
  async function begin(): Promise<void> {
    try {
      const [worlds, kept] = await Promise.all([within(client.ask("list-worlds", {}), OPEN_LIMIT_MS), keeper.load()]);
      stores.host.setState({ worlds });
      if (kept !== null && await resumed(kept)) return;
      const first = worlds.find((world) => world.nodes === 3) ?? worlds[0];
      if (first !== undefined) await openWorld(first.name);
    } catch (error) {
      if (stores.host.getState().phase === "opening") stores.host.setState({ phase: "failed", message: messageOf(error) });
    }
  }

  async function resumed(kept: KeptSession): Promise<boolean> {
    try {
      await resume(kept);
      return true;
    } catch {
      await keeper.forget();
      return false;
    }
  }

  /** After a crash: a new host, the last kept session, or else the first world. Typed text stays. */
  async function restart(): Promise<void> {
    const typed = stores.workspace.getState();
    stores.host.setState({ phase: "opening", message: "" });
    client.reopen();
    // The new host counts its worlds from the beginning: what is left of the old one must not pass for it.
    stores.clock.setState(EMPTY_CLOCK, true);
    const kept = await keeping.kept();
    if (kept === null || !(await resumed(kept))) {
      await begin();
      return;
    }
    if (typed.files.length > 0) stores.workspace.setState({ files: typed.files, current: typed.current });
  }

  return { begin, openWorld, restart, resume, keep: keeping.keep, keepSoon: keeping.keepSoon, keepPlace: keeping.keepPlace };
}

/** Waits for the first batch of another world than that of `epoch`: only then is it known how late it is there. */
function newEpoch({ clock }: LifeParts["stores"], epoch: number): Promise<void> {
  return new Promise((resolve) => {
    if (clock.getState().epoch !== epoch) {
      resolve();
      return;
    }
    const timer = setTimeout(done, FIRST_BATCH_LIMIT_MS);
    const stop = clock.subscribe((state) => { if (state.epoch !== epoch) done(); });
    function done(): void {
      clearTimeout(timer);
      stop();
      resolve();
    }
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function within<T>(promise: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => { reject(new Error("silent")); }, limitMs);
    promise.then((value) => { clearTimeout(timer); resolve(value); }, (error: unknown) => { clearTimeout(timer); reject(error instanceof Error ? error : new Error(String(error))); });
  });
}
