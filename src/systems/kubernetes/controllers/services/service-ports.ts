/** Ports of a service on one of its pods (pkg/api/v1/pod/util.go, FindPort). */
import type { Container, Pod, Service, ServicePort } from "../../api/index.ts";

/** A port of an endpoint. */
export interface PodPort {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
  readonly appProtocol?: string;
}

/** The ports of a service as this pod serves them; ports the pod doesn't name are left out. */
export function portsOn(service: Service, pod: Pod): PodPort[] {
  const ports: PodPort[] = [];
  for (const port of service.spec?.ports ?? []) {
    const number = targetPort(port, pod);
    if (number === undefined) continue;
    const { name = "", protocol = "TCP", appProtocol } = port;
    ports.push({ name, port: number, protocol, ...(appProtocol === undefined ? {} : { appProtocol }) });
  }
  return ports;
}

/** Number of a target port: itself, or that of the container port (or sidecar's port) with its name and protocol. */
function targetPort(port: ServicePort, pod: Pod): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === "number") return target === 0 ? port.port : target;
  for (const container of pod.spec?.containers ?? []) {
    const found = namedPort(container, target, port.protocol ?? "TCP");
    if (found !== undefined) return found;
  }
  for (const container of pod.spec?.initContainers ?? []) {
    const found = container.restartPolicy === "Always" ? namedPort(container, target, port.protocol ?? "TCP") : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function namedPort(container: Container, name: string, protocol: string): number | undefined {
  for (const port of container.ports ?? []) if (port.name === name && (port.protocol ?? "TCP") === protocol) return port.containerPort;
  return undefined;
}

/** True for a service without an address of its own. */
export function isHeadless(service: Service): boolean {
  return service.spec?.clusterIP === "None";
}

/** Label on what belongs to a headless service (core/v1 IsHeadlessService). */
export const HEADLESS_LABEL = "service.kubernetes.io/headless";
