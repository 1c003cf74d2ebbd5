/** Objects for this module's tests: defaulted, valid, and easy to break in one place. */
import type { Container, Deployment, KubeObject, Pod, PodSpec, Service, ServiceSpec } from "../api/index.ts";
import { fieldErrorText } from "./field-errors.ts";
import type { ValidationInfo } from "./kind-rules.ts";
import { validateCreate, validateUpdate } from "./validate.ts";

const META = { name: "web", namespace: "default", uid: "u-1", resourceVersion: "1", creationTimestamp: "2026-01-01T00:00:00Z" };

/** A valid, defaulted container. */
export const CONTAINER: Container = {
  name: "app", image: "nginx:1.27", imagePullPolicy: "IfNotPresent", terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File",
  resources: { requests: { cpu: "100m", memory: "64Mi" }, limits: { cpu: "200m", memory: "128Mi" } },
  ports: [{ name: "http", containerPort: 80, protocol: "TCP" }],
};

/** A valid, defaulted pod spec. */
export const POD_SPEC: PodSpec = {
  containers: [CONTAINER], restartPolicy: "Always", dnsPolicy: "ClusterFirst", terminationGracePeriodSeconds: 30, schedulerName: "default-scheduler",
  serviceAccountName: "default", enableServiceLinks: true, securityContext: {},
};

/** A pod with parts of its spec replaced. */
export function podWith(spec: Partial<PodSpec> = {}, meta: KubeObject["metadata"] = {}): Pod {
  return { apiVersion: "v1", kind: "Pod", metadata: { ...META, ...meta }, spec: { ...POD_SPEC, ...spec } };
}

/** A pod with parts of its one container replaced. */
export function podWithContainer(container: Partial<Container>, spec: Partial<PodSpec> = {}): Pod {
  return podWith({ ...spec, containers: [{ ...CONTAINER, ...container }] });
}

/** A deployment with parts of its spec replaced. */
export function deploymentWith(spec: Partial<NonNullable<Deployment["spec"]>> = {}): Deployment {
  return {
    apiVersion: "apps/v1", kind: "Deployment", metadata: META,
    spec: {
      replicas: 1, selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } }, spec: POD_SPEC },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "25%", maxSurge: "25%" } }, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, ...spec,
    },
  };
}

/** A service with parts of its spec replaced. */
export function serviceWith(spec: Partial<ServiceSpec> = {}): Service {
  return {
    apiVersion: "v1", kind: "Service", metadata: META,
    spec: {
      type: "ClusterIP", clusterIP: "10.96.0.10", clusterIPs: ["10.96.0.10"], ipFamilies: ["IPv4"], ipFamilyPolicy: "SingleStack", internalTrafficPolicy: "Cluster",
      sessionAffinity: "None", selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080, protocol: "TCP" }], ...spec,
    },
  };
}

/** Any object of a kind, with ordinary metadata. */
export function objectOf(kind: string, fields: Readonly<Record<string, unknown>>, meta: KubeObject["metadata"] = {}): KubeObject {
  return { kind, metadata: { ...META, ...meta }, ...fields } as KubeObject;
}

function infoOf(kind: string, group: string, namespaced: boolean, subresource?: string): ValidationInfo {
  return { group, kind, namespaced, ...(subresource === undefined ? {} : { subresource }) };
}

/** The complaints about a new object, one line each. */
export function createErrors(object: KubeObject, group = "", namespaced = true): readonly string[] {
  return validateCreate(object, infoOf(object.kind ?? "", group, namespaced)).map(fieldErrorText);
}

/** The complaints about a change, one line each. */
export function updateErrors(next: KubeObject, previous: KubeObject, group = "", namespaced = true, subresource?: string): readonly string[] {
  return validateUpdate(next, previous, infoOf(next.kind ?? "", group, namespaced, subresource)).map(fieldErrorText);
}
