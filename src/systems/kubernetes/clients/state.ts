/** Programs that send traffic, as plain data. Times are ms since the epoch. */

/** A program that sends requests at a rate. */
export interface ClientSpec {
  readonly name: string;
  /** "http://web.default/", "http://203.0.113.10:80/path", "node-1:30080". */
  readonly url: string;
  readonly perSecond: number;
  /** From the internet, or from within the cluster's nodes. */
  readonly from: "outside" | "inside";
}

/** Starts, changes or stops a client. */
export interface SetClient {
  readonly type: "clients/set";
  readonly on: boolean;
  readonly spec: ClientSpec;
}

/** A way into the cluster for programs inside it: the network of a node, and the address they have there. */
export interface Entry {
  readonly network: string;
  readonly sourceIp: string;
}

/** What the component is made from. */
export interface ClientsConfig {
  readonly entries: readonly Entry[];
  /** Component by address, for what can be reached from outside: the nodes. */
  readonly routes: ReadonlyMap<string, string>;
  /** Component that answers for every other address: the cloud's load balancers. */
  readonly gateway: string;
  /** Addresses of names that are known outside: the nodes'. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** Where requests go. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** What became known in one second. */
export interface SecondRow {
  /** Seconds since the epoch. */
  readonly second: number;
  sent: number;
  answered: number;
  failed: number;
  latencySumMs: number;
  /** Answers by pod ("namespace/name"); only the last ten seconds have it. */
  byPod: Map<string, number> | undefined;
}

/** One client. */
export interface ClientProgram {
  spec: ClientSpec;
  target: Target | undefined;
  on: boolean;
  readonly sourceIp: string;
  /** When request number 0 of this rate was due. */
  startedAt: number;
  /** Number of the next request of this rate. */
  next: number;
  sent: number;
  answered: number;
  failed: number;
  /** Seconds in which something happened, oldest first. */
  readonly rows: SecondRow[];
  readonly errors: { readonly at: number; readonly reason: string }[];
  /** Last time failures were told, and how many there were since. */
  toldAt: number;
  untold: number;
}

/** A request on its way. */
export interface Pending {
  readonly client: string;
  readonly sentAt: number;
  /** Index of the entry, -1 from outside. */
  readonly entry: number;
}

/** Component state. */
export interface ClientsState {
  readonly config: ClientsConfig;
  readonly programs: Map<string, ClientProgram>;
  /** Requests without an outcome by number, oldest first. */
  readonly pending: Map<number, Pending>;
  nextNumber: number;
  /** Entry to use next. */
  nextEntry: number;
  /** Entries on machines that don't run, and when to try them again. */
  readonly dead: Map<number, number>;
}
