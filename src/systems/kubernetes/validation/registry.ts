/** Which rules a kind has. Kinds that are not listed (custom resources) have the rules of metadata alone. */
import type { KubeObject } from "../api/index.ts";
import { APPS_RULES, BATCH_RULES, POD_RULES } from "./workload-rules.ts";
import type { GroupRules, KindRules, ValidationInfo } from "./kind-rules.ts";
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from "./object-meta.ts";
import { CLUSTER_RULES } from "./cluster-rules.ts";
import { NETWORK_RULES } from "./network-rules.ts";
import { CONFIG_RULES } from "./config-rules.ts";
import { STORAGE_RULES } from "./storage-rules.ts";
import { EXTENSION_RULES } from "./extension-rules.ts";

const GROUPS = new Map<string, Map<string, KindRules>>();

function register(group: string, rules: GroupRules): void {
  const kinds = GROUPS.get(group) ?? new Map<string, KindRules>();
  for (const [kind, kindRules] of Object.entries(rules)) kinds.set(kind, kindRules);
  GROUPS.set(group, kinds);
}

for (const sets of [POD_RULES, APPS_RULES, BATCH_RULES, CLUSTER_RULES, NETWORK_RULES, CONFIG_RULES, STORAGE_RULES, EXTENSION_RULES]) {
  for (const [group, rules] of Object.entries(sets)) register(group, rules);
}

/** The rules of a kind, or undefined for kinds the API server only checks by schema. */
export function rulesOf(info: ValidationInfo): KindRules | undefined {
  return GROUPS.get(info.group)?.get(info.kind);
}

/** The rules of metadata alone. */
export function metadataRules(info: ValidationInfo): KindRules {
  return {
    create: (object: KubeObject, errors) => validateObjectMeta(object.metadata, info.namespaced, subdomainName, errors),
    update: (next: KubeObject, previous: KubeObject, errors) => validateObjectMetaUpdate(next.metadata, previous.metadata, errors),
  };
}
