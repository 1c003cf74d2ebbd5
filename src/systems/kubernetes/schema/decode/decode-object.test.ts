import { describe, expect, it } from "vitest";
import { emptyRegistry, lookupKind } from "../kind-registry.ts";
import type { KindEntry } from "../kind-entry.ts";
import { decodeObject, type DecodeOptions } from "./decode-object.ts";

function entryOf(apiVersion: string, kind: string): KindEntry {
  const entry = lookupKind(emptyRegistry, apiVersion, kind);
  if (entry === undefined) throw new Error(`no kind ${kind}`);
  return entry;
}

const pods = entryOf("v1", "Pod");
const deployments = entryOf("apps/v1", "Deployment");
const services = entryOf("v1", "Service");
const secrets = entryOf("v1", "Secret");

function refusal(entry: KindEntry, raw: unknown, options?: DecodeOptions): string {
  const result = decodeObject(raw, entry, options);
  return result.ok ? `accepted ${JSON.stringify(result.object)}` : result.error;
}

function accepted(entry: KindEntry, raw: unknown, options?: DecodeOptions): unknown {
  const result = decodeObject(raw, entry, options);
  if (!result.ok) throw new Error(result.message);
  return result.object;
}

const container = (fields: object): object => ({ spec: { containers: [fields] } });

describe("a body of the right shape", () => {
  it("comes back as the same object", () => {
    const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "a", labels: { app: "x" } }, spec: { containers: [{ name: "a", image: "b", resources: { limits: { cpu: "100m" } } }] } };
    expect(accepted(pods, pod, { fieldValidation: "Strict" })).toBe(pod);
  });

  it("shares what does not change", () => {
    const metadata = { name: "a" };
    const sidecar = { name: "b" };
    const pod = { metadata, spec: { containers: [{ name: "a", resources: { limits: { memory: "1024Mi" } } }, sidecar] } };
    const decoded = accepted(pods, pod) as typeof pod;
    expect(decoded.metadata).toBe(metadata);
    expect(decoded.spec.containers[1]).toBe(sidecar);
    expect(decoded.spec.containers[0]).toEqual({ name: "a", resources: { limits: { memory: "1Gi" } } });
    expect(pod.spec.containers[0]).toEqual({ name: "a", resources: { limits: { memory: "1024Mi" } } });
  });

  it("stores quantities in canonical form, numbers too", () => {
    expect(accepted(pods, container({ name: "a", resources: { requests: { cpu: 0.5, memory: "0.5Gi", "example.com/x": 3 } } })))
      .toEqual(container({ name: "a", resources: { requests: { cpu: "500m", memory: "512Mi", "example.com/x": "3" } } }));
  });

  it("stores times in UTC", () => {
    expect(accepted(pods, { metadata: { creationTimestamp: "2026-01-01T02:00:00+02:00" } })).toEqual({ metadata: { creationTimestamp: "2026-01-01T00:00:00Z" } });
  });

  it("takes null as absent, and as the zero value inside lists and maps", () => {
    expect(accepted(pods, { metadata: { name: "a", creationTimestamp: null, labels: { a: null } }, spec: null, status: { conditions: [null] } }))
      .toEqual({ metadata: { name: "a", labels: { a: "" } }, status: { conditions: [{}] } });
    expect(accepted(pods, container({ name: "a", args: [null], resources: { limits: { cpu: null } } }))).toEqual(container({ name: "a", args: [""], resources: { limits: { cpu: "0" } } }));
  });

  it("leaves out empty optional lists and maps, keeps empty objects and required lists", () => {
    expect(accepted(pods, { metadata: { name: "a", labels: {} }, spec: { containers: [], volumes: [{ name: "v", emptyDir: {} }], tolerations: [] } }))
      .toEqual({ metadata: { name: "a" }, spec: { containers: [], volumes: [{ name: "v", emptyDir: {} }] } });
  });

  it("leaves out zero values where Go's field has no pointer, keeps them where it has", () => {
    expect(accepted(pods, { metadata: { name: "a", namespace: "" }, spec: { hostNetwork: false, automountServiceAccountToken: false, priority: 0, containers: [{ name: "", tty: false, env: [{ name: "A", value: "" }] }] } }))
      .toEqual({ metadata: { name: "a" }, spec: { automountServiceAccountToken: false, priority: 0, containers: [{ name: "", env: [{ name: "A" }] }] } });
    expect(accepted(deployments, { spec: { replicas: 0, minReadySeconds: 0, paused: false } })).toEqual({ spec: { replicas: 0 } });
  });

  it("takes numbers and strings as int-or-string", () => {
    const service = { spec: { ports: [{ port: 80, targetPort: "http" }, { port: 81, targetPort: 8081 }] } };
    expect(accepted(services, service)).toBe(service);
  });
});

