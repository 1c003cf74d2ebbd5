/** Informers for custom resources come and go with their definitions (the garbage collector and namespaces need them). */
import type { Context } from "../../../../engine/bus/index.ts";
import type { CustomResourceDefinition, KubeObject } from "../../api/index.ts";
import { createInformers, type InformerSpec, type InformerSpecs, startInformers } from "../../client/index.ts";
import { INFORMER_SPECS, informerName } from "./kinds.ts";
import type { ManagerState } from "./state.ts";

const merged = new WeakMap<Readonly<Record<string, InformerSpec>>, InformerSpecs>();

/** The built-in informers with those of custom resources. Derived, so kept outside the state. */
export function specsOf(customSpecs: Readonly<Record<string, InformerSpec>>): InformerSpecs {
  const known = merged.get(customSpecs);
  if (known !== undefined) return known;
  const all = { ...INFORMER_SPECS, ...customSpecs };
  merged.set(customSpecs, all);
  return all;
}

/** A definition changed: once it is established its objects are watched; when it is gone they no longer are. */
export function customResourceChanged(state: ManagerState, context: Context, before: KubeObject | undefined, after: KubeObject | undefined): void {
  const definition = (after ?? before) as CustomResourceDefinition;
  const spec = specOf(definition);
  if (spec === undefined) return;
  const name = informerName(spec.group, spec.resource);
  const watched = Object.hasOwn(state.customSpecs, name);
  if (after === undefined) {
    if (watched) unwatch(state, context, name);
  } else if (!watched && isEstablished(definition)) {
    watch(state, context, name, spec);
  }
}

function specOf(definition: CustomResourceDefinition): InformerSpec | undefined {
  const { spec } = definition;
  const version = spec.versions.find((candidate) => candidate.storage && candidate.served) ?? spec.versions.find((candidate) => candidate.served);
  return version === undefined ? undefined : { group: spec.group, version: version.name, resource: spec.names.plural };
}

function isEstablished(definition: CustomResourceDefinition): boolean {
  return definition.status?.conditions?.some((condition) => condition.type === "Established" && condition.status === "True") === true;
}

function watch(state: ManagerState, context: Context, name: string, spec: InformerSpec): void {
  state.customSpecs = { ...state.customSpecs, [name]: spec };
  const added = createInformers(state.client, { [name]: spec });
  for (const [informer, value] of added.informers) state.informers.informers.set(informer, value);
  startInformers(added, { [name]: spec }, context);
}

function unwatch(state: ManagerState, context: Context, name: string): void {
  const { [name]: gone, ...rest } = state.customSpecs;
  void gone;
  state.customSpecs = rest;
  const informer = state.informers.informers.get(name);
  if (informer !== undefined && informer.stream !== 0) context.close(informer.stream);
  state.informers.informers.delete(name);
}
