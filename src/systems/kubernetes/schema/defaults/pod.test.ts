import { describe, expect, it } from "vitest";
import type { Container, Pod, PodSpec, PodTemplateSpec, Volume } from "../../api/index.ts";
import { pod, podTemplate } from "./pod.ts";

const defaultsOf = (spec: PodSpec): PodSpec => pod({ spec }).spec ?? { containers: [] };
const containerOf = (container: Container): Container => defaultsOf({ containers: [container] }).containers[0] ?? { name: "" };
const volumeOf = (volume: Volume): Volume | undefined => defaultsOf({ containers: [], volumes: [volume] }).volumes?.[0];

const containerDefaults = { imagePullPolicy: "IfNotPresent", terminationMessagePath: "/dev/termination-log", terminationMessagePolicy: "File", resources: {} };
const specDefaults = { dnsPolicy: "ClusterFirst", restartPolicy: "Always", securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: "default-scheduler" };

// The expectations are what `kubectl get pod -o yaml` shows of such pods; source: pkg/apis/core/v1/defaults.go and defaults_test.go.
describe("a pod", () => {
  it("gets every default of a bare container", () => {
    expect(pod({ metadata: { name: "a" }, spec: { containers: [{ name: "a", image: "nginx:1.27" }] } })).toEqual({
      metadata: { name: "a" }, spec: { ...specDefaults, enableServiceLinks: true, containers: [{ name: "a", image: "nginx:1.27", ...containerDefaults }] },
    });
  });

  it("keeps what it says", () => {
    const spec: PodSpec = {
      dnsPolicy: "Default", restartPolicy: "Never", securityContext: { runAsUser: 1 }, terminationGracePeriodSeconds: 0, schedulerName: "mine", enableServiceLinks: false,
      containers: [{ name: "a", imagePullPolicy: "Never", terminationMessagePath: "/x", terminationMessagePolicy: "FallbackToLogsOnError", resources: {} }],
    };
    const value: Pod = { spec };
    expect(pod(value)).toBe(value);
  });

  it("is complete after one pass, and unchanged by the second", () => {
    const once = pod({ spec: { containers: [{ name: "a", image: "a", ports: [{ containerPort: 80 }], livenessProbe: { grpc: { port: 1 } } }], volumes: [{ name: "v", secret: {} }] } });
    expect(pod(once)).toBe(once);
  });

  it("shares what needs no default", () => {
    const tolerations = [{ operator: "Exists" }];
    expect(defaultsOf({ containers: [], tolerations }).tolerations).toBe(tolerations);
  });

  it("leaves the original alone", () => {
    const value: Pod = { spec: { containers: [{ name: "a" }] } };
    pod(value);
    expect(value).toEqual({ spec: { containers: [{ name: "a" }] } });
  });
});

describe("a container", () => {
  it("pulls always for the tag latest, given or implied", () => {
    expect(["nginx", "nginx:latest", "nginx:1", ""].map((image) => containerOf({ name: "a", image }).imagePullPolicy)).toEqual(["Always", "Always", "IfNotPresent", "IfNotPresent"]);
  });

  it("has TCP ports and v1 field references", () => {
    const container = containerOf({ name: "a", ports: [{ containerPort: 1 }, { containerPort: 2, protocol: "UDP" }], env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }] });
    expect(container.ports).toEqual([{ containerPort: 1, protocol: "TCP" }, { containerPort: 2, protocol: "UDP" }]);
    expect(container.env).toEqual([{ name: "A", valueFrom: { fieldRef: { fieldPath: "metadata.name", apiVersion: "v1" } } }]);
  });

  it("has probes with all their numbers", () => {
    expect(containerOf({ name: "a", readinessProbe: { httpGet: { port: 80 }, periodSeconds: 3 } }).readinessProbe)
      .toEqual({ httpGet: { port: 80, path: "/", scheme: "HTTP" }, timeoutSeconds: 1, periodSeconds: 3, successThreshold: 1, failureThreshold: 3 });
    expect(containerOf({ name: "a", startupProbe: { grpc: { port: 1 }, failureThreshold: 0 } }).startupProbe)
      .toEqual({ grpc: { port: 1, service: "" }, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
    expect(containerOf({ name: "a", lifecycle: { preStop: { httpGet: { port: 1 } } } }).lifecycle).toEqual({ preStop: { httpGet: { port: 1, path: "/", scheme: "HTTP" } } });
  });

  it("requests what it limits, unless it says otherwise", () => {
    expect(containerOf({ name: "a", resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "100m" } } }).resources)
      .toEqual({ limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "100m", memory: "1Gi" } });
    expect(containerOf({ name: "a", resources: { requests: { cpu: "1" } } }).resources).toEqual({ requests: { cpu: "1" } });
  });

  it("has resources rounded up to thousandths", () => {
    expect(containerOf({ name: "a", resources: { requests: { cpu: "100n", memory: "1500u" } } }).resources).toEqual({ requests: { cpu: "1m", memory: "2m" } });
  });

  it("uses the host's port under hostNetwork", () => {
    const spec = defaultsOf({ hostNetwork: true, containers: [{ name: "a", ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 8081 }] }], initContainers: [{ name: "i", ports: [{ containerPort: 9 }] }] });
    expect(spec.containers[0]?.ports?.map((port) => port.hostPort)).toEqual([80, 8081]);
    expect(spec.initContainers?.[0]?.ports?.[0]?.hostPort).toBe(9);
  });

  it("may be an init or an ephemeral one", () => {
    const spec = defaultsOf({ containers: [], initContainers: [{ name: "i", image: "a:1" }], ephemeralContainers: [{ name: "e", image: "a:1" }] });
    expect(spec.initContainers).toEqual([{ name: "i", image: "a:1", ...containerDefaults }]);
    expect(spec.ephemeralContainers).toEqual([{ name: "e", image: "a:1", ...containerDefaults }]);
  });
});

