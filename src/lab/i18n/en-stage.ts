import { plural } from "./plural.ts";

const count = (n: number, one: string, other: string): string => `${n} ${plural("en", n, { one, other })}`;

/** English: stage, captions, faults. */
export const enStage = {
  views: { label: "View", machines: "Machines", ownership: "Ownership", traffic: "Traffic",
    machinesHint: "Where things run", ownershipHint: "Who made what", trafficHint: "Who talks to whom" },
  tools: { fit: "Show everything", zoomIn: "Closer", zoomOut: "Farther", system: "System pods", namespace: "Namespace", allNamespaces: "all namespaces", yours: "your namespaces", legend: "Signs" },
  pod: {
    states: { pending: "pending", starting: "starting", running: "running, not ready", ready: "ready", "crash-loop": "crash loop", failed: "failed", succeeded: "done", leaving: "leaving", unknown: "unknown" },
    restarts: (n: number) => `×${n}`, restartsLong: (n: number) => count(n, "restart", "restarts"),
    label: (name: string, state: string, where: string, detail: string) => `Pod ${name}, ${state}${where === "" ? ", on no node" : `, on ${where}`}${detail === "" ? "" : `, ${detail}`}`,
    seconds: (span: string) => span, more: (n: number) => `+${n}`, old: "older revision", fresh: "newer revision", standIn: "stand-in",
  },
  node: {
    label: (name: string, state: string, pods: number) => `Node ${name}, ${state}, ${count(pods, "pod", "pods")}`,
    ready: "Ready", notReady: "NotReady", unknown: "Unknown", off: "no power", cordoned: "cordoned", cut: "cut off",
    cpu: "CPU", memory: "memory", requested: (share: number) => `${share} % requested`, parts: { kubelet: "kubelet", kubeProxy: "kube-proxy", runtime: "containerd" },
    status: { up: "runs", down: "down", paused: "paused" }, heartbeat: "heartbeat", noHeartbeat: "no heartbeat", pods: (n: number) => count(n, "pod", "pods"),
    nothing: "nothing runs here yet",
  },
  component: { you: "you", yourLine: "kubectl apply", label: (title: string, status: string, line: string) => `${title}, ${status}${line === "" ? "" : `, ${line}`}`, api: "API", server: "server", down: "down", paused: "paused",
    titles: { etcd: "etcd", "kube-scheduler": "scheduler", "kube-controller-manager": "controller manager", "cloud-controller-manager": "cloud controller", "cluster-dns": "DNS" } },
  queue: { title: (n: number) => (n === 0 ? "waiting for a node" : `waiting for a node · ${n}`), empty: "nobody waits" },
  ownership: { empty: "Nothing owns anything yet. Apply a Deployment and watch it make a ReplicaSet, and that its pods.", ready: (ready: number, desired: number) => `${ready} of ${desired} ready`,
    label: (kind: string, name: string, line: string) => `${kind} ${name}, ${line}`, paused: "paused", loose: "on their own", revision: (r: string) => `revision ${r}`, notReady: (n: number) => `${n} not ready` },
  traffic: { empty: "No Service yet. Apply one, then send requests to it.", start: "Send requests", stop: "Stop", perSecond: (n: number) => `${n}/s`, answered: (n: number) => `${n} answered`, failed: (n: number) => `${n} failed`,
    endpoints: (ready: number, not: number) => (not === 0 ? `${count(ready, "endpoint", "endpoints")} ready` : `${ready} ready, ${not} not`), noEndpoints: "no endpoints",
    title: "Send requests", description: "A client program calls the address at a steady rate and counts what comes back.", name: "Name", url: "Address", rate: "Requests per second", from: "From", inside: "a pod inside", outside: "outside the cluster", go: "Start", client: (name: string) => `Client ${name}`, latency: (ms: number) => `${ms} ms`,
    serviceLabel: (name: string, line: string) => `Service ${name}, ${line}` },
  menu: {
    inspect: "Inspect", actions: "Actions", remove: "Delete", killContainer: (name: string) => `Kill container ${name}`, cordon: "Cordon (no new pods)", uncordon: "Uncordon", crashNode: "Cut the power", startNode: "Power on",
    cutNode: "Cut the link to the control plane", healNode: "Mend the link", stop: (what: string) => `Stop ${what}`, start: (what: string) => `Start ${what}`, pause: (what: string) => `Pause ${what}`, resume: (what: string) => `Resume ${what}`,
    scaleUp: "One more replica", scaleDown: "One replica fewer", undo: "Undo rollout", requests: "Send requests to it", stopClient: "Stop sending", faults: "More ways to break it…", label: (what: string) => `Things to do with ${what}`,
  },
  legend: { title: "Signs", pods: "A pod is", messages: "A message is", request: "a request", answer: "its answer", watch: "a watch event", write: "a write", revisions: "Its edge says which revision", a: "one revision", b: "the next", credit: "Drawn with React Flow." },
  twin: { title: "The world as text", controlPlane: "Control plane", nodes: "Nodes", waiting: "Pods waiting for a node", pods: "Pods", workloads: "Workloads", services: "Services", clients: "Clients", none: "none" },
  zoomHint: "Arrow keys move between things, Enter selects, Shift+F10 opens the menu.",
  captions: {
    first: "A cluster with nothing to do. Press Apply to give it something.", busy: "Choose anything on the stage to learn about it, or change the text and apply it.", why: "Why?", whyTitle: "What led to this", whyEmpty: "Nothing led to it: it is where this story begins.", whyFailed: "The causes can't be read now.",
    more: (n: number) => `and ${n} more`, log: "Everything said", logTitle: "Everything that was said", logDescription: "The newest first. Choose a line to see what it is about.", all: "All", important: "Important", find: "Find in the log", empty: "Nothing has been said yet.",
  },
  faults: {
    title: "Break something", description: "Each fault is real to the cluster: it finds out the way a real one would.", target: "What", other: "Other end", container: "Container", inject: "Do it", heal: "Mend", active: "At work now", amount: "How much", none: "Nothing of this kind exists yet.",
    groups: { machine: "Machines", part: "Parts", link: "Links", container: "Containers", resource: "Disk and memory", image: "Images" },
    chip: (what: string) => `Mend: ${what}`,
  },
  applied: { cordoned: (name: string) => `${name} takes no new pods.`, uncordoned: (name: string) => `${name} takes new pods again.` },
  count,
};
