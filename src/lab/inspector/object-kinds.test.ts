import { describe, expect, it } from "vitest";
import { containerNames, editableYaml } from "./object-kinds.ts";

const LIVE = `apiVersion: apps/v1
kind: Deployment
metadata:
  creationTimestamp: "2026-01-01T00:00:00Z"
  generation: 2
  labels:
    uid: mine
  managedFields:
  - apiVersion: apps/v1
    manager: kubectl
  name: web
  resourceVersion: "77"
  uid: 123
spec:
  template:
    spec:
      containers:
      - image: shop/web:1
        name: web
        ports:
        - containerPort: 80
          name: http
      - image: shop/side:1
        name: "side"
      dnsPolicy: ClusterFirst
status:
  replicas: 3
`;

describe("live YAML as a file", () => {
  it("drops what the server writes by itself and nothing else", () => {
    const text = editableYaml(LIVE);
    for (const gone of ["status", "replicas: 3", "resourceVersion", "creationTimestamp", "generation", "managedFields", "manager: kubectl", "uid: 123"]) expect(text).not.toContain(gone);
    for (const kept of ["kind: Deployment", "    uid: mine", "  name: web", "dnsPolicy: ClusterFirst"]) expect(text).toContain(kept);
  });
});

describe("containers of a template", () => {
  it("are read in order, without the names of ports", () => {
    expect(containerNames(LIVE)).toEqual(["web", "side"]);
  });

  it("are none when there is no template", () => {
    expect(containerNames("kind: Service\n")).toEqual([]);
  });
});
