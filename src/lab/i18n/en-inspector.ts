import { plural } from "./plural.ts";

const count = (n: number, one: string, other: string): string => `${n} ${plural("en", n, { one, other })}`;

/** English: the inspector. */
export const enInspector = {
  empty: "Nothing is chosen.", emptyHint: "Choose a pod, a node or any part on the stage to see what it is, what happened to it and what can be done with it.",
  tabs: { label: "About this object", summary: "Summary", yaml: "YAML", logs: "Logs", scheduling: "Scheduling" },
  loading: "Reading…", failed: (why: string) => `This could not be read: ${why}`, gone: (kind: string, name: string) => `${kind} ${name} is gone.`, goneHint: "What was last known of it stays below until you choose something else.", never: (kind: string, name: string) => `There is no ${kind} ${name}.`,
  notReadyOf: (ready: number, desired: number) => `${ready} of ${desired} ready`, leaving: "leaving", openLine: "Open its line", openLineOf: (kind: string, name: string) => `Open the line of ${kind} ${name}`,
  facts: "Facts", conditions: "Conditions", type: "Condition", status: "Status", why: "Reason", since: "Since", ago: (span: string) => `${span} ago`, simulated: (clock: string) => `simulated time ${clock}`, unknownTime: "—",
  events: "Events", noEvents: "The cluster has recorded no events about it.", eventsNewest: "newest first", times: (n: number) => `×${n}`, timesLong: (n: number) => count(n, "time", "times"), from: (source: string) => `from ${source}`, warning: "Warning", allEvents: (n: number) => `Show all ${n}`,
  pods: "Pods here", noPods: "No pods.",
  honesty: "How true this is", standing: { simplified: "simplified", absent: "not modelled" }, honestyCount: (n: number) => `${count(n, "behaviour differs", "behaviours differ")} from the real thing`,
  managedFields: "Show managedFields", copy: "Copy", copied: "Copied.", copyFailed: "The browser did not let us copy.", edit: "Edit as a file", lines: (n: number) => count(n, "line", "lines"), cut: (n: number) => `Only the first ${n} lines are shown. Edit it as a file to see all.`, yamlOf: (name: string) => `YAML of ${name}`,
  logs: {
    container: "Container", previous: "Previous run", follow: "Follow", find: "Find in the log", none: "This container has written nothing.", noMatch: "No line has that.", matches: (n: number) => count(n, "line matches", "lines match"), last: (n: number) => `the last ${n} lines`, of: (name: string) => `Log of ${name}`, newest: "To the newest",
  },
  scheduling: {
    pendingTitle: "Why is it pending?", placedTitle: "Why there?", none: "The scheduler has not looked at this pod.", noneHint: "Pods that name their node, or that another component places, never pass the scheduler.", at: (clock: string) => `looked at ${clock}`, now: "as things are now", busy: "Asking the scheduler…",
    node: "Node", verdict: "Verdict", total: "Score", refused: (plugin: string) => `refused by ${plugin}`, chosen: "chosen", passed: "would do", plugins: "Scores by plugin", caption: (pod: string) => `Nodes and scores for ${pod}`, weight: (n: number) => `weight ${n}`, refresh: "Look again", placed: (node: string) => `It runs on ${node}.`, unplaced: "No node takes it.", fits: (n: number) => count(n, "node has room", "nodes have room"), raw: (plugin: string, raw: number, normalised: number, weight: number) => `${plugin}: raw ${raw}, normalised ${normalised}, weight ${weight}`,
  },
  actions: {
    label: "Change it", replicas: "Replicas", scale: "Scale", scaleLabel: "Number of replicas", image: "Image", setImage: "Set image", container: "Container", undo: "Undo rollout", remove: "Delete", removeAsk: (kind: string, name: string) => `Delete ${kind} ${name}?`, removeGo: "Delete it", removeKeep: "Keep it", requests: "Send requests", more: "Break it…", whole: "Give a whole number, 0 or more.",
  },
  part: {
    controlPlane: "part of the control plane", state: "State", faults: "Faults at work", noFaults: "No fault is at work on it.", mend: "Mend", break: "Break it…", does: "What it does", said: "What it did last", nothing: "It has said nothing yet.",
    duty: {
      "kube-apiserver": "The only door to the cluster's state: everyone reads, writes and watches through it, and it alone talks to etcd. It checks who asks, fills in defaults, validates, and tells every watcher what changed.",
      etcd: "Keeps every object and its history. A write counts once a majority of its members has it on disk; without it nothing in the cluster can change.",
      "kube-scheduler": "Gives each pod without a node a node: it filters out those that can't take it, scores the rest, and writes its choice to the API server.",
      "kube-controller-manager": "A bundle of loops. Each watches one kind of object and works until the world is as the object says: Deployments make ReplicaSets, ReplicaSets make pods, lost nodes are tainted.",
      "cloud-controller-manager": "Speaks with the cloud: it asks for load balancers and tells the cluster which machines still exist.",
      "cluster-dns": "Answers names with addresses inside the cluster, from the Services it watches.",
    } as Readonly<Record<string, string>>,
  },
  client: { title: "client program", calls: "Calls", rate: "Rate", perSecond: (n: number) => `${n} per second`, sent: "Sent", answered: "Answered", failed: "Failed", latency: "Latency", ms: (n: number) => `${n} ms`, lastError: "Last error", byPod: "Answered by, last ten seconds", stop: "Stop sending" },
};