describe("unknown fields", () => {
  const raw = { spec: { replicas: 1, foo: 1, template: { spec: { containers: [{ name: "a", imag: "x" }], Volumes: [] } } } };
  const errors = ['unknown field "spec.foo"', 'unknown field "spec.template.spec.containers[0].imag"', 'unknown field "spec.template.spec.Volumes"'];

  it("are refused when strict, in the document's order, with the server's sentence", () => {
    const result = decodeObject(raw, deployments, { fieldValidation: "Strict" });
    expect(result).toMatchObject({ ok: false, message: `Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: ${errors.join(", ")}` });
  });

  it("are dropped with warnings by default, silently when ignored", () => {
    const dropped = { spec: { replicas: 1, template: { spec: { containers: [{ name: "a" }] } } } };
    expect(decodeObject(raw, deployments)).toEqual({ ok: true, object: dropped, warnings: errors });
    expect(decodeObject(raw, deployments, { fieldValidation: "Ignore" })).toEqual({ ok: true, object: dropped, warnings: [] });
  });

  it("may be called like what objects inherit, and change no prototype", () => {
    const hostile: unknown = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"x":1},"spec":{"containers":[],"toString":1}}');
    expect(refusal(pods, hostile, { fieldValidation: "Strict" })).toBe('strict decoding error: unknown field "__proto__", unknown field "constructor", unknown field "spec.toString"');
    const decoded = accepted(pods, hostile) as object;
    expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("are plain data as keys of a map", () => {
    const labels: unknown = JSON.parse('{"metadata":{"labels":{"__proto__":"a","b":null}}}');
    const decoded = accepted(pods, labels) as { metadata: { labels: object } };
    expect(Object.keys(decoded.metadata.labels)).toEqual(["__proto__", "b"]);
    expect(Object.getPrototypeOf(decoded.metadata.labels)).toBe(Object.prototype);
  });

  it("have the map's key in their path", () => {
    const slices = entryOf("resource.k8s.io/v1", "ResourceSlice");
    expect(refusal(slices, { spec: { devices: [{ name: "a", attributes: { size: { x: 1 } } }] } }, { fieldValidation: "Strict" })).toBe('strict decoding error: unknown field "spec.devices[0].attributes.size.x"');
  });

  it("end at a hundred, as upstream", () => {
    const many = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`x${String(at)}`, 1]));
    const result = decodeObject(many, pods);
    expect(result.ok && result.warnings.length).toBe(100);
  });

  it("come after repeated keys", () => {
    expect(refusal(deployments, { spec: { foo: 1 } }, { fieldValidation: "Strict", duplicates: ["spec.replicas"] })).toBe('strict decoding error: duplicate field "spec.replicas", unknown field "spec.foo"');
    expect(decodeObject({}, deployments, { duplicates: ["metadata"] })).toMatchObject({ warnings: ['duplicate field "metadata"'] });
    expect(decodeObject({}, deployments, { duplicates: ["metadata"], fieldValidation: "Ignore" })).toMatchObject({ warnings: [] });
  });
});

