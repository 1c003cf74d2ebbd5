import { describe, expect, it } from "vitest";
import type { KubeObject } from "../api/index.ts";
import { schemaFor } from "../schema/index.ts";
import {
  applyConfiguration, compareFields, conflictMessage, conflictStatus, EMPTY_LEDGER, fieldsOf, managedFields, noteWrite, type Ownership, pathsOf, pathText, settle, typedErrors, type Writer,
} from "./index.ts";

const podSchema = schemaFor("v1", "Pod");
const mapSchema = schemaFor("v1", "ConfigMap");
const schemaOf = (object: KubeObject): ReturnType<typeof schemaFor> => schemaFor(object.apiVersion ?? "", object.kind ?? "");

function configMap(data: Record<string, string>): KubeObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data } as KubeObject;
}

function writer(manager: string, subresource = ""): Writer {
  return { manager, apiVersion: "v1", subresource };
}

function applied(live: KubeObject, owners: readonly Ownership[], config: KubeObject, manager: string, force = false): { object: KubeObject; owners: readonly Ownership[] } {
  const result = applyConfiguration(live, owners, config, writer(manager), "2026-01-01T00:00:00Z", force, mapSchema);
  if ("conflicts" in result) throw new Error(conflictMessage(result.conflicts));
  return result;
}

describe("the fields of a configuration", () => {
  it("are leaves, items by key, and nothing of the server's", () => {
    const pod = {
      apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "n", uid: "u", labels: { a: "1" }, finalizers: ["x/y"] },
      spec: { containers: [{ name: "c", ports: [{ containerPort: 80 }], env: [], resources: {} }], nodeSelector: { k: "v" }, tolerations: [{ key: "t" }] },
    };
    expect(fieldsOf(pod, podSchema)).toEqual({
      "f:metadata": { "f:labels": { "f:a": {} }, "f:finalizers": { 'v:"x/y"': {} } },
      "f:spec": {
        "f:containers": { 'k:{"name":"c"}': { ".": {}, "f:name": {}, "f:ports": { 'k:{"containerPort":80,"protocol":"TCP"}': { ".": {}, "f:containerPort": {} } }, "f:resources": {} } },
        "f:nodeSelector": {}, "f:tolerations": {},
      },
    });
  });

  it("are written as paths", () => {
    const set = fieldsOf({ spec: { containers: [{ name: "c", ports: [{ containerPort: 80 }] }] } }, podSchema);
    expect(pathsOf(set).map(pathText)).toEqual([
      '.spec.containers[name="c"]', '.spec.containers[name="c"].name', '.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"]',
      '.spec.containers[name="c"].ports[containerPort=80,protocol="TCP"].containerPort',
    ]);
  });
});

describe("comparing", () => {
  it("finds what was added, removed and changed, item by item", () => {
    const before = { spec: { containers: [{ name: "a", image: "1" }, { name: "b", image: "1" }] } };
    const after = { spec: { containers: [{ name: "a", image: "2" }, { name: "c" }] } };
    const { added, removed, modified } = compareFields(before, after, podSchema);
    expect(modified).toEqual({ "f:spec": { "f:containers": { 'k:{"name":"a"}': { "f:image": {} } } } });
    expect(added).toEqual({ "f:spec": { "f:containers": { 'k:{"name":"c"}': { ".": {}, "f:name": {} } } } });
    expect(removed).toEqual({ "f:spec": { "f:containers": { 'k:{"name":"b"}': { ".": {}, "f:image": {}, "f:name": {} } } } });
  });

  it("sees nothing in equal objects, shared or not, nor in what the server writes", () => {
    const object = { metadata: { name: "a", resourceVersion: "1", labels: { x: "y" } } };
    const { added, removed, modified } = compareFields(object, { metadata: { name: "a", resourceVersion: "2", labels: { x: "y" } } }, podSchema);
    expect([added, removed, modified]).toEqual([{}, {}, {}]);
  });
});

