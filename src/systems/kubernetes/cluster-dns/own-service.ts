/** The Service through which pods reach the DNS, as kubeadm makes it (cmd/kubeadm/app/phases/addons/dns/manifests.go). */
import type { EndpointSlice, Service } from "../api/index.ts";
import type { ApiCall } from "../client/index.ts";

/** Address of the DNS Service, the tenth of the service network (kubeadm GetDNSIP). */
export const DNS_ADDRESS = "10.96.0.10";
/** Address at which the DNS itself answers: the first of the control plane's pod range. */
export const DNS_POD_ADDRESS = "10.244.0.2";

const NAMESPACE = "kube-system";
const NAME = "kube-dns";
const PORTS = [{ name: "dns", port: 53, protocol: "UDP" }, { name: "dns-tcp", port: 53, protocol: "TCP" }] as const;

const SERVICE: Service = {
  apiVersion: "v1", kind: "Service",
  metadata: { name: NAME, namespace: NAMESPACE, labels: { "k8s-app": "kube-dns", "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" }, annotations: { "prometheus.io/port": "9153", "prometheus.io/scrape": "true" } },
  spec: { clusterIP: DNS_ADDRESS, ports: PORTS.map((port) => ({ ...port, targetPort: 53 })) },
};

/** No pods stand behind the Service, so the DNS itself says where it is. */
const SLICE: EndpointSlice = {
  apiVersion: "discovery.k8s.io/v1", kind: "EndpointSlice", metadata: { name: NAME, namespace: NAMESPACE, labels: { "kubernetes.io/service-name": NAME, "k8s-app": "kube-dns" } },
  addressType: "IPv4", endpoints: [{ addresses: [DNS_POD_ADDRESS], conditions: { ready: true, serving: true, terminating: false } }], ports: PORTS,
};

/** The requests that make them; each may find them there already. */
export const OWN_OBJECTS: readonly ApiCall[] = [
  { verb: "create", group: "", version: "v1", resource: "services", namespace: NAMESPACE, body: SERVICE },
  { verb: "create", group: "discovery.k8s.io", version: "v1", resource: "endpointslices", namespace: NAMESPACE, body: SLICE },
];
