/** What planners may look at: the informers' caches, by key and by index. Never the API server itself. */
import { byIndex } from "../../../../engine/reconcile/index.ts";
import { cacheOf, type InformerSet } from "../../client/index.ts";
import type { KubeObject } from "../../api/index.ts";
import type { InformedKind, InformedKinds } from "./kinds.ts";

/** Read-only look at the shared caches. */
export interface View {
  /** The object with a key, if the cache has it. */
  get<K extends InformedKind>(kind: K, key: string): InformedKinds[K] | undefined;
  /** The objects under a value of an index, in order of arrival. */
  list<K extends InformedKind>(kind: K, index: string, value: string): InformedKinds[K][];
  /** Keys under a value of an index. */
  keys(kind: InformedKind, index: string, value: string): ReadonlySet<string>;
  /** Every object of a kind: only for rare decisions (a node or a namespace came or went). */
  all<K extends InformedKind>(kind: K): IterableIterator<InformedKinds[K]>;
  /** How many objects of a kind there are. */
  count(kind: InformedKind): number;
  /** An object of any informer, also one of a custom resource. */
  find(informer: string, key: string): KubeObject | undefined;
}

const NO_KEYS: ReadonlySet<string> = new Set<string>();

class InformerView implements View {
  constructor(private readonly set: InformerSet) {}

  get<K extends InformedKind>(kind: K, key: string): InformedKinds[K] | undefined {
    return this.cache(kind).items.get(key);
  }
  list<K extends InformedKind>(kind: K, index: string, value: string): InformedKinds[K][] {
    return byIndex(this.cache(kind), index, value);
  }
  keys(kind: InformedKind, index: string, value: string): ReadonlySet<string> {
    return this.cache(kind).indexes.get(index)?.get(value) ?? NO_KEYS;
  }
  all<K extends InformedKind>(kind: K): IterableIterator<InformedKinds[K]> {
    return this.cache(kind).items.values();
  }
  count(kind: InformedKind): number {
    return this.cache(kind).items.size;
  }
  find(informer: string, key: string): KubeObject | undefined {
    return this.set.informers.get(informer)?.cache.items.get(key);
  }
  private cache<K extends InformedKind>(kind: K): ReturnType<typeof cacheOf<InformedKinds[K]>> {
    return cacheOf<InformedKinds[K]>(this.set, kind);
  }
}

const views = new WeakMap<InformerSet, View>();

/** The view of a set of informers. It holds nothing of its own, so it is made once per set. */
export function viewOf(set: InformerSet): View {
  const known = views.get(set);
  if (known !== undefined) return known;
  const view = new InformerView(set);
  views.set(set, view);
  return view;
}
