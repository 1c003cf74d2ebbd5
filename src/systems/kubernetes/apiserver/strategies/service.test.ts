import { describe, expect, it } from "vitest";
import type { ServiceSpec } from "../../api/index.ts";
import { serviceStrategy } from "./service.ts";

const BALANCED: ServiceSpec = { type: "LoadBalancer", externalTrafficPolicy: "Local", internalTrafficPolicy: "Cluster", allocateLoadBalancerNodePorts: true, healthCheckNodePort: 31_000, loadBalancerClass: "a/b" };

function update(before: ServiceSpec, change: Partial<ServiceSpec>): ServiceSpec {
  const { prepareForUpdate } = serviceStrategy;
  return prepareForUpdate?.({ spec: { ...before, ...change } as never }, { spec: before as never })?.spec as ServiceSpec;
}

describe("a Service that changes its type", () => {
  it("leaves behind what only the old type had", () => {
    expect(update(BALANCED, { type: "ClusterIP" })).toEqual({ type: "ClusterIP", internalTrafficPolicy: "Cluster" });
    expect(update(BALANCED, { type: "NodePort" })).toEqual({ type: "NodePort", internalTrafficPolicy: "Cluster", externalTrafficPolicy: "Local" });
    expect(update(BALANCED, { type: "ExternalName" })).toEqual({ type: "ExternalName" });
  });

  it("keeps what the writer has set anew, for validation to refuse", () => {
    expect(update(BALANCED, { type: "ClusterIP", externalTrafficPolicy: "Cluster" })).toMatchObject({ externalTrafficPolicy: "Cluster" });
  });

  it("keeps external policy while it can still be reached from outside", () => {
    expect(update({ ...BALANCED, externalIPs: ["198.51.100.1"] }, { type: "ClusterIP" })).toMatchObject({ externalTrafficPolicy: "Local" });
  });
});

describe("the health port", () => {
  it("stays through an update that doesn't name it, and goes with the policy", () => {
    const { healthCheckNodePort: _port, ...unnamed } = BALANCED;
    expect(serviceStrategy.prepareForUpdate?.({ spec: unnamed as never }, { spec: BALANCED as never })?.spec).toMatchObject({ healthCheckNodePort: 31_000 });
    expect(update(BALANCED, { externalTrafficPolicy: "Cluster" }).healthCheckNodePort).toBeUndefined();
  });
});
