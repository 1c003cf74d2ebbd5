/** kube-controller-manager: the component, and what views may want to know of its parts. */
import { cronJobController } from "./cron-job/index.ts";
import { daemonSetController } from "./daemon-set/index.ts";
import { deploymentController } from "./deployment/index.ts";
import { endpointSliceController } from "./endpoint-slice/index.ts";
import { endpointSliceMirroringController } from "./endpoint-slice-mirroring/index.ts";
import { endpointsController } from "./endpoints/index.ts";
import { garbageCollector } from "./garbage-collector/index.ts";
import { jobController } from "./job/index.ts";
import { namespaceController } from "./namespace/index.ts";
import { nodeLifecycleController } from "./node-lifecycle/index.ts";
import { persistentVolumeController } from "./persistent-volume/index.ts";
import { podGarbageCollector } from "./pod-garbage-collector/index.ts";
import { replicaSetController, replicationController } from "./replica-set/index.ts";
import { resourceQuotaController } from "./resource-quota/index.ts";
import { rootCertificatePublisher } from "./root-ca-certificate/index.ts";
import { type AnyController, createControllerManager } from "./runtime/index.ts";
import { serviceAccountController } from "./service-account/index.ts";
import { statefulSetController } from "./stateful-set/index.ts";
import { taintEvictionController } from "./taint-eviction/index.ts";
import { volumeProtectionController } from "./volume-protection/index.ts";

export type { ControllerManagerConfig, ManagerState } from "./runtime/index.ts";

/** Every controller, in the order in which they hear of a change. */
export const CONTROLLERS: readonly AnyController[] = [
  replicaSetController, replicationController, deploymentController, endpointSliceController, endpointsController, endpointSliceMirroringController,
  serviceAccountController, rootCertificatePublisher, nodeLifecycleController, taintEvictionController, podGarbageCollector, namespaceController,
  garbageCollector, daemonSetController, statefulSetController, jobController, cronJobController,
  persistentVolumeController, volumeProtectionController, resourceQuotaController,
];

/** The kube-controller-manager component. */
export const controllerManager = createControllerManager(CONTROLLERS);
