/** Services, their pods and their ports, as the endpoint controllers need them. */
export { createServiceMemory, enqueueService, podChanged, podsOf, serviceChanged, type ServiceMemory, servicesOf } from "./service-pods.ts";
export { HEADLESS_LABEL, isHeadless, type PodPort, portsOn } from "./service-ports.ts";
