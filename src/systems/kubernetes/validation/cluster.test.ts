import { describe, expect, it } from "vitest";
import type { KubeObject } from "../api/index.ts";
import { createErrors, objectOf, updateErrors } from "./testing.ts";

function wide(kind: string, fields: object, name = "web"): KubeObject {
  return objectOf(kind, fields as Readonly<Record<string, unknown>>, { name, namespace: "" });
}

describe("PersistentVolume and claim", () => {
  const volume = (spec: object): readonly string[] => createErrors(wide("PersistentVolume", { spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], hostPath: { path: "/d" }, ...spec } }), "", false);
  it.each<[string, object, readonly string[]]>([
    ["valid", {}, []],
    ["no mode", { accessModes: [] }, ["spec.accessModes: Required value"]],
    ["mode", { accessModes: ["RWX"] }, ['spec.accessModes: Unsupported value: "RWX": supported values: "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"']],
    ["capacity", { capacity: { storage: "0" } }, ['spec.capacity[storage]: Invalid value: "0": must be greater than zero']],
    ["no source", { hostPath: undefined }, ["spec: Required value: must specify a volume type"]],
    ["two sources", { nfs: { server: "s", path: "/" } }, ["spec.nfs: Forbidden: may not specify more than 1 volume type"]],
    ["local", { hostPath: undefined, local: { path: "/d" } }, ["spec.nodeAffinity: Required value: Local volume requires node affinity"]],
    ["policy", { persistentVolumeReclaimPolicy: "Keep" }, ['spec.persistentVolumeReclaimPolicy: Unsupported value: "Keep": supported values: "Delete", "Recycle", "Retain"']],
  ])("volume %s", (_name, spec, errors) => {
    expect(volume(spec)).toEqual(errors);
  });

  const SPEC = { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, storageClassName: "fast", volumeMode: "Filesystem" };
  const claim = (spec: object, status: object = {}): KubeObject => objectOf("PersistentVolumeClaim", { spec: { ...SPEC, ...spec }, status });

  it("checks claims", () => {
    expect(createErrors(claim({}))).toEqual([]);
    expect(createErrors(claim({ accessModes: [] }))).toEqual(["spec.accessModes: Required value: at least 1 access mode is required"]);
    expect(createErrors(claim({ resources: {} }))).toEqual(["spec.resources[storage]: Required value"]);
    expect(createErrors(claim({ resources: { requests: { storage: "-1Gi" } } }))).toEqual(['spec.resources[storage]: Invalid value: "-1Gi": must be greater than zero']);
  });

  it("18 change of an immutable field: claims grow once bound, and change little else", () => {
    const bound = { phase: "Bound", capacity: { storage: "1Gi" } };
    const larger = { resources: { requests: { storage: "2Gi" } } };
    expect(updateErrors(claim(larger, bound), claim({}, bound))).toEqual([]);
    expect(updateErrors(claim({ resources: { requests: { storage: "500Mi" } } }, bound), claim({}, bound))).toEqual(["spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"]);
    expect(updateErrors(claim({ storageClassName: "slow" }, bound), claim({}, bound))[0]).toContain(
      "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n",
    );
    expect(updateErrors(claim(larger), claim({}))).toHaveLength(1);
    expect(updateErrors(claim({ volumeName: "pv-1" }), claim({}))).toEqual([]);
  });

  it("keeps a class's parameters", () => {
    const storageClass = (fields: object): KubeObject => wide("StorageClass", { provisioner: "acme.io/disk", reclaimPolicy: "Delete", volumeBindingMode: "Immediate", ...fields });
    expect(createErrors(storageClass({}), "storage.k8s.io", false)).toEqual([]);
    expect(createErrors(storageClass({ provisioner: "", volumeBindingMode: "x" }), "storage.k8s.io", false)).toEqual([
      "provisioner: Required value", 'volumeBindingMode: Unsupported value: "x": supported values: "Immediate", "WaitForFirstConsumer"',
    ]);
    expect(updateErrors(storageClass({ parameters: { a: "b" }, reclaimPolicy: "Retain" }), storageClass({}), "storage.k8s.io", false)).toEqual([
      "parameters: Forbidden: updates to parameters are forbidden.", "reclaimPolicy: Forbidden: updates to reclaimPolicy are forbidden.",
    ]);
  });
});

