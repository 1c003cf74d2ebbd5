/** Names of the components of a cluster on the bus. One place, so that all parts and the lab agree. */

/** Host of the control plane's components. */
export const CONTROL_PLANE_HOST = "control-plane";
/** Host of people and programs outside the cluster. */
export const OUTSIDE_HOST = "internet";

/** Components of the control plane. */
export const API_SERVER = "kube-apiserver";
export const ETCD = "etcd";
export const SCHEDULER = "kube-scheduler";
export const CONTROLLER_MANAGER = "kube-controller-manager";
export const CLOUD_CONTROLLER_MANAGER = "cloud-controller-manager";
export const CLUSTER_DNS = "cluster-dns";
/** The person at the lab's controls: sends the requests of kubectl and of the editor. */
export const USER = "user";
/** Programs outside the cluster that send traffic to it. */
export const CLIENTS = "clients";

/** The kubelet of a node. */
export function kubeletId(node: string): string {
  return `kubelet/${node}`;
}
/** The container runtime of a node. */
export function runtimeId(node: string): string {
  return `runtime/${node}`;
}
/** The kernel's network of a node, with its CNI plugin: addresses, routes and the rules kube-proxy programs. */
export function nodeNetworkId(node: string): string {
  return `network/${node}`;
}
/** The kube-proxy of a node. */
export function kubeProxyId(node: string): string {
  return `kube-proxy/${node}`;
}
/** The cloud's load balancers: outside the cluster, and working whatever becomes of the control plane. */
export const LOAD_BALANCERS = "cloud-load-balancers";
/** Host of what the cloud itself runs. */
export const CLOUD_HOST = "cloud";
