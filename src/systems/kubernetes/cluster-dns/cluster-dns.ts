/**
 * cluster-dns: answers for the names of services and pods from what it watches, in the place of CoreDNS.
 * Simplified: one component on the control plane instead of a Deployment; A records only.
 */
import type { Behaviour, Context } from "../../../engine/bus/index.ts";
import type { NameResolved, ResolveName } from "../../containers/network/index.ts";
import type { Packet, PacketAnswer } from "../../containers/packets/index.ts";
import { API_SERVER, type ApiResponse, type EndpointSlice, type KubeObject, type Service } from "../api/index.ts";
import {
  type ApiClient, cacheOf, callApi, createInformers, informerClosed, informerData, informerFailure, informerReply, type InformerSet, type InformerSpecs, informerTimer, startInformers,
} from "../client/index.ts";
import { OWN_OBJECTS } from "./own-service.ts";
import { resolveName } from "./records.ts";

/** What the DNS is made from. */
export interface ClusterDnsConfig {
  /** Names outside the cluster with their addresses: machines, as the site's own DNS knows them. */
  readonly hosts: ReadonlyMap<string, string>;
}

/** Component state. */
export interface ClusterDnsState {
  readonly config: ClusterDnsConfig;
  readonly informers: InformerSet;
}

const CLIENT: ApiClient = { server: API_SERVER, user: "system:serviceaccount:kube-system:coredns", agent: "coredns" };
/** Who makes the Service, in kubeadm's place. */
const INSTALLER: ApiClient = { server: API_SERVER, user: "kubernetes-admin", agent: "kubeadm" };
/** Time to live of records (CoreDNS plugin/kubernetes, default ttl). */
const TTL_MS = 5000;
const RETRY_MS = 1000;
const INSTALL_TIMER = "install/";

function serviceOf(slice: KubeObject): string {
  const { namespace = "", labels } = slice.metadata ?? {};
  return `${namespace}/${labels?.["kubernetes.io/service-name"] ?? ""}`;
}

const SPECS: InformerSpecs = {
  services: { group: "", version: "v1", resource: "services" },
  slices: { group: "discovery.k8s.io", version: "v1", resource: "endpointslices", indexes: { service: (slice) => [serviceOf(slice)] } },
};

interface InstallTag {
  /** Which of its own objects the request makes. */
  readonly install: number;
}

/** The DNS of the cluster. */
export const clusterDns: Behaviour<ClusterDnsState, ClusterDnsConfig> = {
  type: "cluster-dns",
  start(context, config) {
    const state: ClusterDnsState = { config, informers: createInformers(CLIENT, SPECS) };
    startInformers(state.informers, SPECS, context);
    for (let index = 0; index < OWN_OBJECTS.length; index++) install(context, index);
    return state;
  },
  onRequest(state, context, body, request) {
    if (body.type === "packet") answerPacket(state, context, body as Packet, request);
    else {
      const { name, namespace } = body as ResolveName;
      const answer: NameResolved = { type: "network/name", addresses: resolve(state, name, namespace), ttlMs: TTL_MS };
      context.reply(request, answer);
    }
  },
  onReply(state, context, body, tag) {
    if (informerReply(state.informers, SPECS, context, body, tag, state, ignore)) return;
    // 409: there already; 422: its address is taken, which for all we know is by itself.
    const { code } = body as ApiResponse;
    if (code >= 300 && code !== 409 && code !== 422) retry(context, tag as InstallTag);
  },
  onFailure(state, context, _reason, tag) {
    if (!informerFailure(state.informers, context, tag)) retry(context, tag as InstallTag);
  },
  onData: (state, context, body, stream, tag) => void informerData(state.informers, SPECS, context, body, stream, tag, state, ignore),
  onClosed: (state, context, reason, stream, tag) => void informerClosed(state.informers, SPECS, context, reason, stream, tag),
  onTimer(state, context, name, body) {
    if (name.startsWith(INSTALL_TIMER)) install(context, body as number);
    else informerTimer(state.informers, SPECS, context, name);
  },
};

function ignore(): void {
  // Answers are made from the caches when they are asked for.
}

function install(context: Context, index: number): void {
  const call = OWN_OBJECTS[index];
  const tag: InstallTag = { install: index };
  if (call !== undefined) callApi(context, INSTALLER, call, tag);
}

function retry(context: Context, { install: index }: InstallTag): void {
  context.setTimer(INSTALL_TIMER + index, RETRY_MS, index);
}

function resolve(state: ClusterDnsState, name: string, namespace: string): readonly string[] {
  const services = cacheOf<Service>(state.informers, "services");
  const slices = cacheOf<EndpointSlice>(state.informers, "slices");
  return resolveName({ services, slices, hosts: state.config.hosts }, name, namespace);
}

/** A question that came over the network (a tool such as nslookup): the path is the name; the answer one address a line. */
function answerPacket(state: ClusterDnsState, context: Context, packet: Packet, request: number): void {
  const listens = packet.port === 53;
  const addresses = listens ? resolve(state, packet.request.path.replace(/^\//, ""), packet.request.headers?.["namespace"] ?? "default") : [];
  const answer: PacketAnswer = { type: "packet-answer", outcome: listens ? "answer" : "refused", status: addresses.length > 0 ? 0 : 3, body: addresses.join("\n") };
  context.reply(request, answer);
}
