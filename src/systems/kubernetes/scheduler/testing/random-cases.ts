/** Random nodes and pods for the properties, small enough that they get in each other's way. */
import fc from "fast-check";
import type { Affinity, Node, Pod, PodSpec } from "../../api/index.ts";
import { makeNode, makePod } from "./test-cluster.ts";

const ZONE = "topology.kubernetes.io/zone";
const HOST = "kubernetes.io/hostname";
const app = fc.constantFrom("a", "b", "c");
const topologyKey = fc.constantFrom(ZONE, HOST);
const selector = app.map((name) => ({ matchLabels: { app: name } }));
const term = fc.record({ labelSelector: selector, topologyKey }).chain((one) => fc.constantFrom(one, { ...one, namespaces: ["default", "other"] }));
const weighted = fc.record({ podAffinityTerm: term, weight: fc.integer({ min: 1, max: 100 }) });
const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined, freq: 4 });
const few = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(value, { minLength: 1, maxLength: 2 });

/** Leaves out what is undefined, as the API does. */
function compact<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

const podTerms = fc.record({ requiredDuringSchedulingIgnoredDuringExecution: rarely(few(term)), preferredDuringSchedulingIgnoredDuringExecution: rarely(few(weighted)) }).map(compact);
const zones = fc.record({ key: fc.constant(ZONE), operator: fc.constant("In"), values: fc.subarray(["z0", "z1", "z2"], { minLength: 1 }) });
const nodeTerms = fc.record({
  requiredDuringSchedulingIgnoredDuringExecution: rarely(zones.map((one) => ({ nodeSelectorTerms: [{ matchExpressions: [one] }] }))),
  preferredDuringSchedulingIgnoredDuringExecution: rarely(few(fc.record({ weight: fc.integer({ min: 1, max: 100 }), preference: zones.map((one) => ({ matchExpressions: [one] })) }))),
}).map(compact);
const affinity = fc.record({ nodeAffinity: rarely(nodeTerms), podAffinity: rarely(podTerms), podAntiAffinity: rarely(podTerms) }).map(compact) as fc.Arbitrary<Affinity>;
const constraint = fc.record({ topologyKey, maxSkew: fc.integer({ min: 1, max: 3 }), whenUnsatisfiable: fc.constantFrom("DoNotSchedule", "ScheduleAnyway"), labelSelector: selector, minDomains: fc.constantFrom(1, 1, 3) });
const taint = fc.record({ key: fc.constantFrom("k1", "k2"), effect: fc.constantFrom("NoSchedule", "PreferNoSchedule", "PreferNoSchedule") });

/** A node; equal names replace each other. */
export const anyNode = (index: number): fc.Arbitrary<Node> => fc.record({
  cpu: fc.integer({ min: 1, max: 4 }), pods: fc.integer({ min: 1, max: 6 }), zone: rarely(fc.constantFrom("z0", "z1", "z2")).chain((zone) => fc.constantFrom(zone, zone, "z0")),
  taints: fc.option(few(taint), { nil: undefined, freq: 2 }), unschedulable: fc.constantFrom(false, false, false, false, true),
}).map(({ cpu, pods, zone, taints, unschedulable }) => makeNode(`n${index}`, {
  allocatable: { cpu: String(cpu), memory: "4096Mi", pods: String(pods) }, labels: zone === undefined ? {} : { [ZONE]: zone },
  spec: { ...(taints === undefined ? {} : { taints }), ...(unschedulable ? { unschedulable } : {}) },
}));

/** A pod. */
export const anyPod = (name: string): fc.Arbitrary<Pod> => fc.record({
  app, namespace: fc.constantFrom("default", "default", "other"), cpu: fc.constantFrom(undefined, 100, 500, 1000), memory: fc.constantFrom(undefined, 256, 1024), port: fc.option(fc.constant(8080), { nil: undefined, freq: 6 }),
  affinity: rarely(affinity), topologySpreadConstraints: rarely(few(constraint)), tolerations: rarely(few(fc.record({ key: fc.constantFrom("k1", "k2"), operator: fc.constant("Exists") }))),
  nodeSelector: fc.option(fc.constantFrom({ [ZONE]: "z0" }, { [ZONE]: "z1" }), { nil: undefined, freq: 6 }), priority: fc.integer({ min: 0, max: 3 }),
}).map(({ app: label, namespace, cpu, memory, port, ...rest }) => {
  const requests = { ...(cpu === undefined ? {} : { cpu: `${cpu}m` }), ...(memory === undefined ? {} : { memory: `${memory}Mi` }) };
  const pod = makePod(name, { labels: { app: label }, requests, namespace, spec: compact(rest) as Partial<PodSpec> });
  if (port === undefined) return pod;
  const container = pod.spec?.containers[0];
  return { ...pod, spec: { ...(pod.spec as PodSpec), containers: [{ name: "c", ...container, ports: [{ containerPort: 80, hostPort: port }] }] } };
});
