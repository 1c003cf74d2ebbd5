import type { HostClient } from "./host-client.ts";
import type { LabStores } from "./lab-stores.ts";
import type { KeptSession, SessionKeeper } from "./session-keeper.ts";

/** What beginning, keeping and restarting a session need. */
export interface LifeParts {
  readonly client: HostClient;
  readonly stores: LabStores;
  readonly keeper: SessionKeeper;
}

/** How long inputs are gathered before the session is kept, ms: at most one second may be lost. */
const KEEP_AFTER_MS = 400;

/** Keeps the session after inputs and when the page goes away. */
export function createSessionKeeping({ client, stores, keeper }: LifeParts) {
  let last: KeptSession | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function keep(): Promise<void> {
    if (stores.host.getState().phase !== "running") return;
    try {
      last = snapshot(stores, await client.ask("save-session", {}));
    } catch {
      return; // The host is gone; what was kept before still stands.
    }
    const kept = await keeper.save(last);
    if (kept !== stores.host.getState().keeps) stores.host.setState({ keeps: kept });
  }

  return {
    keep,
    /** Keeps the session shortly, once for a burst of inputs. */
    keepSoon: (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => { void keep(); }, KEEP_AFTER_MS);
    },
    /** Keeps where we are without asking the host again: for the moment the page goes away. */
    keepPlace: (): void => {
      if (last !== null && stores.host.getState().phase === "running") void keeper.save(snapshot(stores, last.session));
    },
    /** The session kept last, in memory or in the browser. */
    kept: async (): Promise<KeptSession | null> => last ?? await keeper.load(),
    /** Takes a session as the one kept last: it was just resumed. */
    take: (kept: KeptSession): void => { last = kept; },
  };
}

function snapshot(stores: LabStores, session: KeptSession["session"]): KeptSession {
  const { worldTitle, files, current, applied } = stores.workspace.getState();
  return { session, now: stores.clock.getState().now, worldTitle, files, current, applied, faults: stores.faults.getState().active };
}
