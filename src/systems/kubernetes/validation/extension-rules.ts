/** What extends the API: webhooks, policies, custom resources, API services. */
import {
  validateAdmissionBinding, validateAdmissionBindingUpdate, validateAdmissionPolicy, validateAdmissionPolicyUpdate, validateWebhooks, validateWebhooksUpdate,
} from "./admission-rules.ts";
import { validateApiService, validateApiServiceUpdate, validateCustomResourceDefinition, validateCustomResourceDefinitionUpdate } from "./custom-resource-definition.ts";
import type { GroupRules } from "./kind-rules.ts";

/** Rules by API group. */
export const EXTENSION_RULES: Readonly<Record<string, GroupRules>> = {
  "admissionregistration.k8s.io": {
    ValidatingWebhookConfiguration: { create: validateWebhooks, update: validateWebhooksUpdate },
    MutatingWebhookConfiguration: { create: validateWebhooks, update: validateWebhooksUpdate },
    ValidatingAdmissionPolicy: { create: validateAdmissionPolicy, update: validateAdmissionPolicyUpdate },
    ValidatingAdmissionPolicyBinding: { create: validateAdmissionBinding, update: validateAdmissionBindingUpdate },
  },
  "apiextensions.k8s.io": { CustomResourceDefinition: { create: validateCustomResourceDefinition, update: validateCustomResourceDefinitionUpdate } },
  "apiregistration.k8s.io": { APIService: { create: validateApiService, update: validateApiServiceUpdate } },
};
