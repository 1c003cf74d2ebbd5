/**
 * Fields that are strings of a named Go type, with the values that the API documents.
 * The published OpenAPI description says only "string"; the type's name appears in decoding errors and the values help completion.
 * Source: k8s.io/api v0.36.3, <group>/<version>/types.go. No values = an open set, or one nobody writes by hand.
 */

/** The Go type of a string field, and its documented values. */
export interface NamedString {
  readonly goType: string;
  readonly values: readonly string[];
}

/** `group.version:Go type:values:fields`, one line each. */
const lines = `
admissionregistration.v1:v1.FailurePolicyType:Ignore Fail:MutatingAdmissionPolicySpec.failurePolicy MutatingWebhook.failurePolicy ValidatingAdmissionPolicySpec.failurePolicy ValidatingWebhook.failurePolicy
admissionregistration.v1:v1.MatchPolicyType:Exact Equivalent:MatchResources.matchPolicy MutatingWebhook.matchPolicy ValidatingWebhook.matchPolicy
admissionregistration.v1:v1.ParameterNotFoundActionType:Allow Deny:ParamRef.parameterNotFoundAction
admissionregistration.v1:v1.PatchType:ApplyConfiguration JSONPatch:Mutation.patchType
admissionregistration.v1:v1.ReinvocationPolicyType:Never IfNeeded:MutatingAdmissionPolicySpec.reinvocationPolicy MutatingWebhook.reinvocationPolicy
admissionregistration.v1:v1.ScopeType:Cluster Namespaced *:NamedRuleWithOperations.scope RuleWithOperations.scope
admissionregistration.v1:v1.SideEffectClass:Unknown None Some NoneOnDryRun:MutatingWebhook.sideEffects ValidatingWebhook.sideEffects
admissionregistration.v1:v1.StatusReason::Validation.reason
apps.v1:v1.ConditionStatus:True False Unknown:DaemonSetCondition.status DeploymentCondition.status ReplicaSetCondition.status StatefulSetCondition.status
apps.v1:v1.DaemonSetConditionType::DaemonSetCondition.type
apps.v1:v1.DaemonSetUpdateStrategyType:RollingUpdate OnDelete:DaemonSetUpdateStrategy.type
apps.v1:v1.DeploymentConditionType::DeploymentCondition.type
apps.v1:v1.DeploymentStrategyType:Recreate RollingUpdate:DeploymentStrategy.type
apps.v1:v1.PersistentVolumeClaimRetentionPolicyType:Retain Delete:StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled
apps.v1:v1.PodManagementPolicyType:OrderedReady Parallel:StatefulSetSpec.podManagementPolicy
apps.v1:v1.ReplicaSetConditionType::ReplicaSetCondition.type
apps.v1:v1.StatefulSetConditionType::StatefulSetCondition.type
apps.v1:v1.StatefulSetUpdateStrategyType:RollingUpdate OnDelete:StatefulSetUpdateStrategy.type
authentication.v1:types.UID::BoundObjectReference.uid
autoscaling.v2:v1.ConditionStatus:True False Unknown:HorizontalPodAutoscalerCondition.status
autoscaling.v2:v1.ResourceName::ContainerResourceMetricSource.name ContainerResourceMetricStatus.name ResourceMetricSource.name ResourceMetricStatus.name
autoscaling.v2:v2.HPAScalingPolicyType:Pods Percent:HPAScalingPolicy.type
autoscaling.v2:v2.HorizontalPodAutoscalerConditionType::HorizontalPodAutoscalerCondition.type
autoscaling.v2:v2.MetricSourceType:Object Pods Resource ContainerResource External:MetricSpec.type MetricStatus.type
autoscaling.v2:v2.MetricTargetType:Utilization Value AverageValue:MetricTarget.type
autoscaling.v2:v2.ScalingPolicySelect:Max Min Disabled:HPAScalingRules.selectPolicy
batch.v1:v1.CompletionMode:NonIndexed Indexed:JobSpec.completionMode
batch.v1:v1.ConcurrencyPolicy:Allow Forbid Replace:CronJobSpec.concurrencyPolicy
batch.v1:v1.ConditionStatus:True False Unknown:JobCondition.status PodFailurePolicyOnPodConditionsPattern.status
batch.v1:v1.JobConditionType::JobCondition.type
batch.v1:v1.PodConditionType::PodFailurePolicyOnPodConditionsPattern.type
batch.v1:v1.PodFailurePolicyAction:FailJob FailIndex Ignore Count:PodFailurePolicyRule.action
batch.v1:v1.PodFailurePolicyOnExitCodesOperator:In NotIn:PodFailurePolicyOnExitCodesRequirement.operator
batch.v1:v1.PodReplacementPolicy:TerminatingOrFailed Failed:JobSpec.podReplacementPolicy
certificates.v1:v1.ConditionStatus:True False Unknown:CertificateSigningRequestCondition.status
certificates.v1:v1.RequestConditionType::CertificateSigningRequestCondition.type
coordination.v1:v1.CoordinatedLeaseStrategy:OldestEmulationVersion:LeaseSpec.strategy
core.v1:types.UID::ConfigMapNodeConfigSource.uid ObjectReference.uid
core.v1:v1.AppArmorProfileType:Unconfined RuntimeDefault Localhost:AppArmorProfile.type
core.v1:v1.AzureDataDiskCachingMode:None ReadOnly ReadWrite:AzureDiskVolumeSource.cachingMode
core.v1:v1.AzureDataDiskKind:Shared Dedicated Managed:AzureDiskVolumeSource.kind
core.v1:v1.ComponentConditionType::ComponentCondition.type
core.v1:v1.ConditionStatus:True False Unknown:ComponentCondition.status NamespaceCondition.status NodeCondition.status PersistentVolumeClaimCondition.status PodCondition.status ReplicationControllerCondition.status
core.v1:v1.ContainerRestartPolicy:Always Never OnFailure:Container.restartPolicy EphemeralContainer.restartPolicy
core.v1:v1.ContainerRestartRuleAction:Restart RestartAllContainers:ContainerRestartRule.action
core.v1:v1.ContainerRestartRuleOnExitCodesOperator:In NotIn:ContainerRestartRuleOnExitCodes.operator
core.v1:v1.DNSPolicy:ClusterFirstWithHostNet ClusterFirst Default None:PodSpec.dnsPolicy
core.v1:v1.HostPathType:DirectoryOrCreate Directory FileOrCreate File Socket CharDevice BlockDevice:HostPathVolumeSource.type
core.v1:v1.IPFamilyPolicy:SingleStack PreferDualStack RequireDualStack:ServiceSpec.ipFamilyPolicy
core.v1:v1.LimitType:Pod Container PersistentVolumeClaim:LimitRangeItem.type
core.v1:v1.LoadBalancerIPMode:VIP Proxy:LoadBalancerIngress.ipMode
core.v1:v1.MountPropagationMode:None HostToContainer Bidirectional:VolumeMount.mountPropagation
core.v1:v1.NamespaceConditionType::NamespaceCondition.type
core.v1:v1.NamespacePhase:Active Terminating:NamespaceStatus.phase
core.v1:v1.NodeAddressType:Hostname InternalIP ExternalIP InternalDNS ExternalDNS:NodeAddress.type
core.v1:v1.NodeConditionType::NodeCondition.type
core.v1:v1.NodeInclusionPolicy:Ignore Honor:TopologySpreadConstraint.nodeAffinityPolicy TopologySpreadConstraint.nodeTaintsPolicy
core.v1:v1.NodePhase:Pending Running Terminated:NodeStatus.phase
core.v1:v1.NodeSelectorOperator:In NotIn Exists DoesNotExist Gt Lt:NodeSelectorRequirement.operator
core.v1:v1.OSName:linux windows:PodOS.name
core.v1:v1.PersistentVolumeClaimConditionType::PersistentVolumeClaimCondition.type
core.v1:v1.PersistentVolumeClaimModifyVolumeStatus:Pending InProgress Infeasible:ModifyVolumeStatus.status
core.v1:v1.PersistentVolumeClaimPhase:Pending Bound Lost:PersistentVolumeClaimStatus.phase
core.v1:v1.PersistentVolumeMode:Block Filesystem:PersistentVolumeClaimSpec.volumeMode PersistentVolumeSpec.volumeMode
core.v1:v1.PersistentVolumePhase:Pending Available Bound Released Failed:PersistentVolumeStatus.phase
core.v1:v1.PersistentVolumeReclaimPolicy:Recycle Delete Retain:PersistentVolumeSpec.persistentVolumeReclaimPolicy
core.v1:v1.PodConditionType::PodCondition.type PodReadinessGate.conditionType
core.v1:v1.PodFSGroupChangePolicy:OnRootMismatch Always:PodSecurityContext.fsGroupChangePolicy
core.v1:v1.PodPhase:Pending Running Succeeded Failed Unknown:PodStatus.phase
core.v1:v1.PodQOSClass:Guaranteed Burstable BestEffort:PodStatus.qosClass
core.v1:v1.PodResizeStatus:InProgress Deferred Infeasible:PodStatus.resize
core.v1:v1.PodSELinuxChangePolicy:Recursive MountOption:PodSecurityContext.seLinuxChangePolicy
core.v1:v1.PreemptionPolicy:PreemptLowerPriority Never:PodSpec.preemptionPolicy
core.v1:v1.ProcMountType:Default Unmasked:SecurityContext.procMount
core.v1:v1.Protocol:TCP UDP SCTP:ContainerPort.protocol EndpointPort.protocol PortStatus.protocol ServicePort.protocol
core.v1:v1.PullPolicy:Always Never IfNotPresent:Container.imagePullPolicy EphemeralContainer.imagePullPolicy ImageVolumeSource.pullPolicy
core.v1:v1.RecursiveReadOnlyMode:Disabled IfPossible Enabled:VolumeMount.recursiveReadOnly VolumeMountStatus.recursiveReadOnly
core.v1:v1.ReplicationControllerConditionType::ReplicationControllerCondition.type
core.v1:v1.ResourceHealthStatus:Healthy Unhealthy Unknown:ResourceHealth.health
core.v1:v1.ResourceID::ResourceHealth.resourceID
core.v1:v1.ResourceName::ContainerResizePolicy.resourceName ResourceStatus.name
core.v1:v1.ResourceQuotaScope:Terminating NotTerminating BestEffort NotBestEffort PriorityClass CrossNamespacePodAffinity VolumeAttributesClass:ScopedResourceSelectorRequirement.scopeName
core.v1:v1.ResourceResizeRestartPolicy:NotRequired RestartContainer:ContainerResizePolicy.restartPolicy
core.v1:v1.RestartPolicy:Always OnFailure Never:PodSpec.restartPolicy
core.v1:v1.ScopeSelectorOperator:In NotIn Exists DoesNotExist:ScopedResourceSelectorRequirement.operator
core.v1:v1.SeccompProfileType:Unconfined RuntimeDefault Localhost:SeccompProfile.type
core.v1:v1.SecretType::Secret.type
core.v1:v1.ServiceAffinity:ClientIP None:ServiceSpec.sessionAffinity
core.v1:v1.ServiceExternalTrafficPolicy:Cluster Local:ServiceSpec.externalTrafficPolicy
core.v1:v1.ServiceInternalTrafficPolicy:Cluster Local:ServiceSpec.internalTrafficPolicy
core.v1:v1.ServiceType:ClusterIP NodePort LoadBalancer ExternalName:ServiceSpec.type
core.v1:v1.Signal::ContainerStatus.stopSignal Lifecycle.stopSignal
core.v1:v1.StorageMedium:Memory HugePages HugePages-:EmptyDirVolumeSource.medium
core.v1:v1.SupplementalGroupsPolicy:Merge Strict:PodSecurityContext.supplementalGroupsPolicy
core.v1:v1.TaintEffect:NoSchedule PreferNoSchedule NoExecute:Taint.effect Toleration.effect
core.v1:v1.TerminationMessagePolicy:File FallbackToLogsOnError:Container.terminationMessagePolicy EphemeralContainer.terminationMessagePolicy
core.v1:v1.TolerationOperator:Exists Equal Lt Gt:Toleration.operator
core.v1:v1.URIScheme:HTTP HTTPS:HTTPGetAction.scheme
core.v1:v1.UniqueVolumeName::AttachedVolume.name
core.v1:v1.UnsatisfiableConstraintAction:DoNotSchedule ScheduleAnyway:TopologySpreadConstraint.whenUnsatisfiable
discovery.v1:v1.AddressType:IPv4 IPv6 FQDN:EndpointSlice.addressType
discovery.v1:v1.Protocol:TCP UDP SCTP:EndpointPort.protocol
flowcontrol.v1:v1.ConditionStatus:True False Unknown:FlowSchemaCondition.status PriorityLevelConfigurationCondition.status
flowcontrol.v1:v1.FlowDistinguisherMethodType:ByUser ByNamespace:FlowDistinguisherMethod.type
flowcontrol.v1:v1.FlowSchemaConditionType::FlowSchemaCondition.type
flowcontrol.v1:v1.LimitResponseType:Queue Reject:LimitResponse.type
flowcontrol.v1:v1.PriorityLevelConfigurationConditionType::PriorityLevelConfigurationCondition.type
flowcontrol.v1:v1.PriorityLevelEnablement:Exempt Limited:PriorityLevelConfigurationSpec.type
flowcontrol.v1:v1.SubjectKind:User Group ServiceAccount:Subject.kind
networking.v1:v1.PathType:Exact Prefix ImplementationSpecific:HTTPIngressPath.pathType
networking.v1:v1.Protocol:TCP UDP SCTP:IngressPortStatus.protocol NetworkPolicyPort.protocol
policy.v1:v1.UnhealthyPodEvictionPolicyType:IfHealthyBudget AlwaysAllow:PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy
resource.v1:types.UID::DeviceRequestAllocationResult.shareID ResourceClaimConsumerReference.uid
resource.v1:v1.AllocationConfigSource:FromClass FromClaim:DeviceAllocationConfiguration.source
resource.v1:v1.DeviceAllocationMode:ExactCount All:DeviceSubRequest.allocationMode ExactDeviceRequest.allocationMode
resource.v1:v1.DeviceTaintEffect:None NoSchedule NoExecute:DeviceTaint.effect DeviceToleration.effect
resource.v1:v1.DeviceTolerationOperator:Exists Equal:DeviceToleration.operator
resource.v1:v1.FullyQualifiedName::DeviceConstraint.matchAttribute DeviceConstraint.distinctAttribute
resource.v1:v1.QualifiedName::NodeAllocatableResourceMapping.capacityKey
scheduling.v1:v1.PreemptionPolicy:PreemptLowerPriority Never:PriorityClass.preemptionPolicy
storage.v1:v1.FSGroupPolicy:ReadWriteOnceWithFSType File None:CSIDriverSpec.fsGroupPolicy
storage.v1:v1.PersistentVolumeReclaimPolicy:Recycle Delete Retain:StorageClass.reclaimPolicy
storage.v1:v1.VolumeBindingMode:Immediate WaitForFirstConsumer:StorageClass.volumeBindingMode
meta:types.UID::ObjectMeta.uid OwnerReference.uid Preconditions.uid
meta:v1.ConditionStatus:True False Unknown:Condition.status
meta:v1.LabelSelectorOperator:In NotIn Exists DoesNotExist:LabelSelectorRequirement.operator
meta:v1.FieldSelectorOperator:In NotIn Exists DoesNotExist:FieldSelectorRequirement.operator
apiextensions.v1:v1.ResourceScope:Cluster Namespaced:CustomResourceDefinitionSpec.scope
apiextensions.v1:v1.ConversionStrategyType:None Webhook:CustomResourceConversion.strategy
`;

const byField = new Map<string, NamedString>();

function load(): void {
  for (const line of lines.trim().split("\n")) {
    const [file = "", goType = "", values = "", fields = ""] = line.split(":");
    const named: NamedString = { goType, values: values === "" ? [] : values.split(" ") };
    for (const field of fields.split(" ")) byField.set(`${file}/${field}`, named);
  }
}

/** The named type of the field `group.version/Definition.field`, if it has one. */
export function valuesOf(field: string): NamedString | undefined {
  if (byField.size === 0) load();
  return byField.get(field);
}
