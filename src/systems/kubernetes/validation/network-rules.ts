/** Services, endpoints and the traffic between pods. */
import type { GroupRules } from "./kind-rules.ts";
import { validateEndpoints, validateEndpointSlice, validateEndpointSliceUpdate, validateEndpointsUpdate } from "./endpoints.ts";
import { validateIngress, validateIngressClass, validateIngressClassUpdate, validateIngressStatusUpdate, validateIngressUpdate } from "./ingress.ts";
import {
  validateIpAddress, validateIpAddressUpdate, validateNetworkPolicy, validateNetworkPolicyUpdate, validateServiceCidr, validateServiceCidrUpdate,
} from "./network-policy.ts";
import { validateService } from "./service.ts";
import { validateServiceStatusUpdate, validateServiceUpdate } from "./service-update.ts";

/** Rules by API group. */
export const NETWORK_RULES: Readonly<Record<string, GroupRules>> = {
  "": {
    Service: { create: validateService, update: validateServiceUpdate, subresources: { status: validateServiceStatusUpdate } },
    Endpoints: { create: validateEndpoints, update: validateEndpointsUpdate },
  },
  "discovery.k8s.io": { EndpointSlice: { create: validateEndpointSlice, update: validateEndpointSliceUpdate } },
  "networking.k8s.io": {
    Ingress: { create: validateIngress, update: validateIngressUpdate, subresources: { status: validateIngressStatusUpdate } },
    IngressClass: { create: validateIngressClass, update: validateIngressClassUpdate },
    NetworkPolicy: { create: validateNetworkPolicy, update: validateNetworkPolicyUpdate },
    IPAddress: { create: validateIpAddress, update: validateIpAddressUpdate },
    ServiceCIDR: { create: validateServiceCidr, update: validateServiceCidrUpdate },
  },
};
