import { describe, expect, it } from "vitest";
import type { Container, PodSpec } from "../api/index.ts";
import { CONTAINER, createErrors, podWith, podWithContainer, updateErrors } from "./testing.ts";

const LABEL_RULE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const LABEL_VALUE_RULE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const PORT_RANGE = "must be between 1 and 65535, inclusive";

function container(fields: Partial<Container>): readonly string[] {
  return createErrors(podWithContainer(fields));
}

function spec(fields: Partial<PodSpec>): readonly string[] {
  return createErrors(podWith(fields));
}

function env(variable: object): readonly string[] {
  return container({ env: [variable as NonNullable<Container["env"]>[number]] });
}

describe("a valid pod", () => {
  it("has no complaints", () => {
    expect(createErrors(podWith())).toEqual([]);
  });
});

describe("containers", () => {
  it.each<[string, Partial<Container>, string]>([
    ["no image", { image: "" }, "spec.containers[0].image: Required value"],
    ["padded image", { image: " nginx" }, 'spec.containers[0].image: Invalid value: " nginx": must not have leading or trailing whitespace'],
    ["bad name", { name: "Web_1" }, `spec.containers[0].name: Invalid value: "Web_1": ${LABEL_RULE}`],
    ["no name", { name: "" }, "spec.containers[0].name: Required value"],
    ["dotted name", { name: "a.b" }, 'spec.containers[0].name: Invalid value: "a.b": must not contain dots'],
    ["pull policy", { imagePullPolicy: "Sometimes" }, 'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"'],
    ["message policy", { terminationMessagePolicy: "x" }, 'spec.containers[0].terminationMessagePolicy: Unsupported value: "x": supported values: "File", "FallbackToLogsOnError"'],
    ["port 0", { ports: [{ containerPort: 0, protocol: "TCP" }] }, "spec.containers[0].ports[0].containerPort: Required value"],
    ["port too high", { ports: [{ containerPort: 70000, protocol: "TCP" }] }, `spec.containers[0].ports[0].containerPort: Invalid value: 70000: ${PORT_RANGE}`],
    ["port name", { ports: [{ name: "a-very-long-port-name", containerPort: 1, protocol: "TCP" }] }, 'spec.containers[0].ports[0].name: Invalid value: "a-very-long-port-name": must be no more than 15 characters'],
    ["protocol", { ports: [{ containerPort: 1, protocol: "tcp" }] }, 'spec.containers[0].ports[0].protocol: Unsupported value: "tcp": supported values: "SCTP", "TCP", "UDP"'],
    ["mount without volume", { volumeMounts: [{ name: "data", mountPath: "/d" }] }, 'spec.containers[0].volumeMounts[0].name: Not found: "data"'],
    ["host port twice", { ports: [{ containerPort: 1, hostPort: 80, protocol: "TCP" }, { containerPort: 2, hostPort: 80, protocol: "TCP" }] }, 'spec.containers[0].ports[1].hostPort: Duplicate value: "TCP//80"'],
    ["no escalation but privileged", { securityContext: { allowPrivilegeEscalation: false, privileged: true } }, 'spec.containers[0].securityContext: Invalid value: {"allowPrivilegeEscalation":false,"privileged":true}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true'],
    ["user id", { securityContext: { runAsUser: -1 } }, "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive"],
    ["seccomp", { securityContext: { seccompProfile: { type: "Localhost" } } }, "spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost"],
    ["restart policy", { restartPolicy: "Sometimes" }, 'spec.containers[0].restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
  ])("%s", (_name, fields, error) => {
    expect(container(fields)).toEqual([error]);
  });

  it("wants at least one, and names that differ", () => {
    expect(spec({ containers: [] })).toEqual(["spec.containers: Required value"]);
    expect(spec({ containers: [CONTAINER, { ...CONTAINER, ports: [] }] })).toEqual(['spec.containers[1].name: Duplicate value: "app"']);
    expect(spec({ initContainers: [{ ...CONTAINER, ports: [] }] })).toEqual(['spec.initContainers[0].name: Duplicate value: "app"']);
  });

  it("keeps hooks and probes from init containers that end", () => {
    const probe = { tcpSocket: { port: 80 }, successThreshold: 1 };
    const init = { ...CONTAINER, name: "init", ports: [], livenessProbe: probe };
    expect(spec({ initContainers: [init] })).toEqual(["spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always"]);
    expect(spec({ initContainers: [{ ...init, restartPolicy: "Always" }] })).toEqual([]);
  });
});

describe("16 `-1`, fractions and limits: quantity errors", () => {
  const resources = (requests: Record<string, string>, limits: Record<string, string> = {}): readonly string[] => container({ resources: { requests, limits } });
  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ["negative", { cpu: "-1" }, {}, 'spec.containers[0].resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0'],
    ["request above limit", { cpu: "2" }, { cpu: "500m" }, 'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 500m'],
    ["canonical text", { memory: "2048Mi" }, { memory: "1G" }, 'spec.containers[0].resources.requests: Invalid value: "2Gi": must be less than or equal to memory limit of 1G'],
    ["unknown resource", { gpu: "1" }, {}, 'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified'],
    ["half a device", { "nvidia.com/gpu": "500m" }, { "nvidia.com/gpu": "500m" }, 'spec.containers[0].resources.limits[nvidia.com/gpu]: Invalid value: "500m": must be an integer'],
    ["device without limit", { "nvidia.com/gpu": "1" }, {}, "spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources"],
    ["device unequal", { "nvidia.com/gpu": "1" }, { "nvidia.com/gpu": "2" }, 'spec.containers[0].resources.requests: Invalid value: "1": must be equal to nvidia.com/gpu limit of 2'],
    ["huge pages alone", {}, { "hugepages-2Mi": "4Mi" }, "spec.containers[0].resources: Forbidden: HugePages require cpu or memory"],
  ])("%s", (_name, requests, limits, error) => {
    expect(resources(requests, limits)[0]).toBe(error);
  });
});

