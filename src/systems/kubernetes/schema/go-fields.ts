/**
 * What the published OpenAPI description does not say of Go's fields: which zero values the server's encoding leaves out
 * (`hostNetwork: false` is stored as nothing, while `automountServiceAccountToken: false`, a pointer in Go, stays), and
 * which empty lists stay. Source: the json tags and types of k8s.io/api v0.36.3 <group>/<version>/types.go.
 */

/** Group and version → `Definition field field …`, one line each: scalars without a pointer, with omitempty. */
const omittedZeros: Readonly<Record<string, string>> = {
  "core.v1": `
AWSElasticBlockStoreVolumeSource fsType partition readOnly
AzureFilePersistentVolumeSource readOnly
AzureFileVolumeSource readOnly
CSIPersistentVolumeSource readOnly fsType
CephFSPersistentVolumeSource path user secretFile readOnly
CephFSVolumeSource path user secretFile readOnly
CinderPersistentVolumeSource fsType readOnly
CinderVolumeSource fsType readOnly
ComponentCondition message error
ConfigMapEnvSource name
ConfigMapKeySelector name
ConfigMapNodeConfigSource uid resourceVersion
ConfigMapProjection name
ConfigMapVolumeSource name
Container image workingDir terminationMessagePath terminationMessagePolicy imagePullPolicy stdin stdinOnce tty
ContainerImage sizeBytes
ContainerPort name hostPort protocol hostIP
ContainerRestartRule action
ContainerRestartRuleOnExitCodes operator
ContainerStateTerminated signal reason message containerID
ContainerStateWaiting reason message
ContainerStatus containerID
EmptyDirVolumeSource medium
EndpointAddress hostname
EndpointPort name protocol
EnvFromSource prefix
EnvVar value
EphemeralContainer image workingDir terminationMessagePath terminationMessagePolicy imagePullPolicy stdin stdinOnce tty targetContainerName
Event reason message count type action
EventSeries count
EventSource component host
FCVolumeSource fsType readOnly
FlexPersistentVolumeSource fsType readOnly
FlexVolumeSource fsType readOnly
FlockerVolumeSource datasetName datasetUUID
GCEPersistentDiskVolumeSource fsType partition readOnly
GitRepoVolumeSource revision directory
GlusterfsPersistentVolumeSource readOnly
GlusterfsVolumeSource readOnly
HTTPGetAction path host scheme
ISCSIPersistentVolumeSource iscsiInterface fsType readOnly chapAuthDiscovery chapAuthSession
ISCSIVolumeSource iscsiInterface fsType readOnly chapAuthDiscovery chapAuthSession
ImageVolumeSource reference pullPolicy
ImageVolumeStatus imageRef
LoadBalancerIngress ip hostname
LocalObjectReference name
ModifyVolumeStatus targetVolumeAttributesClassName
NFSVolumeSource readOnly
NamespaceCondition reason message
NamespaceStatus phase
NodeCondition reason message
NodeConfigStatus error
NodeSpec podCIDR providerID unschedulable externalID
NodeStatus phase
ObjectFieldSelector apiVersion
ObjectReference kind namespace name uid apiVersion resourceVersion fieldPath
PersistentVolumeClaimCondition reason message
PersistentVolumeClaimSpec volumeName
PersistentVolumeClaimStatus phase
PersistentVolumeClaimVolumeSource readOnly
PersistentVolumeSpec persistentVolumeReclaimPolicy storageClassName
PersistentVolumeStatus phase message reason
PhotonPersistentDiskVolumeSource fsType
PodCertificateProjection signerName keyType credentialBundlePath keyPath certificateChainPath
PodCondition observedGeneration reason message
PodDNSConfigOption name
PodSpec restartPolicy dnsPolicy serviceAccountName serviceAccount nodeName hostNetwork hostPID hostIPC hostname subdomain schedulerName priorityClassName
PodStatus observedGeneration phase message reason nominatedNodeName hostIP podIP qosClass resize
PortworxVolumeSource fsType readOnly
Probe initialDelaySeconds timeoutSeconds periodSeconds successThreshold failureThreshold
QuobyteVolumeSource readOnly user group tenant
RBDPersistentVolumeSource fsType pool user keyring readOnly
RBDVolumeSource fsType pool user keyring readOnly
ReplicationControllerCondition reason message
ReplicationControllerSpec minReadySeconds
ReplicationControllerStatus fullyLabeledReplicas readyReplicas availableReplicas observedGeneration
ResourceClaim request
ResourceFieldSelector containerName
ResourceHealth health
SELinuxOptions user role type level
ScaleIOPersistentVolumeSource sslEnabled protectionDomain storagePool storageMode volumeName fsType readOnly
ScaleIOVolumeSource sslEnabled protectionDomain storagePool storageMode volumeName fsType readOnly
Secret type
SecretEnvSource name
SecretKeySelector name
SecretProjection name
SecretReference name namespace
SecretVolumeSource secretName
ServiceAccountTokenProjection audience
ServicePort name protocol nodePort
ServiceSpec clusterIP type sessionAffinity loadBalancerIP externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses
StorageOSPersistentVolumeSource volumeName volumeNamespace fsType readOnly
StorageOSVolumeSource volumeName volumeNamespace fsType readOnly
TCPSocketAction host
Taint value
Toleration key operator value effect
VolumeMount readOnly subPath subPathExpr
VolumeMountStatus readOnly
VsphereVirtualDiskVolumeSource fsType storagePolicyName storagePolicyID`,
  "apps.v1": `
DaemonSetCondition reason message
DaemonSetSpec minReadySeconds
DaemonSetStatus observedGeneration updatedNumberScheduled numberAvailable numberUnavailable
DaemonSetUpdateStrategy type
DeploymentCondition reason message
DeploymentSpec minReadySeconds paused
DeploymentStatus observedGeneration replicas updatedReplicas readyReplicas availableReplicas unavailableReplicas
DeploymentStrategy type
ReplicaSetCondition reason message
ReplicaSetSpec minReadySeconds
ReplicaSetStatus fullyLabeledReplicas readyReplicas availableReplicas observedGeneration
StatefulSetCondition reason message
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted whenScaled
StatefulSetSpec podManagementPolicy minReadySeconds
StatefulSetStatus observedGeneration readyReplicas currentReplicas updatedReplicas currentRevision updateRevision
StatefulSetUpdateStrategy type`,
  "batch.v1": `
CronJobSpec concurrencyPolicy
JobCondition reason message
JobStatus active succeeded failed completedIndexes`,
  "autoscaling.v1": `
CrossVersionObjectReference apiVersion
ScaleSpec replicas
ScaleStatus selector`,
  "autoscaling.v2": `
CrossVersionObjectReference apiVersion
HorizontalPodAutoscalerCondition reason message
HorizontalPodAutoscalerStatus currentReplicas`,
  "networking.v1": `
HTTPIngressPath path
IngressClassSpec controller
IngressLoadBalancerIngress ip hostname
IngressRule host
IngressTLS secretName
ParentReference group resource namespace name
ServiceBackendPort name number`,
  "policy.v1": `
PodDisruptionBudgetStatus observedGeneration`,
  "rbac.v1": `
Subject apiGroup namespace`,
  "storage.v1": `
VolumeError message`,
  "scheduling.v1": `
PriorityClass globalDefault description`,
  "events.v1": `
Event reportingController reportingInstance action reason note type deprecatedCount`,
  "certificates.v1": `
CertificateSigningRequestCondition reason message
CertificateSigningRequestSpec username uid`,
  "authentication.v1": `
BoundObjectReference kind apiVersion name uid
TokenReviewSpec token
TokenReviewStatus authenticated error
UserInfo username uid`,
  "authorization.v1": `
FieldSelectorAttributes rawSelector
LabelSelectorAttributes rawSelector
NonResourceAttributes path verb
ResourceAttributes namespace verb group version resource subresource name
SelfSubjectRulesReviewSpec namespace
SubjectAccessReviewSpec user uid
SubjectAccessReviewStatus denied reason evaluationError
SubjectRulesReviewStatus evaluationError`,
  "admissionregistration.v1": `
ApplyConfiguration expression
JSONPatch expression
MutatingAdmissionPolicyBindingSpec policyName
MutatingAdmissionPolicySpec reinvocationPolicy
ParamKind apiVersion kind
ParamRef name namespace
ValidatingAdmissionPolicyBindingSpec policyName
ValidatingAdmissionPolicyStatus observedGeneration
Validation message messageExpression`,
  "flowcontrol.v1": `
FlowSchemaCondition type status reason message
PriorityLevelConfigurationCondition type status reason message
ResourcePolicyRule clusterScope`,
  "resource.v1": `
DeviceSubRequest allocationMode count
DeviceTaint value
DeviceToleration key operator value effect
ExactDeviceRequest allocationMode count
NetworkDeviceData interfaceName hardwareAddress
ResourceClaimConsumerReference apiGroup`,
  "meta": `
ObjectMeta name generateName namespace selfLink uid resourceVersion generation
ListMeta selfLink resourceVersion continue`,
  "apiextensions.v1": `
CustomResourceDefinitionSpec preserveUnknownFields
CustomResourceDefinitionVersion deprecated
CustomResourceDefinitionNames singular listKind`,
};

