/** Pods and what makes them. */
import type { KubeObject } from "../api/index.ts";
import { validateCronJob, validateCronJobUpdate } from "./cron-job.ts";
import { validateControllerRevision, validateControllerRevisionUpdate, validateDaemonSet, validateDaemonSetStatusUpdate, validateDaemonSetUpdate } from "./daemon-set.ts";
import { validateDeployment, validateDeploymentStatusUpdate, validateDeploymentUpdate } from "./deployment.ts";
import type { FieldErrors } from "./field-errors.ts";
import { validateJob, validateJobStatusUpdate, validateJobUpdate } from "./job.ts";
import { validateObjectMetaUpdate } from "./object-meta.ts";
import { validatePod, validateBinding, validatePodTemplateObject, validatePodTemplateObjectUpdate } from "./pod.ts";
import { validateEphemeralContainersUpdate, validatePodResize, validatePodStatusUpdate } from "./pod-subresources.ts";
import { validatePodUpdate } from "./pod-update.ts";
import {
  validateReplicaSet, validateReplicaSetUpdate, validateReplicaStatusUpdate, validateReplicationController, validateReplicationControllerUpdate,
} from "./replica-set.ts";
import type { GroupRules } from "./kind-rules.ts";
import { validateStatefulSet, validateStatefulSetStatusUpdate, validateStatefulSetUpdate } from "./stateful-set.ts";

function metadataOnly(next: KubeObject, previous: KubeObject, errors: FieldErrors): void {
  validateObjectMetaUpdate(next.metadata, previous.metadata, errors);
}

/** Rules by API group, as all the sets beside this one. */
export const POD_RULES: Readonly<Record<string, GroupRules>> = {
  "": {
    Pod: {
      create: validatePod, update: validatePodUpdate,
      subresources: { status: validatePodStatusUpdate, ephemeralcontainers: validateEphemeralContainersUpdate, resize: validatePodResize },
    },
    Binding: { create: validateBinding, update: metadataOnly },
    PodTemplate: { create: validatePodTemplateObject, update: validatePodTemplateObjectUpdate },
    ReplicationController: { create: validateReplicationController, update: validateReplicationControllerUpdate, subresources: { status: validateReplicaStatusUpdate } },
  },
};

/** The group "apps". */
export const APPS_RULES: Readonly<Record<string, GroupRules>> = {
  apps: {
    Deployment: { create: validateDeployment, update: validateDeploymentUpdate, subresources: { status: validateDeploymentStatusUpdate } },
    ReplicaSet: { create: validateReplicaSet, update: validateReplicaSetUpdate, subresources: { status: validateReplicaStatusUpdate } },
    DaemonSet: { create: validateDaemonSet, update: validateDaemonSetUpdate, subresources: { status: validateDaemonSetStatusUpdate } },
    StatefulSet: { create: validateStatefulSet, update: validateStatefulSetUpdate, subresources: { status: validateStatefulSetStatusUpdate } },
    ControllerRevision: { create: validateControllerRevision, update: validateControllerRevisionUpdate },
  },
};

/** The group "batch". */
export const BATCH_RULES: Readonly<Record<string, GroupRules>> = {
  batch: {
    Job: { create: validateJob, update: validateJobUpdate, subresources: { status: validateJobStatusUpdate } },
    CronJob: { create: validateCronJob, update: validateCronJobUpdate, subresources: { status: metadataOnly } },
  },
};