describe("environment", () => {
  it.each<[string, object, string]>([
    ["no name", { name: "", value: "x" }, "spec.containers[0].env[0].name: Required value"],
    ["equals sign", { name: "A=B" }, `spec.containers[0].env[0].name: Invalid value: "A=B": a valid environment variable name must consist only of printable ASCII characters other than '='`],
    ["value and source", { name: "A", value: "x", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.name" } } }, 'spec.containers[0].env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty'],
    ["no such field", { name: "A", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "spec.foo" } } }, 'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.foo": error converting fieldPath: field label not supported: spec.foo'],
    ["field not for env", { name: "A", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "status.phase" } } }, 'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: "status.phase": supported values: "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs"'],
    ["secret key", { name: "A", valueFrom: { secretKeyRef: { name: "s", key: "" } } }, "spec.containers[0].env[0].valueFrom.secretKeyRef.key: Required value"],
    ["divisor", { name: "A", valueFrom: { resourceFieldRef: { resource: "limits.cpu", divisor: "2" } } }, `spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: "limits.cpu": only divisor's values 1m and 1 are supported with the cpu resource`],
  ])("%s", (_name, variable, error) => {
    expect(env(variable)).toEqual([error]);
  });

  it("takes labels and annotations by key", () => {
    expect(env({ name: "A", valueFrom: { fieldRef: { apiVersion: "v1", fieldPath: "metadata.labels['app']" } } })).toEqual([]);
    expect(container({ envFrom: [{}] })).toEqual(['spec.containers[0].envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`']);
  });
});

