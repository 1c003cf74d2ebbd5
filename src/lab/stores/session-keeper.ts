import { openDB, type IDBPDatabase } from "idb";
import type { SessionFile } from "../../protocol/index.ts";
import type { ActiveFault } from "./fault-store.ts";
import type { WorkFile } from "./workspace-store.ts";

/** Everything needed to stand where one stood. */
export interface KeptSession {
  readonly session: SessionFile;
  /** Virtual time reached, ms since the epoch. */
  readonly now: number;
  readonly worldTitle: string;
  readonly files: readonly WorkFile[];
  readonly current: string;
  readonly applied: boolean;
  /** See WorkspaceState; absent in sessions kept by older versions. */
  readonly appliedTexts?: Readonly<Record<string, string>>;
  readonly faults: readonly ActiveFault[];
}

/** Keeps the last session; `kept` says whether the browser lets us. */
export interface SessionKeeper {
  load(): Promise<KeptSession | null>;
  /** True when it was stored. */
  save(kept: KeptSession): Promise<boolean>;
  forget(): Promise<void>;
}

const NAME = "orrery";
const STORE = "sessions";
const KEY = "last";

/** A keeper in IndexedDB. Every failure is a value: a browser that keeps nothing still runs the lab. */
export function createIndexedKeeper(): SessionKeeper {
  let opened: Promise<IDBPDatabase> | null = null;
  const database = (): Promise<IDBPDatabase> => {
    opened ??= openDB(NAME, 1, {
      upgrade: (db) => { db.createObjectStore(STORE); },
      terminated: () => { opened = null; },
    });
    opened.catch(() => { opened = null; });
    return opened;
  };
  return {
    load: async () => {
      try {
        const value: unknown = await (await database()).get(STORE, KEY);
        return isKept(value) ? value : null;
      } catch {
        return null;
      }
    },
    save: async (kept) => {
      try {
        await (await database()).put(STORE, kept, KEY);
        return true;
      } catch {
        return false;
      }
    },
    forget: async () => {
      try {
        await (await database()).delete(STORE, KEY);
      } catch {
        // Nothing was kept, so nothing is left.
      }
    },
  };
}

/** A keeper that keeps nothing beyond the page, for tests. */
export function createMemoryKeeper(): SessionKeeper {
  let last: KeptSession | null = null;
  return {
    load: () => Promise.resolve(last),
    save: (kept) => {
      last = kept;
      return Promise.resolve(true);
    },
    forget: () => {
      last = null;
      return Promise.resolve();
    },
  };
}

function isKept(value: unknown): value is KeptSession {
  if (typeof value !== "object" || value === null) return false;
  const kept = value as Partial<KeptSession>;
  return kept.session?.format === "orrery/session" && typeof kept.now === "number" && Array.isArray(kept.files);
}
