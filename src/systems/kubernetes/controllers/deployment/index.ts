/** Deployment. */
export { deploymentController } from "./deployment-controller.ts";
export { REVISION } from "./annotations.ts";
export { POD_TEMPLATE_HASH, templateHash } from "./template-hash.ts";
