/**
 * What the fields that learners meet first mean, in our own words. Looked up by the last two names of the path, then by
 * the last one. The published schema's texts are not carried along; other fields show their type and default only.
 */
const BY_PARENT: Readonly<Record<string, string>> = {
  "metadata.name": "The object's name: unique among objects of its kind in its namespace.",
  "metadata.namespace": "The namespace it lives in; \"default\" when left out.",
  "metadata.labels": "Keys and values by which others find it: Services and controllers select pods by label.",
  "metadata.annotations": "Notes for people and tools. Nothing selects by them.",
  "spec.replicas": "How many pods there should be. The controller creates or removes pods until it is so.",
  "spec.selector": "Which pods belong to it. For a Deployment it can't be changed later, and must match the template's labels.",
  "selector.matchLabels": "Every one of these labels must be there with this value.",
  "spec.template": "What each pod looks like. Changing it starts a rollout.",
  "spec.strategy": "How old pods are replaced by new ones: RollingUpdate, step by step, or Recreate, all at once.",
  "rollingUpdate.maxSurge": "How many pods there may be above the wanted number during a rollout; a number or a percentage, rounded up.",
  "rollingUpdate.maxUnavailable": "How many of the wanted pods may be missing during a rollout; a number or a percentage, rounded down.",
  "spec.minReadySeconds": "How long a new pod must have been ready before it counts as available.",
  "spec.progressDeadlineSeconds": "After this long without progress a rollout counts as failed. Nothing is undone by itself.",
  "spec.revisionHistoryLimit": "How many old ReplicaSets are kept so that one can go back.",
  "spec.paused": "While true, changes of the template don't start a rollout.",
  "spec.containers": "The programs of the pod. They share its network address and volumes.",
  "spec.initContainers": "Programs that run one after the other, to their end, before the containers start.",
  "spec.restartPolicy": "Whether containers that ended are started again: Always, OnFailure, Never.",
  "spec.nodeSelector": "Only nodes with all these labels will do.",
  "spec.nodeName": "The node it is bound to. Normally written by the scheduler, once.",
  "spec.tolerations": "Taints that the pod puts up with. Without one, a tainted node refuses it.",
  "spec.topologySpreadConstraints": "How evenly such pods must be spread over zones, nodes or other domains.",
  "spec.terminationGracePeriodSeconds": "How long the pod may take to stop before it is killed.",
  "spec.serviceAccountName": "Who the pod is to the API server.",
  "spec.priorityClassName": "How much the pod matters: a higher one may push out lower ones when there is no room.",
  "spec.volumes": "Storage that containers can mount.",
  "spec.type": "How a Service can be reached: ClusterIP from inside, NodePort at every node, LoadBalancer from outside.",
  "spec.clusterIP": "The Service's address inside the cluster; \"None\" makes it headless: names lead straight to pods.",
  "spec.sessionAffinity": "ClientIP sends a client to the same pod each time.",
  "ports.port": "The port of the Service.",
  "ports.targetPort": "The port of the pod, by number or by the name of a container port.",
  "ports.nodePort": "The port at every node, 30000–32767; chosen for you when left out.",
  "ports.containerPort": "A port the container listens on. Telling it is information; it opens nothing.",
  "resources.requests": "What the scheduler sets aside for the container. A pod goes only where its requests fit.",
  "resources.limits": "What the container can't exceed: above its memory limit it is killed, above its CPU limit it is slowed.",
  "requests.cpu": "CPU set aside: 1 is one core, 500m half of one.",
  "requests.memory": "Memory set aside, e.g. 128Mi.",
  "limits.cpu": "Most CPU it gets: 1 is one core, 500m half of one.",
  "limits.memory": "Most memory it may use, e.g. 256Mi. Above it the kernel kills the container (OOMKilled).",
  "topologySpreadConstraints.maxSkew": "By how many pods the fullest domain may exceed the emptiest.",
  "topologySpreadConstraints.topologyKey": "The node label whose values are the domains, e.g. topology.kubernetes.io/zone.",
  "httpGet.path": "Path of the HTTP request.", "httpGet.port": "Port, by number or by name.",
};

const BY_NAME: Readonly<Record<string, string>> = {
  apiVersion: "Which version of which API group the object is written in.",
  kind: "What kind of object it is.", metadata: "Name, namespace, labels: what identifies the object.",
  spec: "What you want.", status: "What is. Written by the cluster.", data: "Keys and values.",
  image: "The program to run: registry/name:tag. Without a tag it is \"latest\".",
  imagePullPolicy: "When the image is fetched: Always, IfNotPresent, Never.",
  command: "Replaces the image's entry point.", args: "Arguments of the entry point.", env: "Environment variables.", envFrom: "All keys of a ConfigMap or Secret as environment variables.",
  readinessProbe: "Asks whether the container may get traffic. While it fails, Services leave the pod out.",
  livenessProbe: "Asks whether the container still works. When it fails, the container is restarted.",
  startupProbe: "Asks whether the container has started. The other probes wait for it.",
  initialDelaySeconds: "Seconds after the start before the first probe.", periodSeconds: "Seconds from one probe to the next.",
  timeoutSeconds: "Seconds a probe may take.", failureThreshold: "Failures in a row before it counts.", successThreshold: "Successes in a row before it counts.",
  lifecycle: "What to do right after the start and before the stop.", preStop: "Runs before the container is told to stop; counts towards the grace period.",
  volumeMounts: "Where the pod's volumes appear in this container.", affinity: "Rules about nodes and about other pods, to be near or far.",
  whenUnsatisfiable: "What to do when it can't be met: DoNotSchedule or ScheduleAnyway.", securityContext: "Rights of the process.",
};

/** A sentence about a field, or "". */
export function explainField(_kind: string, path: readonly (string | number)[]): string {
  const names = path.filter((step): step is string => typeof step === "string");
  const name = names.at(-1) ?? "";
  const pair = `${names.at(-2) ?? ""}.${name}`;
  if (Object.hasOwn(BY_PARENT, pair)) return BY_PARENT[pair] ?? "";
  return Object.hasOwn(BY_NAME, name) ? (BY_NAME[name] ?? "") : "";
}
