/**
 * Turns what happened since the last look into views for the lab. Reads the store's change log (never the whole store,
 * except after a jump), so its cost follows the change. It sees everything at once, as no component of the cluster can:
 * that is what a stage is for.
 */
import type { World } from "../../engine/bus/index.ts";
import { type Change, changesSince, list, type Store } from "../../engine/store/index.ts";
import type { EntityView, ObjectView } from "../../protocol/index.ts";
import { ETCD, type EndpointSlice, type Node, type Pod, type Service, type Stored } from "../../systems/kubernetes/api/index.ts";
import type { EtcdState, EtcdValue } from "../../systems/kubernetes/etcd/index.ts";
import { clientViews } from "./client-view.ts";
import { componentViews } from "./component-view.ts";
import { nodeView } from "./node-view.ts";
import { podView } from "./pod-view.ts";
import { serviceView } from "./service-view.ts";
import { WORKLOAD_KINDS, workloadView } from "./workload-view.ts";

/** What changed since the last look. */
export interface Projection {
  readonly changed: EntityView[];
  readonly removed: string[];
}

/** Kinds that change all the time and are shown nowhere as things. */
const SILENT_KINDS: ReadonlySet<string> = new Set(["Event", "Lease", "Endpoints", "ControllerRevision"]);

/** States in which a pod may stay for ever. */
const RESTING: ReadonlySet<string> = new Set(["ready", "succeeded", "failed", "running"]);

/** See the module's comment. */
export class Projector {
  private revision = 0;
  private lifeChanges = -1;
  /** Last view sent, as text, by id. */
  private readonly sent = new Map<string, string>();
  private readonly objects = new Map<string, Stored>();
  private readonly podsByNode = new Map<string, Set<string>>();
  private readonly slicesByService = new Map<string, Map<string, EndpointSlice>>();
  private readonly services = new Map<string, Stored>();
  private readonly nodes = new Map<string, Node>();
  private readonly dirty = new Set<string>();
  private readonly unsettled = new Set<string>();

  constructor(private readonly world: World) {}

  /** The store's revision at the last look. */
  get lastRevision(): number {
    return this.revision;
  }

  /** The object with a uid, as last seen. */
  object(uid: string): Stored | undefined {
    return this.objects.get(uid);
  }

  /** True when nothing is unfinished: every pod settled, every node up. */
  settled(): boolean {
    if (this.unsettled.size > 0) return false;
    for (const node of this.nodes.values()) if (isLost(node)) return false;
    return true;
  }

  /** Looks again. */
  look(): Projection {
    const projection: Projection = { changed: [], removed: [] };
    const store = this.world.stateOf<EtcdState>(ETCD)?.store;
    if (store !== undefined && store.revision !== this.revision) this.readChanges(store, projection);
    this.lookAtLife(projection);
    for (const id of this.dirty) this.refresh(id, projection);
    this.dirty.clear();
    for (const view of [...componentViews(this.world), ...clientViews(this.world)]) this.send(view, projection);
    return projection;
  }

  private readChanges(store: Store<EtcdValue>, projection: Projection): void {
    const changes = changesSince(store, this.revision);
    if ("compacted" in changes) {
      for (const prefix of store.prefixes.keys()) for (const item of list(store, prefix)) this.note(item.value.object);
    } else for (const change of changes) this.readChange(change, projection);
    this.revision = store.revision;
  }

  private readChange(change: Change<EtcdValue>, projection: Projection): void {
    if (change.value !== undefined) this.note(change.value.object);
    else if (change.previous !== undefined) this.forget(change.previous.value.object, projection);
  }

  private note(object: Stored): void {
    if (SILENT_KINDS.has(object.kind)) return;
    const { uid } = object.metadata;
    if (object.kind === "EndpointSlice") this.noteSlice(object as EndpointSlice & Stored);
    else {
      if (object.kind === "Node") this.noteNode(object as Node & Stored);
      if (object.kind === "Pod") this.notePod(object as Pod & Stored);
      if (object.kind === "Service") this.services.set(placeOf(object), object);
      this.objects.set(uid, object);
      this.dirty.add(uid);
    }
  }