describe("wrong types", () => {
  it.each<[string, KindEntry, unknown, string]>([
    ["text for a number", deployments, { spec: { replicas: "3" } }, "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"],
    ["text for a number in a list", pods, container({ ports: [{ containerPort: "80" }] }), "json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32"],
    ["a number for a label", pods, { metadata: { labels: { a: 1 } } }, "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string"],
    ["a boolean for a variable", pods, container({ env: [{ name: "A", value: true }] }), "json: cannot unmarshal bool into Go struct field EnvVar.spec.containers.env.value of type string"],
    ["an object for a list", pods, { spec: { containers: {} } }, "json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container"],
    ["text for an object", deployments, { spec: "x" }, "json: cannot unmarshal string into Go struct field Deployment.spec of type v1.DeploymentSpec"],
    ["text for a list's object", pods, { spec: { containers: ["a"] } }, "json: cannot unmarshal string into Go struct field PodSpec.spec.containers of type v1.Container"],
    ["a list for a map", pods, { metadata: { labels: [] } }, "json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string"],
    ["text for resources", pods, container({ resources: { limits: "1" } }), "json: cannot unmarshal string into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList"],
    ["a number for a named string", pods, { spec: { restartPolicy: 1 } }, "json: cannot unmarshal number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy"],
    ["text for a boolean", pods, { spec: { hostNetwork: "true" } }, "json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool"],
    ["a fraction", deployments, { spec: { replicas: 1.5 } }, "json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32"],
    ["a number beyond 32 bits", services, { spec: { ports: [{ port: 3000000000 }] } }, "json: cannot unmarshal number 3000000000 into Go struct field ServicePort.spec.ports.port of type int32"],
    ["a list as the body", services, [], "json: cannot unmarshal array into Go value of type v1.Service"],
    ["a boolean for int-or-string", services, { spec: { ports: [{ targetPort: true }] } }, "json: cannot unmarshal bool into Go value of type int32"],
    ["no base64", secrets, { data: { a: "a?==" } }, "illegal base64 data at input byte 1"],
    ["a number for bytes", secrets, { data: { a: 1 } }, "json: cannot unmarshal number into Go struct field Secret.data of type []uint8"],
    ["a number for a time", secrets, { metadata: { creationTimestamp: 1 } }, "json: cannot unmarshal number into Go value of type string"],
    ["no time", secrets, { metadata: { creationTimestamp: "now" } }, 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
    ["no quantity", pods, container({ resources: { limits: { cpu: "abc" } } }), "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
    ["a wrong suffix", pods, container({ resources: { limits: { cpu: "100mm" } } }), "unable to parse quantity's suffix"],
    ["a boolean for a quantity", pods, container({ resources: { limits: { cpu: true } } }), "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"],
  ])("%s", (_, entry, raw, error) => {
    expect(refusal(entry, raw)).toBe(error);
  });

  it("are told one at a time: the first, unless a type that reads itself fails later", () => {
    expect(refusal(deployments, { spec: { replicas: "1", minReadySeconds: "2" } })).toContain("replicas");
    expect(refusal(services, { spec: { ports: [{ port: "x", targetPort: true }] } })).toBe("json: cannot unmarshal bool into Go value of type int32");
  });

  it("come before unknown fields", () => {
    expect(refusal(deployments, { foo: 1, spec: { replicas: "1" } }, { fieldValidation: "Strict" })).toContain("cannot unmarshal string");
  });

  it("carry the version without its group", () => {
    expect(decodeObject({ spec: { minReplicas: "1" } }, entryOf("autoscaling/v2", "HorizontalPodAutoscaler"))).toMatchObject({
      message: 'HorizontalPodAutoscaler in version "v2" cannot be handled as a HorizontalPodAutoscaler: json: cannot unmarshal string into Go struct field HorizontalPodAutoscalerSpec.spec.minReplicas of type int32',
    });
  });

  it("end where schemas nest too deep", () => {
    const definitions = entryOf("apiextensions.k8s.io/v1", "CustomResourceDefinition");
    let openAPIV3Schema: object = { type: "string" };
    for (let depth = 0; depth < 20000; depth++) openAPIV3Schema = { not: openAPIV3Schema };
    expect(refusal(definitions, { spec: { versions: [{ schema: { openAPIV3Schema } }] } })).toBe("exceeded max depth");
  });
});
