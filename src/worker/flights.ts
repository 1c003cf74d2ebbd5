/**
 * Messages on their way, as the stage shows them. Heartbeats and other routine are left out, and messages alike that
 * leave together become one dot with a count: a calm picture while many things happen at once.
 */
import type { Envelope, World } from "../engine/bus/index.ts";
import { EventKind } from "../engine/trace/index.ts";
import type { Flight, FlightShape } from "../protocol/index.ts";
import type { SetServiceRules } from "../systems/containers/network/index.ts";
import type { ApiRequest, ApiResponse, KubeObject, WatchEvent } from "../systems/kubernetes/api/index.ts";

const ROUTINE: ReadonlySet<string> = new Set(["leases", "events", "tokenreviews", "subjectaccessreviews"]);
const ROUTINE_KINDS: ReadonlySet<string> = new Set(["Lease", "Event", "Status"]);
/** More dots than this in one batch are not a picture any more. */
const MOST_FLIGHTS = 60;

interface Draft {
  readonly shape: FlightShape;
  readonly label: string;
  readonly about: string;
}

/** Collects flights between two batches. */
export class FlightLog {
  private drafts = new Map<string, Flight>();
  /** How many worth showing were seen since {@link FlightLog.take}. */
  count = 0;
  /** Stops the world's run at the first one. */
  stopAtFirst = false;

  constructor(private readonly world: World) {}

  /** Notes a message that was just sent. Returns whether it is worth showing. */
  sent(envelope: Envelope, sentAt: number): boolean {
    const draft = describe(envelope);
    if (draft === undefined) return false;
    this.count++;
    if (this.stopAtFirst) this.world.stop();
    const from = this.world.componentId(envelope.from);
    const to = this.world.componentId(envelope.to);
    const key = `${from}>${to}>${draft.shape}`;
    const known = this.drafts.get(key);
    if (known !== undefined) this.drafts.set(key, { ...known, count: known.count + 1, at: envelope.at });
    else if (this.drafts.size < MOST_FLIGHTS) this.drafts.set(key, { id: envelope.id, from, to, ...draft, count: 1, sentAt, at: envelope.at });
    return true;
  }

  /** Hands the collected flights over and starts anew. */
  take(): readonly Flight[] {
    const flights = [...this.drafts.values()];
    this.drafts = new Map();
    this.count = 0;
    return flights;
  }
}

function describe(envelope: Envelope): Draft | undefined {
  const body = envelope.body as { readonly type?: string } | undefined;
  const type = body?.type ?? "";
  if (type === "api-request") return describeRequest(envelope, body as ApiRequest);
  if (type === "api-response") return describeResponse(envelope, body as ApiResponse);
  if (type === "watch-event") return describeWatch(body as WatchEvent);
  if (type === "etcd-txn") return describeWrite(body as unknown as { readonly key: string; readonly object?: KubeObject });
  if (type.startsWith("cri/") && envelope.kind === EventKind.Request) return type === "cri/ExecSync" || type === "cri/ContainerStats" ? undefined : { shape: "request", label: type.slice(4), about: podUid(body) };
  if (type === "cri/ContainerEvent") return { shape: "watch", label: `container ${(body as { readonly event?: string }).event ?? ""}`, about: podUid(body) };
  if (type.startsWith("cni/") && envelope.kind === EventKind.Request) return { shape: "request", label: type.toUpperCase().replace("/", " "), about: podUid(body) };
  if (type === "network/SetServiceRules") return describeRules(body as unknown as SetServiceRules);
  return undefined;
}

/** kube-proxy programs its node; what the cluster itself needs is left out. */
function describeRules({ full, changed, removed }: SetServiceRules): Draft | undefined {
  const services = [...changed.map(({ service }) => service), ...removed].filter((service) => !service.startsWith("kube-system/") && service !== "default/kubernetes");
  if (full || services.length === 0) return undefined;
  return { shape: "write", label: `rules ${services.map((service) => service.slice(service.indexOf("/") + 1)).join(", ")}`, about: "" };
}

function describeRequest(envelope: Envelope, request: ApiRequest): Draft | undefined {
  if (ROUTINE.has(request.resource) || envelope.kind === EventKind.Open) return undefined;
  if (request.verb === "list" || (request.verb === "get" && request.agent !== "kubectl")) return undefined;
  if (request.resource === "nodes" && request.subresource === "status") return undefined;
  const sub = request.subresource === undefined ? "" : `/${request.subresource}`;
  return { shape: "request", label: `${request.verb} ${request.resource}${sub} ${request.name ?? ""}`.trim(), about: uidOf(request.body) };
}

function describeResponse(envelope: Envelope, response: ApiResponse): Draft | undefined {
  const kind = response.body.kind ?? "";
  if (ROUTINE_KINDS.has(kind) && response.code < 400) return undefined;
  if (kind.endsWith("List") || kind === "Node" || envelope.kind !== EventKind.Reply) return undefined;
  return { shape: "answer", label: `${response.code} ${kind}`, about: uidOf(response.body) };
}

function describeWatch(event: WatchEvent): Draft | undefined {
  const kind = event.object.kind ?? "";
  if (event.event === "BOOKMARK" || ROUTINE_KINDS.has(kind) || kind === "Node") return undefined;
  return { shape: "watch", label: `${event.event} ${kind} ${event.object.metadata?.name ?? ""}`, about: uidOf(event.object) };
}

function describeWrite(txn: { readonly key: string; readonly object?: KubeObject }): Draft | undefined {
  const kind = txn.object?.kind ?? "";
  if (ROUTINE_KINDS.has(kind) || kind === "Node" || txn.key.includes("/leases/") || txn.key.includes("/events/")) return undefined;
  return { shape: "write", label: `${txn.object === undefined ? "delete" : "write"} ${kind} ${txn.object?.metadata?.name ?? ""}`.trim(), about: uidOf(txn.object) };
}

function uidOf(value: unknown): string {
  return (value as KubeObject | undefined)?.metadata?.uid ?? "";
}

function podUid(value: unknown): string {
  return (value as { readonly podUid?: string } | undefined)?.podUid ?? "";
}
