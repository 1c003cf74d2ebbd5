/**
 * The Container Network Interface as messages from a node's runtime to its node's network.
 * Operations and their results follow the CNI specification 1.1 (https://www.cni.dev/docs/spec/).
 */

/** ADD, DEL or CHECK of one sandbox. */
export type CniRequest =
  | { readonly type: "cni/ADD"; readonly sandboxId: string; readonly podUid: string; readonly namespace: string; readonly podName: string; readonly hostPorts: readonly { readonly hostPort: number; readonly containerPort: number; readonly protocol: string }[] }
  | { readonly type: "cni/DEL"; readonly sandboxId: string }
  | { readonly type: "cni/CHECK"; readonly sandboxId: string };

/** The plugin's answer. */
export type CniResponse =
  | { readonly type: "cni/ok"; readonly ip: string }
  | { readonly type: "cni/error"; readonly code: number; readonly message: string };
