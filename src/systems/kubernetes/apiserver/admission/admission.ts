import type { ApiRequest, ApiResponse, KubeObject } from "../../api/index.ts";
import type { ResourceInfo } from "../../schema/index.ts";
import type { Server } from "../state.ts";

/** What admission sees of a write (k8s.io/apiserver v1.36 pkg/admission/interfaces.go, Attributes). */
export interface AdmissionAttributes {
  readonly call: ApiRequest;
  readonly info: ResourceInfo;
  readonly storage: string;
  readonly verb: "create" | "update" | "delete";
  readonly subresource: string;
  readonly namespace: string;
  readonly name: string;
  readonly object: KubeObject | undefined;
  readonly old: KubeObject | undefined;
}

/** An admission plug-in. `admit` may change the object; `validate` only says no, after all have admitted. */
export interface AdmissionPlugin {
  readonly name: string;
  /** Storage names it looks at; "*" = all. */
  readonly resources: readonly string[];
  readonly verbs: readonly AdmissionAttributes["verb"][];
  readonly admit?: (server: Server, attributes: AdmissionAttributes) => Admitted;
  readonly validate?: (server: Server, attributes: AdmissionAttributes) => ApiResponse | undefined;
}

/** The object as admitted, or the refusal. */
export type Admitted = { readonly object: KubeObject } | { readonly refused: ApiResponse };
