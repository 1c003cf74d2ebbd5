/** The controllers against the real API server and etcd. Pods are run by the tests themselves. */
import { rfc3339 } from "../../../../base/time/index.ts";
import { type Behaviour, World } from "../../../../engine/bus/index.ts";
import { API_SERVER, type ApiResponse, CONTROL_PLANE_HOST, CONTROLLER_MANAGER, ETCD, type KubeList, type KubeObject, OUTSIDE_HOST, type Pod, type Status } from "../../api/index.ts";
import { apiServer } from "../../apiserver/index.ts";
import { type Call, probe, type ProbeState } from "../../apiserver/testing/world.ts";
import { etcd } from "../../etcd/index.ts";
import { type AnyController, createControllerManager, type ManagerState } from "../runtime/index.ts";

/** See the module's comment. */
export class RealCluster {
  readonly world: World;
  private nextId = 1;

  constructor(controllers: readonly AnyController[], seed = 1) {
    const behaviours = new Map<string, Behaviour<unknown>>();
    for (const behaviour of [etcd, apiServer, probe, createControllerManager(controllers)]) behaviours.set(behaviour.type, behaviour as Behaviour<unknown>);
    this.world = new World({ seed, startAt: Date.UTC(2026, 0, 1), behaviours });
    this.world.spawn({ id: ETCD, type: "etcd", host: CONTROL_PLANE_HOST, config: undefined });
    this.world.spawn({ id: API_SERVER, type: "kube-apiserver", host: CONTROL_PLANE_HOST, config: undefined });
    this.world.spawn({ id: CONTROLLER_MANAGER, type: "kube-controller-manager", host: CONTROL_PLANE_HOST, config: {} });
    this.world.spawn({ id: "probe", type: "probe", host: OUTSIDE_HOST, config: undefined });
    this.run(500);
  }

  /** Lets virtual time pass, ms. */
  run(ms: number): void {
    this.world.run(this.world.now + ms);
  }
  ask(call: Call): ApiResponse {
    const id = this.nextId++;
    const request = { type: "api-request", group: "", version: "v1", user: "kubernetes-admin", agent: "kubectl", ...call };
    this.world.inject("probe", { type: "ask", id, call: request } as never);
    const { answers } = this.world.stateOf<ProbeState>("probe")!;
    for (let step = 0; step < 2000 && !answers.has(id); step++) this.run(2);
    const answer = answers.get(id);
    if (answer === undefined || "failed" in answer) throw new Error(answer?.failed ?? "no answer");
    return answer;
  }
  do<T extends KubeObject = KubeObject>(call: Call): T {
    const answer = this.ask(call);
    if (answer.code >= 300) throw new Error(`${String(answer.code)}: ${(answer.body as Status).message ?? ""}`);
    return answer.body as T;
  }
  create<T extends KubeObject>(resource: string, object: T): T {
    const [name, group] = split(resource);
    const { namespace } = object.metadata ?? {};
    return this.do<T>({ verb: "create", group, resource: name, body: object, ...(namespace === undefined ? {} : { namespace }) });
  }
  patch(resource: string, key: string, body: unknown, subresource?: string): ApiResponse {
    const [plural, group] = split(resource);
    return this.ask({ verb: "patch", group, resource: plural, ...where(key), body, options: { patchType: "application/merge-patch+json" }, ...(subresource === undefined ? {} : { subresource }) });
  }
  delete(resource: string, key: string, options: NonNullable<Call["options"]> = {}): ApiResponse {
    const [plural, group] = split(resource);
    return this.ask({ verb: "delete", group, resource: plural, ...where(key), options });
  }
  get<T extends KubeObject>(resource: string, key: string): T | undefined {
    const [plural, group] = split(resource);
    const answer = this.ask({ verb: "get", group, resource: plural, ...where(key) });
    return answer.code === 200 ? answer.body as T : undefined;
  }
  list<T extends KubeObject>(resource: string, namespace?: string): T[] {
    const [plural, group] = split(resource);
    return [...(this.do({ verb: "list", group, resource: plural, ...(namespace === undefined ? {} : { namespace }) }) as unknown as KubeList<T>).items];
  }
  /** Makes pods run: gives each an address and readiness, as a kubelet would. */
  runPods(namespace: string, ready = true): void {
    this.list<Pod>("pods", namespace).forEach((pod, index) => {
      const { name = "" } = pod.metadata ?? {};
      if (pod.spec?.nodeName === undefined) this.bind(namespace, name, "node-1");
      const at = rfc3339(this.world.now);
      const ip = `10.244.0.${String(index + 2)}`;
      const status = { phase: "Running", podIP: ip, podIPs: [{ ip }], conditions: [{ type: "Ready", status: ready ? "True" : "False", lastTransitionTime: at }] };
      this.patch("pods", `${namespace}/${name}`, { status }, "status");
    });
    this.run(200);
  }
  bind(namespace: string, name: string, node: string): void {
    const body = { apiVersion: "v1", kind: "Binding", metadata: { name }, target: { kind: "Node", name: node } } as KubeObject;
    this.do({ verb: "create", resource: "pods", subresource: "binding", namespace, name, body });
  }
  get manager(): ManagerState {
    return this.world.stateOf<ManagerState>(CONTROLLER_MANAGER)!;
  }
  notes(kind: string): { object: string; data: Readonly<Record<string, unknown>> }[] {
    return this.world.trace.notes.filter((note) => note.kind === kind);
  }
}

function split(resource: string): [string, string] {
  const dot = resource.indexOf(".");
  return dot < 0 ? [resource, ""] : [resource.slice(0, dot), resource.slice(dot + 1)];
}

function where(key: string): { name: string; namespace?: string } {
  const slash = key.indexOf("/");
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
