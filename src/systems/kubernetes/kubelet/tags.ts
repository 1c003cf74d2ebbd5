/** What the kubelet attaches to its requests, to know what an answer is about. Plain data. */

/** Requests to the API server about the node. */
export type NodeTag =
  | { readonly op: "register" }
  | { readonly op: "find-node" }
  | { readonly op: "node-status" }
  | { readonly op: "lease"; readonly step: "create" | "get" | "renew" };

/** Requests about a pod. */
export type PodTag =
  | { readonly op: "status"; readonly uid: string; readonly status: unknown }
  | { readonly op: "delete-pod"; readonly uid: string }
  | { readonly op: "mirror"; readonly uid: string }
  | { readonly op: "sandbox"; readonly uid: string }
  | { readonly op: "stop-sandbox"; readonly uid: string; readonly then: "finish" | "renew" }
  | { readonly op: "remove-sandbox"; readonly uid: string };

/** Requests about one container. */
export type ContainerTag = { readonly uid: string; readonly container: string } & (
  | { readonly op: "pull"; readonly image: string; readonly startedAt: number; readonly askedAt: number }
  | { readonly op: "create" }
  | { readonly op: "start" }
  | { readonly op: "post-start"; readonly id: string }
  | { readonly op: "probe"; readonly id: string; readonly kind: "startup" | "readiness" | "liveness"; readonly held: boolean }
  | { readonly op: "pre-stop"; readonly id: string; readonly graceSeconds: number; readonly startedAt: number }
  | { readonly op: "stop"; readonly id: string }
);

/** Requests that serve somebody else, and those of recovery. */
export type OtherTag =
  | { readonly op: "list-sandboxes" }
  | { readonly op: "list-containers"; readonly sandboxes: unknown }
  | { readonly op: "list-images" }
  | { readonly op: "list-garbage" }
  | { readonly op: "events" }
  | { readonly op: "logs" | "exec"; readonly request: number }
  | { readonly op: "ignore" };

/** Any of them. */
export type KubeletTag = NodeTag | PodTag | ContainerTag | OtherTag;
