/** Defaults of webhooks, admission policies, definitions and aggregated APIs. Source: pkg/apis/admissionregistration/v1, apiextensions v1 and apiregistration v1 defaults.go. */
import type {
  APIService, CustomResourceDefinition, CustomResourceDefinitionSpec, LabelSelector, MatchResources, MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, MutatingWebhook, MutatingWebhookConfiguration,
  ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, ValidatingWebhook, ValidatingWebhookConfiguration,
} from "../../api/index.ts";
import { always, eachOf, fill, inside, type Filler } from "./edit.ts";

const HTTPS_PORT = 443;
const everything: LabelSelector = {};
const webhookDefaults = { failurePolicy: "Fail", matchPolicy: "Equivalent", namespaceSelector: everything, objectSelector: everything, timeoutSeconds: 10 };

function nested<T extends ValidatingWebhook | MutatingWebhook>(webhook: T): T {
  const value: ValidatingWebhook = webhook;
  const out = eachOf(value, "rules", (rule) => fill(rule, { scope: "*" }));
  return inside(out, "clientConfig", (config) => inside(config, "service", (target) => fill(target, { port: HTTPS_PORT }))) as T;
}

/** SetDefaults_ValidatingWebhook. */
export const validatingWebhooks: Filler<ValidatingWebhookConfiguration> = (value) =>
  eachOf(value, "webhooks", (webhook: ValidatingWebhook) => nested(fill(webhook, webhookDefaults)));

/** SetDefaults_MutatingWebhook. */
export const mutatingWebhooks: Filler<MutatingWebhookConfiguration> = (value) =>
  eachOf(value, "webhooks", (webhook: MutatingWebhook) => nested(fill(webhook, { ...webhookDefaults, reinvocationPolicy: "Never" })));

/** SetDefaults_MatchResources. */
const matchResources: Filler<MatchResources> = (match) => {
  const out = fill(match, { matchPolicy: "Equivalent", namespaceSelector: everything, objectSelector: everything });
  return eachOf(eachOf(out, "resourceRules", (rule) => fill(rule, { scope: "*" })), "excludeResourceRules", (rule) => fill(rule, { scope: "*" }));
};

/** SetDefaults_ValidatingAdmissionPolicySpec. */
export const validatingPolicy: Filler<ValidatingAdmissionPolicy> = (value) =>
  always(value, "spec", (spec) => inside(fill(spec, { failurePolicy: "Fail" }), "matchConstraints", matchResources));

/** The binding's own match resources. */
export const validatingPolicyBinding: Filler<ValidatingAdmissionPolicyBinding> = (value) => inside(value, "spec", (spec) => inside(spec, "matchResources", matchResources));

/** SetDefaults_MutatingAdmissionPolicySpec. */
export const mutatingPolicy: Filler<MutatingAdmissionPolicy> = (value) =>
  always(value, "spec", (spec) => inside(fill(spec, { failurePolicy: "Fail" }), "matchConstraints", matchResources));

/** The binding's own match resources. */
export const mutatingPolicyBinding: Filler<MutatingAdmissionPolicyBinding> = (value) => inside(value, "spec", (spec) => inside(spec, "matchResources", matchResources));

const definitionSpec: Filler<CustomResourceDefinitionSpec> = (spec) => {
  const out = always(spec, "names", (names) => {
    const { kind } = names;
    return kind === undefined || kind === "" ? names : fill(names, { singular: kind.toLowerCase(), listKind: `${kind}List` });
  });
  return always(out, "conversion", (conversion) => {
    const filled = fill(conversion, { strategy: "None" });
    return inside(filled, "webhook", (webhook) => inside(webhook, "clientConfig", (config) => inside(config, "service", (target) => fill(target, { port: HTTPS_PORT }))));
  });
};

/** SetDefaults_CustomResourceDefinition. */
export const customResourceDefinition: Filler<CustomResourceDefinition> = (value) => {
  const out = inside(value, "spec", definitionSpec);
  const storage = out.spec?.versions?.find((version) => version.storage)?.name;
  if (storage === undefined || (out.status?.storedVersions?.length ?? 0) > 0) return out;
  return always(out, "status", (status) => ({ ...status, storedVersions: [storage] }));
};

/** SetDefaults_ServiceReference of apiregistration. */
export const apiService: Filler<APIService> = (value) => inside(value, "spec", (spec) => inside(spec, "service", (target) => fill(target, { port: HTTPS_PORT })));
