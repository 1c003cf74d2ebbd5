/** Defaults of the apps group. Source: pkg/apis/apps/v1/defaults.go. */
import type { DaemonSet, DaemonSetSpec, Deployment, DeploymentSpec, DeploymentStrategy, PersistentVolumeClaim, ReplicaSet, StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy } from "../../api/index.ts";
import { always, eachOf, fill, inside, type Filler } from "./edit.ts";
import { podTemplate } from "./pod.ts";
import { persistentVolumeClaim } from "./volume.ts";

const deploymentStrategy: Filler<DeploymentStrategy> = (strategy) => {
  const out = fill(strategy, { type: "RollingUpdate" });
  return out.type === "RollingUpdate" ? always(out, "rollingUpdate", (update) => fill(update, { maxUnavailable: "25%", maxSurge: "25%" })) : out;
};

const deploymentSpec: Filler<DeploymentSpec> = (spec) => {
  const out = fill(spec, { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
  return inside(always(out, "strategy", deploymentStrategy), "template", podTemplate);
};

/** SetDefaults_Deployment. */
export const deployment: Filler<Deployment> = (value) => always(value, "spec", deploymentSpec);

/** SetDefaults_ReplicaSet. */
export const replicaSet: Filler<ReplicaSet> = (value) => always(value, "spec", (spec) => inside(fill(spec, { replicas: 1 }), "template", podTemplate));

const daemonSetSpec: Filler<DaemonSetSpec> = (spec) => {
  const out = always(fill(spec, { revisionHistoryLimit: 10 }), "updateStrategy", (strategy) => {
    const typed = fill(strategy, { type: "RollingUpdate" });
    return typed.type === "RollingUpdate" ? always(typed, "rollingUpdate", (update) => fill(update, { maxUnavailable: 1, maxSurge: 0 })) : typed;
  });
  return inside(out, "template", podTemplate);
};

/** SetDefaults_DaemonSet. */
export const daemonSet: Filler<DaemonSet> = (value) => always(value, "spec", daemonSetSpec);

/** The parameters are only made when the type was not given (upstream's order); maxUnavailable since 1.35 (MaxUnavailableStatefulSet). */
const statefulSetStrategy: Filler<StatefulSetUpdateStrategy> = (strategy) => {
  const hasType = strategy.type !== undefined && strategy.type !== "";
  const out = hasType ? strategy : fill({ ...strategy, type: "RollingUpdate" }, { rollingUpdate: {} });
  return out.type === "RollingUpdate" ? inside(out, "rollingUpdate", (update) => fill(update, { partition: 0, maxUnavailable: 1 })) : out;
};

/** Claims in a StatefulSet are written with their type (pkg/apis/apps/v1/conversion.go). */
const claimTemplate: Filler<PersistentVolumeClaim> = (claim) => persistentVolumeClaim(fill(claim, { apiVersion: "v1", kind: "PersistentVolumeClaim" }));

const statefulSetSpec: Filler<StatefulSetSpec> = (spec) => {
  let out = fill(spec, { podManagementPolicy: "OrderedReady", replicas: 1, revisionHistoryLimit: 10 });
  out = always(out, "updateStrategy", statefulSetStrategy);
  out = always(out, "persistentVolumeClaimRetentionPolicy", (policy) => fill(policy, { whenDeleted: "Retain", whenScaled: "Retain" }));
  return eachOf(inside(out, "template", podTemplate), "volumeClaimTemplates", claimTemplate);
};

/** SetDefaults_StatefulSet. */
export const statefulSet: Filler<StatefulSet> = (value) => always(value, "spec", statefulSetSpec);