describe("applying", () => {
  it("takes, shares, loses and gives up fields", () => {
    const first = applied({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" } }, [], configMap({ a: "1", b: "1" }), "one");
    const second = applied(first.object, first.owners, configMap({ b: "1", c: "1" }), "two");
    expect((second.object as { readonly data?: unknown }).data).toEqual({ a: "1", b: "1", c: "1" });
    const third = applied(second.object, second.owners, configMap({}), "one");
    expect((third.object as { readonly data?: unknown }).data).toEqual({ b: "1", c: "1" });
  });

  it("tells all conflicts, sorted, with who holds what", () => {
    const first = applied({}, [], configMap({ a: "1", b: "1" }), "one");
    const result = applyConfiguration(first.object, first.owners, configMap({ b: "2", a: "2" }), writer("two"), "t", false, mapSchema);
    if (!("conflicts" in result)) throw new Error("no conflict");
    expect(conflictStatus(result.conflicts)).toMatchObject({
      code: 409, reason: "Conflict", message: 'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\n- .data.b',
      details: { causes: [{ reason: "FieldManagerConflict", message: 'conflict with "one"', field: ".data.a" }, { field: ".data.b" }] },
    });
    const forced = applied(first.object, first.owners, configMap({ b: "2", a: "2" }), "two", true);
    expect(forced.owners.map((owner) => owner.manager)).toEqual(["two"]);
  });

  it("never changes what it was given", () => {
    const live = Object.freeze({ apiVersion: "v1", kind: "ConfigMap", data: Object.freeze({ a: "1" }) }) as KubeObject;
    expect((applied(live, [], configMap({ b: "2" }), "one").object as { readonly data?: unknown }).data).toEqual({ a: "1", b: "2" });
    expect((live as { readonly data?: unknown }).data).toEqual({ a: "1" });
  });
});

describe("typed configurations", () => {
  it("refuse unknown fields, wrong types and repeated keys by path", () => {
    const schema = podSchema ?? { type: "object" as const };
    expect(typedErrors({ spec: { containers: [{ name: "c", imag: "x" }], terminationGracePeriodSeconds: "30" } }, schema)).toEqual([
      '.spec.containers[name="c"].imag: field not declared in schema', ".spec.terminationGracePeriodSeconds: expected numeric (int or float), got string",
    ]);
    expect(typedErrors({ spec: { containers: [{ name: "c" }, { name: "c" }] } }, schema)).toEqual(['.spec.containers: duplicate entries for key [name="c"]']);
  });
});

describe("the ledger", () => {
  const one = configMap({ a: "1" });
  const two = configMap({ a: "1", b: "1" });
  const three = configMap({ a: "2", b: "1" });

  it("works writes out late, as if each had been worked out at once", () => {
    let ledger = noteWrite(EMPTY_LEDGER, writer("maker"), 0, undefined, schemaOf);
    ledger = noteWrite(ledger, writer("adder"), 1000, one, schemaOf);
    ledger = noteWrite(ledger, writer("changer", "status"), 2000, two, schemaOf);
    expect(managedFields(settle(ledger, three, schemaOf)).map((entry) => [entry.manager, entry.time, entry.fieldsV1, entry.subresource])).toEqual([
      ["maker", "1970-01-01T00:00:00Z", { "f:data": {} }, undefined],
      ["adder", "1970-01-01T00:00:01Z", { "f:data": { "f:b": {} } }, undefined],
      ["changer", "1970-01-01T00:00:02Z", { "f:data": { "f:a": {} } }, "status"],
    ]);
  });

  it("keeps one note for a manager's writes in a row, with the time of the last", () => {
    let ledger = noteWrite(EMPTY_LEDGER, writer("maker"), 0, undefined, schemaOf);
    for (let at = 1; at <= 50; at++) ledger = noteWrite(ledger, writer("beat"), at * 1000, at === 1 ? one : two, schemaOf);
    expect(ledger.notes.length).toBe(2);
    expect(managedFields(settle(ledger, three, schemaOf))[1]).toMatchObject({ manager: "beat", time: "1970-01-01T00:00:50Z" });
  });

  it("stays short whoever writes, and comes to the same", () => {
    let long = noteWrite(EMPTY_LEDGER, writer("maker"), 0, undefined, schemaOf);
    let before = one;
    for (let turn = 1; turn <= 20; turn++) {
      long = noteWrite(long, writer(turn % 2 === 0 ? "even" : "odd"), turn * 1000, before, schemaOf);
      before = configMap({ a: String(turn + 1), [turn % 2 === 0 ? "even" : "odd"]: String(turn) });
    }
    expect(long.notes.length).toBeLessThanOrEqual(6);
    const owners = settle(long, before, schemaOf);
    expect(owners.find((owner) => owner.manager === "even")?.fields).toEqual({ "f:data": { "f:a": {}, "f:even": {} } });
    expect(owners.find((owner) => owner.manager === "odd")).toBeUndefined();
  });

  it("leaves what nobody wrote without an owner", () => {
    let ledger = noteWrite(EMPTY_LEDGER, writer("maker"), 0, undefined, schemaOf);
    ledger = noteWrite(ledger, writer(""), 1000, one, schemaOf);
    expect(managedFields(settle(ledger, two, schemaOf)).map((entry) => [entry.manager, entry.fieldsV1])).toEqual([["maker", { "f:data": { ".": {}, "f:a": {} } }]]);
  });
});