describe("Node", () => {
  const node = (spec: object, status: object = {}): KubeObject => wide("Node", { spec, status });
  it("checks taints and ranges", () => {
    expect(createErrors(node({ taints: [{ key: "a", effect: "Never" }] }), "", false)).toEqual(['metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"']);
    const twice = { taints: [{ key: "a", effect: "NoSchedule" }, { key: "a", value: "x", effect: "NoSchedule" }] };
    expect(createErrors(node(twice), "", false)).toEqual(['metadata.taints[1]: Duplicate value: {"Key":"a","Value":"x","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair']);
    expect(createErrors(node({ podCIDRs: ["10.0.0.0/24", "10.0.1.0/24"] }), "", false)).toEqual(['spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family']);
    expect(createErrors(node({}, { capacity: { pods: "-1" } }), "", false)).toEqual(['status.capacity.pods: Invalid value: "-1": must be greater than or equal to 0']);
  });

  it("keeps ranges and provider once set", () => {
    const before = node({ podCIDRs: ["10.0.0.0/24"], providerID: "a" });
    expect(updateErrors(node({ podCIDRs: ["10.0.1.0/24"], providerID: "b" }), before, "", false)).toEqual([
      'spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid', 'spec.providerID: Forbidden: node updates may not change providerID except from "" to valid',
    ]);
    expect(updateErrors(node({ ...{ podCIDRs: ["10.0.0.0/24"], providerID: "a" }, unschedulable: true }), before, "", false)).toEqual([]);
  });
});

describe("RBAC", () => {
  const RBAC = "rbac.authorization.k8s.io";
  it.each<[string, object, readonly string[]]>([
    ["valid", { verbs: ["get"], apiGroups: [""], resources: ["pods"] }, []],
    ["nothing", {}, ["rules[0].verbs: Required value: verbs must contain at least one value", "rules[0].apiGroups: Required value: resource rules must supply at least one api group", "rules[0].resources: Required value: resource rules must supply at least one resource"]],
    ["url", { verbs: ["get"], nonResourceURLs: ["/x"] }, ['rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs']],
  ])("role %s", (_name, rule, errors) => {
    expect(createErrors(objectOf("Role", { rules: [rule] }), RBAC)).toEqual(errors);
  });

  const binding = (fields: object): KubeObject => objectOf("RoleBinding", { roleRef: { apiGroup: RBAC, kind: "Role", name: "r" }, subjects: [{ kind: "User", apiGroup: RBAC, name: "u" }], ...fields });
  it("checks bindings, whose role stays", () => {
    expect(createErrors(binding({}), RBAC)).toEqual([]);
    expect(createErrors(binding({ subjects: [{ kind: "Robot", name: "x" }] }), RBAC)).toEqual(['subjects[0].kind: Unsupported value: "Robot": supported values: "ServiceAccount", "User", "Group"']);
    expect(createErrors(binding({ roleRef: { apiGroup: "", kind: "X", name: "" } }), RBAC)).toEqual([
      `roleRef.apiGroup: Unsupported value: "": supported values: "${RBAC}"`, 'roleRef.kind: Unsupported value: "X": supported values: "Role", "ClusterRole"', "roleRef.name: Required value",
    ]);
    expect(updateErrors(binding({ roleRef: { apiGroup: RBAC, kind: "Role", name: "other" } }), binding({}), RBAC)).toEqual([`roleRef: Invalid value: {"APIGroup":"${RBAC}","Kind":"Role","Name":"other"}: cannot change roleRef`]);
    const cluster = wide("ClusterRoleBinding", { roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "r" }, subjects: [{ kind: "ServiceAccount", name: "a" }] });
    expect(createErrors(cluster, RBAC, false)).toEqual(["subjects[0].namespace: Required value"]);
  });
});

