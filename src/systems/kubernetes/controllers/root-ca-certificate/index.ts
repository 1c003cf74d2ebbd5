/** The cluster's certificate authority as a ConfigMap in each namespace (pkg/controller/certificates/rootcacertpublisher). */
import { deepEqual } from "../../../../base/json/index.ts";
import type { ConfigMap } from "../../api/index.ts";
import { type Controller, NO_PLAN, planOf } from "../runtime/index.ts";

/** Name of the ConfigMap. */
export const ROOT_CA_CONFIG_MAP = "kube-root-ca.crt";
const ANNOTATIONS = {
  "kubernetes.io/description": "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.",
};
/** Stands for a certificate: nothing here is encrypted. */
const DATA = { "ca.crt": "-----BEGIN CERTIFICATE-----\nb3JyZXJ5IGNsdXN0ZXIgY2VydGlmaWNhdGUgYXV0aG9yaXR5\n-----END CERTIFICATE-----\n" };
const CONFIG_MAPS = Object.freeze({ group: "", version: "v1", resource: "configmaps" } as const);

/** Publishes the certificate in every active namespace and mends it when somebody changes it. */
export const rootCertificatePublisher: Controller<null> = {
  name: "root_ca_cert_publisher",
  eventSource: "root-ca-cert-publisher",
  workers: 5,
  needs: ["namespaces", "configmaps"],
  createMemory: () => null,
  on: {
    namespaces: (_memory, enqueue, _view, key, before, after) => {
      if (after !== undefined && (before === undefined || before.metadata?.deletionTimestamp !== after.metadata?.deletionTimestamp)) enqueue.add(key);
    },
    configmaps: (_memory, enqueue, _view, _key, before, after) => {
      const { name, namespace } = (after ?? before)?.metadata ?? {};
      if (name === ROOT_CA_CONFIG_MAP && (before !== undefined || !isRight(after as ConfigMap))) enqueue.add(namespace ?? "");
    },
  },
  plan(namespace, view) {
    const home = view.get("namespaces", namespace);
    if (home === undefined || home.metadata?.deletionTimestamp !== undefined) return NO_PLAN;
    const present = view.get("configmaps", `${namespace}/${ROOT_CA_CONFIG_MAP}`);
    if (present !== undefined && isRight(present)) return NO_PLAN;
    const metadata = { ...present?.metadata, name: ROOT_CA_CONFIG_MAP, namespace, annotations: ANNOTATIONS };
    const body: ConfigMap = { apiVersion: "v1", kind: "ConfigMap", metadata, data: DATA };
    if (present === undefined) return planOf([{ call: { verb: "create", ...CONFIG_MAPS, namespace, body }, accept: [409] }]);
    return planOf([{ call: { verb: "update", ...CONFIG_MAPS, namespace, name: ROOT_CA_CONFIG_MAP, body } }]);
  },
};

function isRight(map: ConfigMap): boolean {
  return deepEqual(map.data, DATA) && deepEqual(map.metadata?.annotations, ANNOTATIONS);
}
