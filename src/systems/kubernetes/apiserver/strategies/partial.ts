/**
 * Sub-resources through which only a part of an object is changed.
 * Source: kubernetes v1.36 pkg/registry/core/pod/strategy.go (podEphemeralContainersStrategy, podResizeStrategy), core/namespace
 * (finalizeStrategy), certificates/certificates (csrApprovalStrategy).
 */
import type { Container, KubeObject, Pod } from "../../api/index.ts";
import type { Parts } from "./strategy.ts";

type Partial = (wanted: Parts, old: Parts) => Parts;

function ephemeralContainers(wanted: Parts, old: Parts): Parts {
  return { ...old, spec: { ...old.spec, ephemeralContainers: wanted.spec?.["ephemeralContainers"] } };
}

function finalize(wanted: Parts, old: Parts): Parts {
  return { ...old, spec: { ...old.spec, finalizers: wanted.spec?.["finalizers"] ?? [] } };
}

function approval(wanted: Parts, old: Parts): Parts {
  return { ...old, status: { ...old.status, conditions: wanted.status?.["conditions"] } };
}

/** Only the resources (and resize policies) of containers that are there. */
function resize(wanted: Parts, old: Parts): Parts {
  const sizes = new Map<string, Container>();
  for (const container of (wanted as KubeObject as Pod).spec?.containers ?? []) sizes.set(container.name, container);
  const containers = ((old as KubeObject as Pod).spec?.containers ?? []).map((container) => {
    const next = sizes.get(container.name);
    if (next === undefined) return container;
    return {
      ...container,
      ...(next.resources === undefined ? {} : { resources: next.resources }),
      ...(next.resizePolicy === undefined ? {} : { resizePolicy: next.resizePolicy }),
    };
  });
  return { ...old, spec: { ...old.spec, containers } };
}

const partial: ReadonlyMap<string, Partial> = new Map([
  ["pods/ephemeralcontainers", ephemeralContainers], ["pods/resize", resize], ["namespaces/finalize", finalize],
  ["certificatesigningrequests.certificates.k8s.io/approval", approval],
]);

/** What a write through a sub-resource changes; undefined when the sub-resource isn't one of these. */
export function partialChange(storage: string, subresource: string): Partial | undefined {
  return subresource === "" ? undefined : partial.get(`${storage}/${subresource}`);
}
