import type { PodView } from "../../protocol/index.ts";

/** Sign of a revision: solid edge, hatched edge, or none when there is no revision to tell. */
export type Hue = "a" | "b" | "none";

/** Gives each revision of an owner one of two signs, in turn, in the order revisions appear: a rollout shows both. */
export class RevisionHues {
  readonly #order = new Map<string, string[]>();

  see(pod: PodView, root: string): void {
    if (pod.revision === "" || root === "") return;
    const known = this.#order.get(root) ?? [];
    this.#order.set(root, known);
    if (!known.includes(pod.revision)) known.push(pod.revision);
  }

  of(pod: PodView, root: string): Hue {
    if (pod.revision === "" || root === "") return "none";
    this.see(pod, root);
    return this.hue(root, pod.revision);
  }

  hue(root: string, revision: string): Hue {
    const place = this.#order.get(root)?.indexOf(revision) ?? -1;
    if (place < 0) return "none";
    return place % 2 === 0 ? "a" : "b";
  }

  clear(): void { this.#order.clear(); }
}
