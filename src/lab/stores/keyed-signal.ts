/** Listeners by key: a change of one thing wakes only those who look at it. */
export interface KeyedSignal {
  subscribe(key: string, listener: () => void): () => void;
  /** Wakes the listeners of each key, each listener once. */
  emit(keys: Iterable<string>): void;
}

/** Makes an empty signal. */
export function createKeyedSignal(): KeyedSignal {
  const listeners = new Map<string, Set<() => void>>();
  return {
    subscribe(key, listener) {
      const set = listeners.get(key) ?? new Set();
      listeners.set(key, set);
      set.add(listener);
      return () => {
        set.delete(listener);
        if (set.size === 0 && listeners.get(key) === set) listeners.delete(key);
      };
    },
    emit(keys) {
      const wake = new Set<() => void>();
      for (const key of keys) for (const listener of listeners.get(key) ?? []) wake.add(listener);
      for (const listener of wake) listener();
    },
  };
}