describe("probes", () => {
  it.each<[string, NonNullable<Container["livenessProbe"]>, string]>([
    ["no handler", { successThreshold: 1 }, "spec.containers[0].livenessProbe: Required value: must specify a handler type"],
    ["two handlers", { exec: { command: ["a"] }, tcpSocket: { port: 1 }, successThreshold: 1 }, "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type"],
    ["no command", { exec: {}, successThreshold: 1 }, "spec.containers[0].livenessProbe.exec.command: Required value"],
    ["two successes", { tcpSocket: { port: 1 }, successThreshold: 2 }, "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"],
    ["negative delay", { tcpSocket: { port: 1 }, successThreshold: 1, initialDelaySeconds: -1 }, "spec.containers[0].livenessProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0"],
    ["scheme", { httpGet: { path: "/", port: 80, scheme: "http" }, successThreshold: 1 }, 'spec.containers[0].livenessProbe.httpGet.scheme: Unsupported value: "http": supported values: "HTTP", "HTTPS"'],
    ["port", { httpGet: { path: "/", port: 0, scheme: "HTTP" }, successThreshold: 1 }, `spec.containers[0].livenessProbe.httpGet.port: Invalid value: 0: ${PORT_RANGE}`],
    ["grace", { tcpSocket: { port: "http" }, successThreshold: 1, terminationGracePeriodSeconds: 0 }, "spec.containers[0].livenessProbe.terminationGracePeriodSeconds: Invalid value: 0: must be greater than 0"],
  ])("%s", (_name, livenessProbe, error) => {
    expect(container({ livenessProbe })).toEqual([error]);
  });

  it("limits sleeping before the end", () => {
    expect(container({ lifecycle: { preStop: { sleep: { seconds: 60 } } } })).toEqual([
      "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 60: must be non-negative and less than terminationGracePeriodSeconds (30)",
    ]);
  });
});

describe("volumes", () => {
  it.each<[string, NonNullable<PodSpec["volumes"]>, string]>([
    ["no type", [{ name: "a" }], "spec.volumes[0]: Required value: must specify a volume type"],
    ["two types", [{ name: "a", emptyDir: {}, hostPath: { path: "/x" } }], "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"],
    ["same name", [{ name: "a", emptyDir: {} }, { name: "a", emptyDir: {} }], 'spec.volumes[1].name: Duplicate value: "a"'],
    ["no claim", [{ name: "a", persistentVolumeClaim: { claimName: "" } }], "spec.volumes[0].persistentVolumeClaim.claimName: Required value"],
    ["host path type", [{ name: "a", hostPath: { path: "/x", type: "Dir" } }], 'spec.volumes[0].hostPath.type: Unsupported value: "Dir": supported values: "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"'],
    ["mode", [{ name: "a", configMap: { name: "c", defaultMode: 1000 } }], "spec.volumes[0].configMap.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive"],
    ["path upwards", [{ name: "a", secret: { secretName: "s", items: [{ key: "k", path: "../k" }] } }], `spec.volumes[0].secret.items[0].path: Invalid value: "../k": must not contain '..'`],
    ["nfs path", [{ name: "a", nfs: { server: "s", path: "x" } }], 'spec.volumes[0].nfs.path: Invalid value: "x": must be an absolute path'],
  ])("%s", (_name, volumes, error) => {
    expect(spec({ volumes })).toEqual([error]);
  });

  it("checks the claim inside an ephemeral volume", () => {
    const volumes = [{ name: "a", ephemeral: { volumeClaimTemplate: { spec: {} } } }];
    expect(spec({ volumes })).toEqual([
      "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes: Required value: at least 1 access mode is required",
      "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources[storage]: Required value",
    ]);
  });
});

describe("scheduling", () => {
  it.each<[string, Partial<PodSpec>, string]>([
    ["restart policy", { restartPolicy: "Sometimes" }, 'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"'],
    ["dns policy", { dnsPolicy: "x" }, 'spec.dnsPolicy: Unsupported value: "x": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"'],
    ["dns none", { dnsPolicy: "None" }, "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None"],
    ["node selector", { nodeSelector: { a: "b c" } }, `spec.nodeSelector: Invalid value: "b c": ${LABEL_VALUE_RULE}`],
    ["deadline", { activeDeadlineSeconds: 0 }, "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive"],
    ["toleration", { tolerations: [{ operator: "Equal" }] }, 'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"'],
    ["toleration seconds", { tolerations: [{ key: "a", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 5 }] }, `spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when \`tolerationSeconds\` is set`],
    ["max skew", { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: "zone", whenUnsatisfiable: "DoNotSchedule" }] }, "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero"],
    ["unsatisfiable", { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: "zone", whenUnsatisfiable: "x" }] }, 'spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "x": supported values: "DoNotSchedule", "ScheduleAnyway"'],
    ["no terms", { affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } }, "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term"],
    ["weight", { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, preference: {} }] } } }, "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100"],
    ["host port", { hostNetwork: true, containers: [{ ...CONTAINER, ports: [{ containerPort: 80, hostPort: 81, protocol: "TCP" }] }] }, "spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true"],
    ["hostname", { hostname: "A" }, `spec.hostname: Invalid value: "A": ${LABEL_RULE}`],
    ["host alias", { hostAliases: [{ ip: "1.2.3" }] }, 'spec.hostAliases[0].ip: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
    ["gates and node", { nodeName: "n1", schedulingGates: [{ name: "a/b" }] }, "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"],
    ["windows", { os: { name: "windows" }, securityContext: { fsGroup: 1 } }, "spec.securityContext.fsGroup: Forbidden: cannot be set for a windows pod"],
    ["pod limits", { resources: { requests: { cpu: "50m" } } }, 'spec.resources.requests[cpu]: Invalid value: "50m": must be greater than or equal to aggregate container requests of 100m'],
  ])("%s", (_name, fields, error) => {
    expect(spec(fields)[0]).toBe(error);
  });

  it("wants a topology key for pod affinity", () => {
    const term = { labelSelector: { matchLabels: { app: "web" } }, topologyKey: "" };
    expect(spec({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } })[0]).toBe(
      "spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].topologyKey: Required value: can not be empty",
    );
  });
});

