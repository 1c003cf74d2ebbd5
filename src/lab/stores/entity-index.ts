/** Ids grouped under a key, with the sorted array of a group built when asked for and kept until it changes. */
export class GroupIndex {
  readonly #groups = new Map<string, Set<string>>();
  readonly #arrays = new Map<string, readonly string[]>();

  add(group: string, id: string): void {
    const set = this.#groups.get(group) ?? new Set();
    this.#groups.set(group, set);
    set.add(id);
    this.#arrays.delete(group);
  }

  remove(group: string, id: string): void {
    const set = this.#groups.get(group);
    if (set === undefined) return;
    set.delete(id);
    this.#arrays.delete(group);
    if (set.size === 0) this.#groups.delete(group);
  }

  /** Ids of a group in the order they joined; the same array until the group changes. */
  list(group: string): readonly string[] {
    const known = this.#arrays.get(group);
    if (known !== undefined) return known;
    const array = [...(this.#groups.get(group) ?? [])];
    this.#arrays.set(group, array);
    return array;
  }

  count(group: string): number {
    return this.#groups.get(group)?.size ?? 0;
  }

  clear(): void {
    this.#groups.clear();
    this.#arrays.clear();
  }
}
