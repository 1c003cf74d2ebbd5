/** Defaults of containers, probes and handlers. Source: pkg/apis/core/v1/defaults.go and the `+default` markers of k8s.io/api/core/v1/types.go. */
import type { Container, ContainerPort, EnvVar, EphemeralContainer, GRPCAction, HTTPGetAction, Lifecycle, ObjectFieldSelector, Probe, ResourceRequirements } from "../../api/index.ts";
import { always, eachOf, fill, fillZeros, inside, type Filler } from "./edit.ts";
import { defaultPullPolicy } from "./image.ts";
import { roundedUp } from "./quantities.ts";

const httpGet: Filler<HTTPGetAction> = (action) => fill(action, { path: "/", scheme: "HTTP" });
const grpc: Filler<GRPCAction> = (action) => (action.service === undefined ? { ...action, service: "" } : action);

/** SetDefaults_Probe. */
const probe: Filler<Probe> = (value) => {
  let out = fillZeros(value, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  out = inside(out, "httpGet", httpGet);
  return inside(out, "grpc", grpc);
};

const lifecycle: Filler<Lifecycle> = (value) => {
  const out = inside(value, "postStart", (handler) => inside(handler, "httpGet", httpGet));
  return inside(out, "preStop", (handler) => inside(handler, "httpGet", httpGet));
};

const port: Filler<ContainerPort> = (value) => fill(value, { protocol: "TCP" });

/** SetDefaults_ObjectFieldSelector. */
export const fieldRef: Filler<ObjectFieldSelector> = (value) => fill(value, { apiVersion: "v1" });

const envVar: Filler<EnvVar> = (value) => inside(value, "valueFrom", (source) => {
  const out = inside(source, "fieldRef", fieldRef);
  return inside(out, "fileKeyRef", (ref) => fill(ref, { optional: false }));
});

/** Rounds requests and limits up to thousandths. */
export const resources: Filler<ResourceRequirements> = (value) => inside(inside(value, "limits", roundedUp), "requests", roundedUp);

const noResources: ResourceRequirements = {};

/** SetDefaults_Container with the nested defaulters; `resources` is a struct in Go and so always written. */
export function defaultContainer<T extends Container | EphemeralContainer>(container: T): T {
  return withHandlers(withLists(withScalars(container) as Container)) as T;
}

function withScalars(container: Container | EphemeralContainer): Container | EphemeralContainer {
  const { imagePullPolicy: pull, terminationMessagePath: path, terminationMessagePolicy: policy, resources: wanted } = container;
  const hasPull = pull !== undefined && pull !== "";
  const hasPath = path !== undefined && path !== "";
  const hasPolicy = policy !== undefined && policy !== "";
  if (hasPull && hasPath && hasPolicy && wanted !== undefined) return container;
  return fill<Container>(container as Container, {
    imagePullPolicy: hasPull ? pull : defaultPullPolicy(container.image),
    terminationMessagePath: "/dev/termination-log",
    terminationMessagePolicy: "File",
    resources: noResources,
  });
}

function withLists(container: Container): Container {
  const out = eachOf(eachOf(container, "ports", port), "env", envVar);
  return always(out, "resources", resources);
}

function withHandlers(container: Container): Container {
  let out = inside(container, "livenessProbe", probe);
  out = inside(out, "readinessProbe", probe);
  out = inside(out, "startupProbe", probe);
  return inside(out, "lifecycle", lifecycle);
}
