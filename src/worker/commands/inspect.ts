/** What the inspector shows of one object, and a container's logs. */
import { writeYaml } from "../../base/yaml/index.ts";
import { humanDuration } from "../../base/duration/index.ts";
import { parseRfc3339 } from "../../base/time/index.ts";
import type { Commands, Inspection } from "../../protocol/index.ts";
import type { Pod, Stored } from "../../systems/kubernetes/api/index.ts";
import { honestyFor } from "../../systems/kubernetes/honesty/index.ts";
import { podSummary } from "../../systems/kubernetes/status/index.ts";
import type { CommandHost } from "../command-host.ts";
import { findObject, objectsOfKind, shownObject } from "../store-reader.ts";
import { peekLogs } from "./peek-logs.ts";
import { placeOf, send } from "./requests.ts";

interface Conditioned {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string; readonly reason?: string; readonly message?: string; readonly lastTransitionTime?: string }[] };
}
interface AnyEvent {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly note?: string;
  readonly count?: number;
  readonly series?: { readonly count?: number; readonly lastObservedTime?: string };
  readonly involvedObject?: { readonly uid?: string };
  readonly regarding?: { readonly uid?: string };
  readonly source?: { readonly component?: string };
  readonly reportingComponent?: string;
  readonly reportingController?: string;
  readonly lastTimestamp?: string;
  readonly eventTime?: string;
}

/** Summary, conditions, events, YAML. */
export function inspect(host: CommandHost, { ref, managedFields }: Commands["inspect"]["input"]): Inspection {
  const { world } = host.stage.session;
  const object = findObject(world, ref);
  const honesty = honestyFor(ref.kind);
  if (object === undefined) return { ref, found: false, yaml: "", facts: [], conditions: [], events: [], containers: [], honesty };
  return {
    ref, found: true, yaml: writeYaml(shownObject(object, managedFields) as never), facts: factsOf(object, world.now),
    conditions: conditionsOf(object), events: eventsOf(host, object),
    containers: object.kind === "Pod" ? containersOf(object as Pod) : [], honesty,
  };
}

/** Logs as `kubectl logs` shows them: read directly while everything on the way is up, else through the API server and the kubelet. */
export async function logs(host: CommandHost, input: Commands["logs"]["input"]): Promise<Commands["logs"]["output"]> {
  const known = peekLogs(host, input);
  if (known !== undefined) return { lines: known, error: "" };
  const options = { container: input.container, previous: input.previous, tailLines: input.tail };
  const answer = await send(host, { ...placeOf(host, input.ref), verb: "get", subresource: "log", body: options });
  if (answer.code < 200 || answer.code > 299) return { lines: [], error: (answer.body as { readonly message?: string }).message ?? "" };
  const text = (answer.body as { readonly text?: string }).text ?? "";
  return { lines: text === "" ? [] : text.replace(/\n$/, "").split("\n"), error: "" };
}

function containersOf(pod: Pod): string[] {
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map((container) => container.name);
}

function conditionsOf(object: Stored): Inspection["conditions"] {
  const conditions = (object as Conditioned).status?.conditions ?? [];
  return conditions.map((condition) => ({ type: condition.type, status: condition.status, reason: condition.reason ?? "", message: condition.message ?? "", since: condition.lastTransitionTime ?? "" }));
}

function eventsOf(host: CommandHost, object: Stored): Inspection["events"] {
  const { world } = host.stage.session;
  const own = objectsOfKind(world, "Event").filter((event) => {
    const { involvedObject, regarding } = event as unknown as AnyEvent;
    return (involvedObject ?? regarding)?.uid === object.metadata.uid;
  });
  const shown = own.map((event) => {
    const loose = event as unknown as AnyEvent;
    const lastSeen = loose.series?.lastObservedTime ?? loose.lastTimestamp ?? loose.eventTime ?? event.metadata.creationTimestamp;
    return {
      type: loose.type ?? "Normal", reason: loose.reason ?? "", message: loose.message ?? loose.note ?? "", count: loose.series?.count ?? loose.count ?? 1,
      source: loose.reportingComponent ?? loose.reportingController ?? loose.source?.component ?? "", lastSeen,
    };
  });
  return shown.sort((a, b) => parseRfc3339(a.lastSeen) - parseRfc3339(b.lastSeen));
}

function factsOf(object: Stored, now: number): Inspection["facts"] {
  const facts: { name: string; value: string }[] = [];
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value !== "") facts.push({ name, value });
  };
  add("Namespace", object.metadata.namespace);
  add("Age", humanDuration(now - parseRfc3339(object.metadata.creationTimestamp)));
  add("Labels", Object.entries(object.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`).join(", "));
  add("Owned by", (object.metadata.ownerReferences ?? []).map((owner) => `${owner.kind} ${owner.name}`).join(", "));
  if (object.kind === "Pod") podFacts(object as Pod & Stored, add);
  else if (object.kind === "Service") serviceFacts(object, add);
  else replicaFacts(object, add);
  return facts;
}

type Add = (name: string, value: string | undefined) => void;

function podFacts(pod: Pod & Stored, add: Add): void {
  const summary = podSummary(pod);
  add("Status", summary.word);
  add("Ready", `${summary.ready}/${summary.total}`);
  add("Restarts", String(summary.restarts));
  add("Node", pod.spec?.nodeName ?? "none yet");
  add("Address", pod.status?.podIP);
  add("Quality of service", pod.status?.qosClass);
  add("Images", (pod.spec?.containers ?? []).map((container) => container.image ?? "").join(", "));
}

function serviceFacts(object: Stored, add: Add): void {
  const { spec } = object as { readonly spec?: { readonly type?: string; readonly clusterIP?: string; readonly selector?: Readonly<Record<string, string>>; readonly ports?: readonly { readonly port: number; readonly targetPort?: unknown; readonly nodePort?: number }[] } };
  add("Type", spec?.type);
  add("Cluster address", spec?.clusterIP);
  add("Ports", (spec?.ports ?? []).map((port) => `${port.port} → ${String(port.targetPort ?? port.port)}${port.nodePort === undefined ? "" : ` (node port ${port.nodePort})`}`).join(", "));
  add("Selects", Object.entries(spec?.selector ?? {}).map(([key, value]) => `${key}=${value}`).join(", "));
}

function replicaFacts(object: Stored, add: Add): void {
  const { spec, status } = object as { readonly spec?: { readonly replicas?: number; readonly template?: { readonly spec?: { readonly containers?: readonly { readonly image?: string }[] } } }; readonly status?: { readonly readyReplicas?: number; readonly updatedReplicas?: number } };
  if (spec?.replicas !== undefined) add("Replicas", `${status?.readyReplicas ?? 0} ready of ${spec.replicas} wanted`);
  if (status?.updatedReplicas !== undefined) add("Up to date", String(status.updatedReplicas));
  add("Images", (spec?.template?.spec?.containers ?? []).map((container) => container.image ?? "").join(", "));
}
