/**
 * The shapes of the scheduler's picture of the cluster: nodes in slots, pods on them (assumed ones included), and what is
 * counted. Source of the idea: pkg/scheduler/backend/cache. Upstream copies changed NodeInfos into a snapshot for each
 * cycle; here a cycle happens within one event, so the picture itself is the snapshot. Plain data.
 */
import type { CSINode, LabelSelector, PersistentVolume, PersistentVolumeClaim, PodSpec, Service, StorageClass, Toleration } from "../../api/index.ts";
import type { NodeInfo, PodInfo } from "./node-info.ts";
import type { PodShape } from "./pod-shape.ts";
import type { PodSelection, PodTerm } from "./terms.ts";

/** Which nodes' pods and domains count (PodTopologySpread's inclusion policies). `key` is equal for equal rules. */
export interface Eligibility {
  readonly key: string;
  /** Labels a node must have. */
  readonly labels: readonly string[];
  /** The pod spec whose node affinity must match, if it is honoured. */
  readonly affinity?: PodSpec;
  /** The tolerations that must cover the node's taints, if they are honoured. */
  readonly tolerations?: readonly Toleration[];
}

/** Sums of one tally by the domains of one topology key. Plain data; domains are numbered by their {@link Topology}. */
export interface DomainTally {
  readonly topologyKey: string;
  readonly eligibility: Eligibility | undefined;
  /** By node slot: its domain, or −1 when the node doesn't count. */
  domainOf: Int32Array;
  /** By domain: counted pods, and nodes. */
  counts: Int32Array;
  members: Int32Array;
  /** Domains with a node. */
  domains: number;
  total: number;
  least: number;
  leastIsStale: boolean;
  /** {@link Cluster.nodesVersion} that is worked in. */
  version: number;
}

/** Numbers the values of one topology key. */
export interface Topology {
  readonly key: string;
  readonly ids: Map<string, number>;
  /** By node slot: the number of its value, or −1 without the label. */
  byNode: Int32Array;
}

/** What a tally counts. */
export type Counted =
  | { readonly kind: "selected"; readonly selections: readonly PodSelection[]; readonly skipTerminating: boolean }
  | { readonly kind: "carriers"; readonly termKey: string; readonly skipTerminating: false };

/** Plain data. */
export interface Tally {
  readonly id: number;
  readonly key: string;
  readonly counted: Counted;
  perNode: Int32Array;
  readonly domains: DomainTally[];
  /** Plans that use it. */
  users: number;
}

/** A term that some pod on a node carries. */
export interface CarriedTerm {
  readonly term: PodTerm;
  readonly tally: Tally;
  /** Pods that carry it. */
  pods: number;
}

/** The storage objects volume plugins read. */
export interface VolumeCatalog {
  /** Grows with every change. */
  version: number;
  claims: ReadonlyMap<string, PersistentVolumeClaim>;
  volumes: ReadonlyMap<string, PersistentVolume>;
  classes: ReadonlyMap<string, StorageClass>;
  csiNodes: ReadonlyMap<string, CSINode>;
  /** Claims that a pod on its way to a node has been promised, by volume name: taken until the API shows the claim bound. */
  readonly assumed: Map<string, string>;
}

/** What default spreading reads: selectors of services and of the owners of pods. */
export interface WorkloadCatalog {
  /** By namespace; grows with every change in it. */
  readonly versions: Map<string, number>;
  /** By namespace, then name. */
  readonly services: Map<string, Map<string, Service>>;
  /** "Kind/namespace/name" → selector. */
  readonly selectors: Map<string, LabelSelector>;
}

/** See the module's comment. */
export interface Cluster {
  readonly nodes: NodeInfo[];
  readonly slots: Map<string, number>;
  readonly freeSlots: number[];
  /** Length of the arrays by slot. */
  capacity: number;
  nodeCount: number;
  /** Pods on nodes. */
  readonly pods: Map<string, PodInfo>;
  readonly shapes: Map<string, PodShape>;
  nextShapeId: number;
  /** Counts every change of any node or of its pods; `stamps` has the count of each slot's last change. */
  generation: number;
  stamps: Float64Array;
  /** Counts changes of nodes' labels, taints and existence; `nodeStamps` has the count of each slot's last one. */
  nodesVersion: number;
  nodeStamps: Float64Array;
  /** Slots in the order they are looked at: zones taking turns. */
  order: Int32Array;
  orderIsStale: boolean;
  readonly topologies: Map<string, Topology>;
  readonly tallies: Map<number, Tally>;
  readonly tallyIds: Map<string, number>;
  lastTallyId: number;
  readonly carried: Map<string, CarriedTerm>;
  carriedVersion: number;
  /** Labels of namespaces. */
  readonly namespaces: Map<string, Readonly<Record<string, string>>>;
  namespacesVersion: number;
  /** Image name → how many nodes have it. */
  readonly imageNodes: Map<string, number>;
  readonly volumes: VolumeCatalog;
  readonly workloads: WorkloadCatalog;
}