  private noteNode(node: Node & Stored): void {
    const before = this.nodes.get(node.metadata.name);
    this.nodes.set(node.metadata.name, node);
    if (before === undefined || isLost(before) !== isLost(node)) for (const uid of this.podsByNode.get(node.metadata.name) ?? []) this.dirty.add(uid);
  }

  private notePod(pod: Pod & Stored): void {
    const node = pod.spec?.nodeName ?? "";
    if (node === "") return;
    const pods = this.podsByNode.get(node);
    if (pods === undefined) this.podsByNode.set(node, new Set([pod.metadata.uid]));
    else pods.add(pod.metadata.uid);
  }

  private noteSlice(slice: EndpointSlice & Stored): void {
    const place = sliceService(slice);
    const slices = this.slicesByService.get(place) ?? new Map<string, EndpointSlice>();
    slices.set(slice.metadata.name, slice);
    this.slicesByService.set(place, slices);
    this.touchService(place);
  }

  private touchService(place: string): void {
    const service = this.services.get(place);
    if (service !== undefined) this.dirty.add(service.metadata.uid);
  }

  private forget(object: Stored, projection: Projection): void {
    const { uid, name } = object.metadata;
    if (object.kind === "EndpointSlice") {
      const place = sliceService(object as EndpointSlice);
      this.slicesByService.get(place)?.delete(name);
      this.touchService(place);
      return;
    }
    if (object.kind === "Service") this.services.delete(placeOf(object));
    if (object.kind === "Node") this.nodes.delete(name);
    if (object.kind === "Pod") this.podsByNode.get((object as Pod).spec?.nodeName ?? "")?.delete(uid);
    this.objects.delete(uid);
    this.dirty.delete(uid);
    const id = object.kind === "Node" ? `node/${name}` : uid;
    this.unsettled.delete(id);
    if (this.sent.delete(id)) projection.removed.push(id);
  }

  /** Nodes whose machine, parts or links changed outside the API. */
  private lookAtLife(projection: Projection): void {
    if (this.world.lifeChanges === this.lifeChanges) return;
    this.lifeChanges = this.world.lifeChanges;
    for (const node of this.nodes.values()) this.send(nodeView(node, this.world), projection);
  }

  private refresh(uid: string, projection: Projection): void {
    const object = this.objects.get(uid);
    if (object !== undefined) this.send(this.viewOf(object), projection);
  }

  private viewOf(object: Stored): EntityView {
    if (object.kind === "Pod") {
      const node = this.nodes.get((object as Pod).spec?.nodeName ?? "");
      return podView(object as Pod, node !== undefined && isLost(node));
    }
    if (object.kind === "Node") return nodeView(object as Node, this.world);
    if (object.kind === "Service") return serviceView(object as Service & Stored, [...(this.slicesByService.get(placeOf(object))?.values() ?? [])]);
    return WORKLOAD_KINDS.has(object.kind) ? workloadView(object) : objectView(object);
  }

  private send(view: EntityView, projection: Projection): void {
    const text = JSON.stringify(view);
    if (this.sent.get(view.id) === text) return;
    this.sent.set(view.id, text);
    projection.changed.push(view);
    const resting = view.type === "pod" ? RESTING.has(view.state) : view.type !== "node" || (view.powered && view.ready === "Ready");
    if (resting) this.unsettled.delete(view.id);
    else this.unsettled.add(view.id);
  }
}

function objectView(object: Stored): ObjectView {
  const { uid, namespace, name, deletionTimestamp } = object.metadata;
  return { type: "object", id: uid, apiVersion: object.apiVersion, kind: object.kind, namespace: namespace ?? "", name, leaving: deletionTimestamp !== undefined };
}

function isLost(node: Node): boolean {
  return node.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "Unknown") === true;
}

function placeOf(object: Stored): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}

function sliceService(slice: EndpointSlice): string {
  return `${slice.metadata?.namespace ?? ""}/${slice.metadata?.labels?.["kubernetes.io/service-name"] ?? ""}`;
}