describe("PriorityClass and RuntimeClass", () => {
  const GROUP = "scheduling.k8s.io";
  it("reserves what is the system's", () => {
    expect(createErrors(wide("PriorityClass", { value: 1 }), GROUP, false)).toEqual([]);
    expect(createErrors(wide("PriorityClass", { value: 2_000_000_000 }), GROUP, false)).toEqual(["value: Forbidden: maximum allowed value of a user defined priority is 1000000000"]);
    expect(createErrors(wide("PriorityClass", { value: 1 }, "system-mine"), GROUP, false)[0]).toContain("metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only.");
    expect(updateErrors(wide("PriorityClass", { value: 2 }), wide("PriorityClass", { value: 1 }), GROUP, false)).toEqual(["value: Forbidden: may not be changed in an update."]);
    expect(updateErrors(wide("RuntimeClass", { handler: "b" }), wide("RuntimeClass", { handler: "a" }), "node.k8s.io", false)).toEqual(['handler: Invalid value: "b": field is immutable']);
  });
});

describe("extensions", () => {
  it("names definitions after what they define", () => {
    const spec = { group: "acme.io", scope: "Namespaced", names: { plural: "widgets", kind: "Widget", listKind: "WidgetList", singular: "widget" }, versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }] };
    const GROUP = "apiextensions.k8s.io";
    expect(createErrors(wide("CustomResourceDefinition", { spec }, "widgets.acme.io"), GROUP, false)).toEqual([]);
    expect(createErrors(wide("CustomResourceDefinition", { spec }, "widget.acme.io"), GROUP, false)).toEqual(['metadata.name: Invalid value: "widget.acme.io": must be spec.names.plural+"."+spec.group']);
    const broken = { ...spec, scope: "x", versions: [{ name: "v1", served: true, storage: false }] };
    expect(createErrors(wide("CustomResourceDefinition", { spec: broken }, "widgets.acme.io"), GROUP, false)).toEqual([
      'spec.scope: Unsupported value: "x": supported values: "Cluster", "Namespaced"',
      "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required",
      'spec.versions: Invalid value: [{"Name":"v1","Served":true,"Storage":false}]: must have exactly one version marked as storage version',
    ]);
  });

  it("checks webhooks and policies", () => {
    const GROUP = "admissionregistration.k8s.io";
    const hook = { name: "a.b.c", sideEffects: "None", admissionReviewVersions: ["v1"], clientConfig: { url: "https://x" }, rules: [{ operations: ["CREATE"], apiGroups: [""], apiVersions: ["v1"], resources: ["pods"] }] };
    const hooks = (fields: object): readonly string[] => createErrors(wide("ValidatingWebhookConfiguration", { webhooks: [{ ...hook, ...fields }] }), GROUP, false);
    expect(hooks({})).toEqual([]);
    expect(hooks({ name: "a" })).toEqual(['webhooks[0].name: Invalid value: "a": should be a domain with at least three segments separated by dots']);
    expect(hooks({ timeoutSeconds: 31 })).toEqual(["webhooks[0].timeoutSeconds: Invalid value: 31: the timeout value must be between 1 and 30 seconds"]);
    expect(hooks({ clientConfig: {} })).toEqual(["webhooks[0].clientConfig: Required value: exactly one of url or service is required"]);
    expect(hooks({ sideEffects: "Some" })).toEqual(['webhooks[0].sideEffects: Unsupported value: "Some": supported values: "None", "NoneOnDryRun"']);
    expect(createErrors(wide("ValidatingAdmissionPolicy", { spec: { failurePolicy: "Fail" } }), GROUP, false)[0]).toBe("spec.matchConstraints: Required value");
  });

  it("names API services after version and group", () => {
    const spec = { version: "v1", group: "acme.io", groupPriorityMinimum: 1, versionPriority: 1 };
    expect(createErrors(wide("APIService", { spec }, "v1.acme.io"), "apiregistration.k8s.io", false)).toEqual([]);
    expect(createErrors(wide("APIService", { spec }, "v2.acme.io"), "apiregistration.k8s.io", false)).toEqual(['metadata.name: Invalid value: "v2.acme.io": must be `spec.version+"."+spec.group`']);
  });
});
