/** What a person can do to a cluster, as data: the inputs of a session. */
import { readYaml } from "../../../base/yaml/index.ts";
import type { Message, World } from "../../../engine/bus/index.ts";
import { CLIENTS, USER, type KubeObject } from "../api/index.ts";
import type { ApiCall } from "../client/index.ts";
import { applyFault, type ClusterFault } from "./faults.ts";
import type { UserApply, UserApplyOptions, UserRequest } from "./user.ts";

/** A client program that sends requests at a rate. */
export interface TrafficInput {
  readonly name: string;
  readonly url: string;
  readonly perSecond: number;
  readonly from: "outside" | "inside";
}

/** One input. `ticket` names the answer in the person's state. */
export type ClusterInput =
  | { readonly kind: "apply"; readonly ticket: number; readonly manifest: string; readonly options?: UserApplyOptions }
  | { readonly kind: "apply-objects"; readonly ticket: number; readonly objects: readonly KubeObject[]; readonly options?: UserApplyOptions }
  | { readonly kind: "request"; readonly ticket: number; readonly call: ApiCall }
  | { readonly kind: "fault"; readonly fault: ClusterFault }
  | { readonly kind: "traffic"; readonly spec: TrafficInput; readonly on: boolean };

/** Gives an input to the world. */
export function applyInput(world: World, input: ClusterInput): void {
  switch (input.kind) {
    case "apply": inject(world, { type: "user/apply", ticket: input.ticket, objects: objectsOf(input.manifest), options: input.options ?? {} } satisfies UserApply); return;
    case "apply-objects": inject(world, { type: "user/apply", ticket: input.ticket, objects: input.objects, options: input.options ?? {} } satisfies UserApply); return;
    case "request": inject(world, { type: "user/request", ticket: input.ticket, call: input.call } satisfies UserRequest); return;
    case "fault": applyFault(world, input.fault); return;
    case "traffic": world.inject(CLIENTS, { type: "clients/set", on: input.on, spec: input.spec } as Message);
  }
}

/** The objects of a manifest; documents that can't be read are left out (the editor and the tools report them before). */
export function objectsOf(manifest: string): KubeObject[] {
  const objects: KubeObject[] = [];
  for (const document of readYaml(manifest).documents) collect(document.data, objects);
  return objects;
}

function collect(value: unknown, objects: KubeObject[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const object = value as KubeObject & { readonly items?: readonly unknown[] };
  if (object.kind?.endsWith("List") === true && Array.isArray(object.items)) for (const item of object.items) collect(item, objects);
  else objects.push(object);
}

function inject<M extends Message>(world: World, message: M): void {
  world.inject(USER, message);
}
