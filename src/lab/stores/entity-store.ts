import type { EntityView, ObjectRef, PodView } from "../../protocol/index.ts";
import { GroupIndex } from "./entity-index.ts";
import { createKeyedSignal } from "./keyed-signal.ts";
import { refKey, refOfEntity } from "./object-ref.ts";
import { RevisionHues, type Hue } from "./revision-hues.ts";

/**
 * Topics one can subscribe to besides ids: a type ("pod", "node"…) wakes when its membership changes, "structure" when
 * anything that moves things changes, "node-pods:NAME" when what a node carries changes, "any-pod" on any pod change,
 * "any-workload", "any-service" and "any-client" likewise.
 */
export type Topic = string;

/** Things by id with indexes; every read is a map look-up and every write costs what it changes. */
export class EntityStore {
  readonly #byId = new Map<string, EntityView>();
  readonly #byRef = new Map<string, string>();
  readonly #byType = new GroupIndex();
  readonly #byNode = new GroupIndex();
  readonly #byOwner = new GroupIndex();
  readonly #hues = new RevisionHues();
  readonly #signal = createKeyedSignal();
  readonly #versions = new Map<string, number>();

  subscribe = (key: Topic, listener: () => void): (() => void) => this.#signal.subscribe(key, listener);

  /** Counts structural changes; layouts are kept per version. */
  get structureVersion(): number { return this.versionOf("structure"); }

  /** Counts the batches that woke a topic. */
  versionOf(topic: Topic): number { return this.#versions.get(topic) ?? 0; }

  get(id: string): EntityView | undefined { return this.#byId.get(id); }

  /** The thing of this id when it has this type. */
  as<T extends EntityView["type"]>(type: T, id: string): Extract<EntityView, { type: T }> | undefined {
    const entity = this.#byId.get(id);
    return entity?.type === type ? entity as Extract<EntityView, { type: T }> : undefined;
  }

  ids(type: EntityView["type"]): readonly string[] { return this.#byType.list(type); }

  count(type: EntityView["type"]): number { return this.#byType.count(type); }

  all<T extends EntityView["type"]>(type: T): Extract<EntityView, { type: T }>[] {
    return this.ids(type).flatMap((id) => this.as(type, id) ?? []);
  }

  /** Ids of the pods bound to a node; "" = not bound yet. */
  podsOn(node: string): readonly string[] { return this.#byNode.list(node); }

  /** Ids of the pods and workloads that this owner controls. */
  ownedBy(owner: string): readonly string[] { return this.#byOwner.list(owner); }

  idOf(ref: ObjectRef): string { return this.#byRef.get(refKey(ref)) ?? ""; }

  /** Which of the two revision signs a pod carries. */
  hueOf(pod: PodView): Hue { return this.#hues.of(pod, this.#rootOf(pod.owner)); }

  /** Sign of a revision below a root owner, for legends and the editor. */
  hueOfRevision(owner: string, revision: string): Hue { return this.#hues.hue(this.#rootOf(owner), revision); }

  clear(): void {
    const keys = new Set<string>([...this.#byId.keys(), ...EVERY_TOPIC]);
    for (const node of this.all("node")) keys.add(`node-pods:${node.name}`);
    this.#byId.clear();
    this.#byRef.clear();
    this.#byType.clear();
    this.#byNode.clear();
    this.#byOwner.clear();
    this.#hues.clear();
    this.#wake(keys);
  }

  /** Applies one batch's changes and wakes who looks at what changed. */
  apply(changed: readonly EntityView[], removed: readonly string[]): void {
    if (changed.length === 0 && removed.length === 0) return;
    const keys = new Set<string>();
    for (const entity of owners(changed)) this.#put(entity, keys);
    for (const id of removed) this.#drop(id, keys);
    this.#wake(keys);
  }

  #wake(keys: ReadonlySet<string>): void {
    for (const topic of EVERY_TOPIC) if (keys.has(topic)) this.#versions.set(topic, this.versionOf(topic) + 1);
    this.#signal.emit(keys);
  }

  #put(entity: EntityView, keys: Set<string>): void {
    const before = this.#byId.get(entity.id);
    if (before === undefined) this.#join(entity, keys);
    else if (moved(before, entity)) {
      this.#leave(before, keys);
      this.#join(entity, keys);
    }
    this.#byId.set(entity.id, entity);
    keys.add(entity.id);
    keys.add(`any-${entity.type}`);
    if (entity.type === "pod") {
      keys.add(`node-pods:${entity.node}`);
      this.#hues.see(entity, this.#rootOf(entity.owner));
    }
  }

  #join(entity: EntityView, keys: Set<string>): void {
    this.#byType.add(entity.type, entity.id);
    if (entity.type === "pod") this.#byNode.add(entity.node, entity.id);
    if ("owner" in entity && entity.owner !== "") this.#byOwner.add(entity.owner, entity.id);
    const ref = refOfEntity(entity);
    if (ref !== null) this.#byRef.set(refKey(ref), entity.id);
    this.#touchStructure(entity, keys);
  }

  #leave(entity: EntityView, keys: Set<string>): void {
    this.#byType.remove(entity.type, entity.id);
    if (entity.type === "pod") this.#byNode.remove(entity.node, entity.id);
    if ("owner" in entity && entity.owner !== "") this.#byOwner.remove(entity.owner, entity.id);
    const ref = refOfEntity(entity);
    if (ref !== null && this.#byRef.get(refKey(ref)) === entity.id) this.#byRef.delete(refKey(ref));
    this.#touchStructure(entity, keys);
  }

  #touchStructure(entity: EntityView, keys: Set<string>): void {
    keys.add(entity.type);
    if (entity.type !== "object") keys.add("structure");
    if (entity.type === "pod") keys.add(`node-pods:${entity.node}`);
    if ("owner" in entity && entity.owner !== "") keys.add(`owned:${entity.owner}`);
  }

  #drop(id: string, keys: Set<string>): void {
    const entity = this.#byId.get(id);
    if (entity === undefined) return;
    this.#leave(entity, keys);
    this.#byId.delete(id);
    keys.add(id);
    keys.add(`any-${entity.type}`);
  }

  #rootOf(owner: string): string {
    const workload = this.as("workload", owner);
    return workload === undefined || workload.owner === "" ? owner : workload.owner;
  }
}

const EVERY_TOPIC = ["structure", "pod", "node", "component", "workload", "service", "client", "object", "node-pods:",
  "any-pod", "any-node", "any-component", "any-workload", "any-service", "any-client", "any-object"];

/** A pod that is bound, or changes hands, moves. */
function moved(before: EntityView, after: EntityView): boolean {
  if (before.type !== after.type) return true;
  if (before.type === "pod" && after.type === "pod" && before.node !== after.node) return true;
  return "owner" in before && "owner" in after && before.owner !== after.owner;
}

/** Owners first, then pods by age, so that revisions are met in the order they were made. */
function owners(changed: readonly EntityView[]): readonly EntityView[] {
  if (changed.length < 2) return changed;
  const pods: PodView[] = [];
  const rest: EntityView[] = [];
  for (const entity of changed) {
    if (entity.type === "pod") pods.push(entity);
    else rest.push(entity);
  }
  pods.sort((a, b) => a.createdAt - b.createdAt);
  return [...rest, ...pods];
}