describe("a volume", () => {
  it.each<[string, Volume, Volume]>([
    ["without a source is an emptyDir", { name: "v" }, { name: "v", emptyDir: {} }],
    ["of a config map has mode 0644", { name: "v", configMap: { name: "c" } }, { name: "v", configMap: { name: "c", defaultMode: 420 } }],
    ["of a secret keeps its mode", { name: "v", secret: { secretName: "s", defaultMode: 256 } }, { name: "v", secret: { secretName: "s", defaultMode: 256 } }],
    ["of the host has the empty type", { name: "v", hostPath: { path: "/x" } }, { name: "v", hostPath: { path: "/x", type: "" } }],
    ["of an image has a pull policy", { name: "v", image: { reference: "a:1" } }, { name: "v", image: { reference: "a:1", pullPolicy: "IfNotPresent" } }],
    ["of a claim has no defaults", { name: "v", persistentVolumeClaim: { claimName: "c" } }, { name: "v", persistentVolumeClaim: { claimName: "c" } }],
    ["of iSCSI has an interface", { name: "v", iscsi: { targetPortal: "p", iqn: "i", lun: 0 } }, { name: "v", iscsi: { targetPortal: "p", iqn: "i", lun: 0, iscsiInterface: "default" } }],
    ["of an Azure disk", { name: "v", azureDisk: { diskName: "d", diskURI: "u" } }, { name: "v", azureDisk: { diskName: "d", diskURI: "u", cachingMode: "ReadWrite", fsType: "ext4", readOnly: false, kind: "Shared" } }],
    [
      "that is projected", { name: "v", projected: { sources: [{ serviceAccountToken: { path: "t" } }, { downwardAPI: { items: [{ path: "n", fieldRef: { fieldPath: "metadata.name" } }] } }] } },
      { name: "v", projected: { defaultMode: 420, sources: [{ serviceAccountToken: { path: "t", expirationSeconds: 3600 } }, { downwardAPI: { items: [{ path: "n", fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } }] } }] } },
    ],
    [
      "that is ephemeral", { name: "v", ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"] } } } },
      { name: "v", ephemeral: { volumeClaimTemplate: { spec: { accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem", resources: {} } } } },
    ],
  ])("%s", (_, volume, expected) => {
    expect(volumeOf(volume)).toEqual(expected);
  });
});

describe("pod-level resources", () => {
  it("request what the containers do, and what is limited beyond", () => {
    const spec = defaultsOf({
      resources: { limits: { cpu: "2", memory: "2Gi" } },
      containers: [{ name: "a", resources: { requests: { cpu: "300m" } } }, { name: "b", resources: { requests: { cpu: "200m" } } }],
      initContainers: [{ name: "side", restartPolicy: "Always", resources: { requests: { cpu: "100m" } } }, { name: "init", resources: { requests: { cpu: "1" } } }],
    });
    expect(spec.resources).toEqual({ limits: { cpu: "2", memory: "2Gi" }, requests: { cpu: "1100m", memory: "2Gi" } });
  });

  it("limit huge pages as the containers do", () => {
    const spec = defaultsOf({ resources: { requests: { cpu: "1" } }, containers: [{ name: "a", resources: { limits: { "hugepages-2Mi": "4Mi" } } }] });
    expect(spec.resources).toEqual({ limits: { "hugepages-2Mi": "4Mi" }, requests: { cpu: "1", "hugepages-2Mi": "4Mi" } });
  });

  it("stay absent when the pod says nothing at pod level", () => {
    expect(defaultsOf({ containers: [{ name: "a", resources: { limits: { cpu: "1" } } }] })).not.toHaveProperty("resources");
  });
});

describe("a pod template", () => {
  it("gets what pods share, but neither requests from limits nor service links nor host ports", () => {
    const template: PodTemplateSpec = { spec: { hostNetwork: true, containers: [{ name: "a", image: "a:1", ports: [{ containerPort: 1 }], resources: { limits: { cpu: "1" } } }] } };
    expect(podTemplate(template)).toEqual({
      spec: { ...specDefaults, hostNetwork: true, containers: [{ name: "a", image: "a:1", ...containerDefaults, ports: [{ containerPort: 1, protocol: "TCP" }], resources: { limits: { cpu: "1" } } }] },
    });
  });
});