describe("18 change of an immutable field: pods", () => {
  const before = podWith({ nodeName: "n1", tolerations: [{ key: "a", operator: "Exists" }] });
  const change = (fields: Partial<PodSpec>): readonly string[] => updateErrors(podWith({ ...before.spec, ...fields }), before);

  it("lets images, deadlines and tolerations change", () => {
    expect(updateErrors(before, before)).toEqual([]);
    expect(change({ containers: [{ ...CONTAINER, image: "nginx:2" }] })).toEqual([]);
    expect(change({ activeDeadlineSeconds: 60 })).toEqual([]);
    expect(change({ tolerations: [{ key: "a", operator: "Exists" }, { key: "b", operator: "Exists" }] })).toEqual([]);
  });

  it("sees quantities by value", () => {
    const same = { ...CONTAINER, resources: { requests: { cpu: "0.1", memory: "65536Ki" }, limits: { cpu: "0.2", memory: "128Mi" } } };
    expect(change({ containers: [same] })).toEqual([]);
  });

  it("refuses the rest", () => {
    const [error = ""] = change({ serviceAccountName: "other" });
    expect(error).toContain(
      "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n",
    );
    expect(error).toContain('- \tServiceAccountName: "default",\n+ \tServiceAccountName: "other",');
    expect(change({ containers: [CONTAINER, { ...CONTAINER, name: "b", ports: [] }] })).toEqual(["spec.containers: Forbidden: pod updates may not add or remove containers"]);
    expect(change({ tolerations: [] })).toEqual(["spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"]);
  });

  it("guards the metadata", () => {
    const renamed = podWith(before.spec, { name: "other" });
    expect(updateErrors(renamed, before)).toEqual(['metadata.name: Invalid value: "other": field is immutable']);
    const { resourceVersion: _version, ...meta } = before.metadata ?? {};
    expect(updateErrors({ ...before, metadata: meta }, before)).toContain('metadata.resourceVersion: Invalid value: "": must be specified for an update');
  });

  it("resizes CPU and memory only, without changing the class of service", () => {
    const resize = (resources: Container["resources"]): readonly string[] =>
      updateErrors(podWith({ ...before.spec, containers: [{ ...CONTAINER, ...(resources === undefined ? {} : { resources }) }] }), before, "", true, "resize");
    expect(resize({ requests: { cpu: "150m", memory: "64Mi" }, limits: { cpu: "200m", memory: "128Mi" } })).toEqual([]);
    expect(resize({ requests: { cpu: "200m", memory: "128Mi" }, limits: { cpu: "200m", memory: "128Mi" } })).toEqual([
      'spec: Invalid value: "": Pod QOS Class may not change as a result of resizing',
    ]);
  });

  it("keeps ended containers ended", () => {
    const never = podWith({ restartPolicy: "Never" });
    const status = (state: object): object => ({ ...never, status: { containerStatuses: [{ name: "app", state }] } });
    expect(updateErrors(status({ running: {} }) as typeof never, status({ terminated: { exitCode: 0 } }) as typeof never, "", true, "status")).toEqual([
      "status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state",
    ]);
  });
});