/** Lists that the schema calls optional but that have no omitempty. */
const keptLists: ReadonlySet<string> = new Set([
  "core.v1/ContainerImage.names", "core.v1/ProjectedVolumeSource.sources", "autoscaling.v2/HorizontalPodAutoscalerStatus.currentMetrics", "rbac.v1/ClusterRole.rules", "rbac.v1/Role.rules",
  "storage.v1/CSINodeDriver.topologyKeys", "discovery.v1/EndpointSlice.endpoints", "discovery.v1/EndpointSlice.ports", "authentication.v1/TokenRequestSpec.audiences",
  "flowcontrol.v1/ResourcePolicyRule.namespaces", "resource.v1/AllocatedDeviceStatus.conditions", "resource.v1/DeviceClaim.requests",
  // Has omitempty, but an empty list is not an absent one to defaulting, and refused by validation.
  "autoscaling.v2/HPAScalingRules.policies",
]);

const zeros = new Set<string>();

function load(): void {
  for (const [file, lines] of Object.entries(omittedZeros)) {
    for (const line of lines.trim().split("\n")) {
      const [definition = "", ...fields] = line.split(" ");
      for (const field of fields) zeros.add(`${file}/${definition}.${field}`);
    }
  }
}

/** Whether false, 0 or "" in the field `group.version/Definition.field` is stored as nothing. */
export function omitsZero(field: string): boolean {
  if (zeros.size === 0) load();
  return zeros.has(field);
}

/** Whether an empty list in the field `group.version/Definition.field` is stored. */
export function keepsEmpty(field: string): boolean {
  return keptLists.has(field);
}
