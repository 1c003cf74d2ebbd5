/**
 * Fields that are strings of a named Go type, with the values that the API documents.
 * The published OpenAPI description says only "string"; the type's name appears in decoding errors and the values help completion.
 * Source: k8s.io/api <group>/<version>/types.go. An empty list = an open set.
 */

/** The Go type of a string field, and its documented values. */
export interface NamedString {
  readonly goType: string;
  readonly values: readonly string[];
}

/** `Go type: values: fields`, one line each. */
const lines = `
v1.PullPolicy:Always IfNotPresent Never:Container.imagePullPolicy EphemeralContainer.imagePullPolicy ImageVolumeSource.pullPolicy
v1.TerminationMessagePolicy:File FallbackToLogsOnError:Container.terminationMessagePolicy EphemeralContainer.terminationMessagePolicy
v1.ContainerRestartPolicy:Always Never OnFailure:Container.restartPolicy EphemeralContainer.restartPolicy
v1.RestartPolicy:Always OnFailure Never:PodSpec.restartPolicy
v1.DNSPolicy:ClusterFirst ClusterFirstWithHostNet Default None:PodSpec.dnsPolicy
v1.PreemptionPolicy:PreemptLowerPriority Never:PodSpec.preemptionPolicy PriorityClass.preemptionPolicy
v1.OSName:linux windows:PodOS.name
v1.PodFSGroupChangePolicy:Always OnRootMismatch:PodSecurityContext.fsGroupChangePolicy
v1.SupplementalGroupsPolicy:Merge Strict:PodSecurityContext.supplementalGroupsPolicy
v1.PodSELinuxChangePolicy:MountOption Recursive:PodSecurityContext.seLinuxChangePolicy
v1.SeccompProfileType:RuntimeDefault Unconfined Localhost:SeccompProfile.type
v1.AppArmorProfileType:RuntimeDefault Unconfined Localhost:AppArmorProfile.type
v1.ProcMountType:Default Unmasked:SecurityContext.procMount
v1.Protocol:TCP UDP SCTP:ContainerPort.protocol ServicePort.protocol EndpointPort.protocol NetworkPolicyPort.protocol PortStatus.protocol IngressPortStatus.protocol
v1.URIScheme:HTTP HTTPS:HTTPGetAction.scheme
v1.MountPropagationMode:None HostToContainer Bidirectional:VolumeMount.mountPropagation
v1.RecursiveReadOnlyMode:Disabled IfPossible Enabled:VolumeMount.recursiveReadOnly
v1.ResourceName::ContainerResizePolicy.resourceName ResourceMetricSource.name ContainerResourceMetricSource.name ResourceMetricStatus.name
v1.ResourceResizeRestartPolicy:NotRequired RestartContainer:ContainerResizePolicy.restartPolicy
v1.TaintEffect:NoSchedule PreferNoSchedule NoExecute:Taint.effect Toleration.effect
v1.TolerationOperator:Equal Exists Lt Gt:Toleration.operator
v1.NodeSelectorOperator:In NotIn Exists DoesNotExist Gt Lt:NodeSelectorRequirement.operator
v1.LabelSelectorOperator:In NotIn Exists DoesNotExist:LabelSelectorRequirement.operator
v1.ScopeSelectorOperator:In NotIn Exists DoesNotExist:ScopedResourceSelectorRequirement.operator
v1.ResourceQuotaScope:Terminating NotTerminating BestEffort NotBestEffort PriorityClass CrossNamespacePodAffinity VolumeAttributesClass:ScopedResourceSelectorRequirement.scopeName
v1.UnsatisfiableConstraintAction:DoNotSchedule ScheduleAnyway:TopologySpreadConstraint.whenUnsatisfiable
v1.NodeInclusionPolicy:Honor Ignore:TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy
v1.StorageMedium::EmptyDirVolumeSource.medium
v1.HostPathType:DirectoryOrCreate Directory FileOrCreate File Socket CharDevice BlockDevice:HostPathVolumeSource.type
v1.ServiceType:ClusterIP NodePort LoadBalancer ExternalName:ServiceSpec.type
v1.ServiceAffinity:ClientIP None:ServiceSpec.sessionAffinity
v1.ServiceExternalTrafficPolicy:Cluster Local:ServiceSpec.externalTrafficPolicy
v1.ServiceInternalTrafficPolicy:Cluster Local:ServiceSpec.internalTrafficPolicy
v1.IPFamilyPolicy:SingleStack PreferDualStack RequireDualStack:ServiceSpec.ipFamilyPolicy
v1.PersistentVolumeReclaimPolicy:Delete Recycle Retain:PersistentVolumeSpec.persistentVolumeReclaimPolicy StorageClass.reclaimPolicy
v1.PersistentVolumeMode:Block Filesystem:PersistentVolumeSpec.volumeMode PersistentVolumeClaimSpec.volumeMode
v1.SecretType::Secret.type
v1.LimitType:Container Pod PersistentVolumeClaim:LimitRangeItem.type
v1.ConditionStatus:True False Unknown:PodCondition.status NodeCondition.status DeploymentCondition.status JobCondition.status Condition.status
v1.PodPhase:Pending Running Succeeded Failed Unknown:PodStatus.phase
v1.NamespacePhase:Active Terminating:NamespaceStatus.phase
v1.DeploymentStrategyType:Recreate RollingUpdate:DeploymentStrategy.type
v1.DaemonSetUpdateStrategyType:RollingUpdate OnDelete:DaemonSetUpdateStrategy.type
v1.StatefulSetUpdateStrategyType:RollingUpdate OnDelete:StatefulSetUpdateStrategy.type
v1.PodManagementPolicyType:OrderedReady Parallel:StatefulSetSpec.podManagementPolicy
v1.PersistentVolumeClaimRetentionPolicyType:Retain Delete:StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled
v1.CompletionMode:NonIndexed Indexed:JobSpec.completionMode
v1.PodReplacementPolicy:TerminatingOrFailed Failed:JobSpec.podReplacementPolicy
v1.PodFailurePolicyAction:FailJob FailIndex Ignore Count:PodFailurePolicyRule.action
v1.PodFailurePolicyOnExitCodesOperator:In NotIn:PodFailurePolicyOnExitCodesRequirement.operator
v1.ConcurrencyPolicy:Allow Forbid Replace:CronJobSpec.concurrencyPolicy
v1.PathType:Exact Prefix ImplementationSpecific:HTTPIngressPath.pathType
v1.UnhealthyPodEvictionPolicyType:IfHealthyBudget AlwaysAllow:PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy
v1.VolumeBindingMode:Immediate WaitForFirstConsumer:StorageClass.volumeBindingMode
v1.AddressType:IPv4 IPv6 FQDN:EndpointSlice.addressType
v1.FailurePolicyType:Ignore Fail:MutatingWebhook.failurePolicy ValidatingWebhook.failurePolicy ValidatingAdmissionPolicySpec.failurePolicy MutatingAdmissionPolicySpec.failurePolicy
v1.MatchPolicyType:Exact Equivalent:MutatingWebhook.matchPolicy ValidatingWebhook.matchPolicy MatchResources.matchPolicy
v1.SideEffectClass:None NoneOnDryRun:MutatingWebhook.sideEffects ValidatingWebhook.sideEffects
v1.ReinvocationPolicyType:Never IfNeeded:MutatingWebhook.reinvocationPolicy
v1.ScopeType:Cluster Namespaced *:Rule.scope RuleWithOperations.scope NamedRuleWithOperations.scope
v1.ResourceScope:Cluster Namespaced:CustomResourceDefinitionSpec.scope
v2.MetricSourceType:Object Pods Resource ContainerResource External:MetricSpec.type
v2.MetricTargetType:Utilization Value AverageValue:MetricTarget.type
v2.ScalingPolicySelect:Max Min Disabled:HPAScalingRules.selectPolicy
v2.HPAScalingPolicyType:Pods Percent:HPAScalingPolicy.type
types.UID::ObjectMeta.uid OwnerReference.uid ObjectReference.uid
types.NodeName::Binding.nodeName
`;

const byField = new Map<string, NamedString>();

function load(): void {
  for (const line of lines.trim().split("\n")) {
    const [goType = "", values = "", fields = ""] = line.split(":");
    const named: NamedString = { goType, values: values === "" ? [] : values.split(" ") };
    for (const field of fields.split(" ")) byField.set(field, named);
  }
}

/** The named type of `Definition.field`, if it is one the table knows. */
export function valuesOf(field: string): NamedString | undefined {
  if (byField.size === 0) load();
  return byField.get(field);
}
