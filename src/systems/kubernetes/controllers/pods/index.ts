/** Pods as controllers see, make and delete them. */
export { isPodActive, isPodReady, isPodTerminal, isPodTerminating, untilAvailable } from "./pod-state.ts";
export { podsToDelete } from "./deletion-order.ts";
export { createPod, deletePod, FAILED_CREATE, FAILED_DELETE, podOfTemplate } from "./pod-requests.ts";
export { fitsNode, tolerates, toleratesAll } from "./node-fit.ts";
