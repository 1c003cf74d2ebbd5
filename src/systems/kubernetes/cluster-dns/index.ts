/** The cluster's DNS: names of services and pods to addresses. */
export { clusterDns, type ClusterDnsConfig, type ClusterDnsState } from "./cluster-dns.ts";
export { DNS_ADDRESS, DNS_POD_ADDRESS } from "./own-service.ts";
export { resolveName, type Zone } from "./records.ts";
