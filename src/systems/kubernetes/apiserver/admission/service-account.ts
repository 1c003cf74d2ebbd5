/**
 * ServiceAccount: every pod runs as an account and gets its token as a projected volume.
 * Source: kubernetes v1.36 plugin/pkg/admission/serviceaccount/admission.go.
 */
import { extended } from "../../../../base/plain/index.ts";
import type { Container, Pod, PodSpec, ServiceAccount, Stored, Volume, VolumeMount } from "../../api/index.ts";
import { forbidden } from "../answers/status.ts";
import { cached } from "../cache/resource-cache.ts";
import { randomSuffix } from "../resources/object-meta.ts";
import type { Server } from "../state.ts";
import type { AdmissionAttributes, AdmissionPlugin, Admitted } from "./admission.ts";

const DEFAULT_ACCOUNT = "default";
const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
const VOLUME_PREFIX = "kube-api-access-";
/** pkg/kubelet/token and serviceaccount/util.go: tokens last an hour and seven seconds, so that clients that refresh hourly never see one expire. */
const TOKEN_SECONDS = 3607;

/** See the module's comment. */
export const serviceAccount: AdmissionPlugin = {
  name: "ServiceAccount",
  resources: ["pods"],
  verbs: ["create"],
  admit(server, attributes) {
    const pod = attributes.object as Pod & { readonly spec: PodSpec };
    if (pod.metadata?.annotations?.["kubernetes.io/config.mirror"] !== undefined) return { object: pod };
    const name = (pod.spec.serviceAccountName ?? "") === "" ? DEFAULT_ACCOUNT : (pod.spec.serviceAccountName ?? "");
    const accounts = server.state.caches.get("serviceaccounts");
    const value = accounts === undefined ? undefined : cached(accounts, attributes.namespace, `${attributes.namespace}/${name}`);
    if (value === undefined) return { refused: forbidden(attributes.info, attributes.name, `error looking up service account ${attributes.namespace}/${name}: serviceaccount "${name}" not found`) };
    return withAccount(server, attributes, pod, name, value.object as Stored<ServiceAccount>);
  },
};

function withAccount(server: Server, _attributes: AdmissionAttributes, pod: Pod & { readonly spec: PodSpec }, name: string, account: Stored<ServiceAccount>): Admitted {
  const mounts = pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true;
  let spec: PodSpec = extended(pod.spec, { serviceAccountName: name, serviceAccount: name });
  if (mounts) spec = withToken(spec, () => VOLUME_PREFIX + randomSuffix(server.context.random));
  const pullSecrets = account.imagePullSecrets;
  if ((spec.imagePullSecrets?.length ?? 0) === 0 && pullSecrets !== undefined && pullSecrets.length > 0) spec = { ...spec, imagePullSecrets: pullSecrets };
  return { object: { ...pod, spec } as Pod };
}

/** Every container without a mount at the token's place gets one; the volume is made if any did. */
function withToken(spec: PodSpec, newName: () => string): PodSpec {
  const present = spec.volumes?.find((volume) => volume.name.startsWith(VOLUME_PREFIX));
  let name = present?.name;
  const mount = (container: Container): Container => {
    if (container.volumeMounts?.some((one) => one.mountPath === TOKEN_PATH) === true) return container;
    name ??= newName();
    const one: VolumeMount = { name, readOnly: true, mountPath: TOKEN_PATH };
    return extended(container, { volumeMounts: [...(container.volumeMounts ?? []), one] });
  };
  const containers = spec.containers.map(mount);
  const initContainers = spec.initContainers?.map(mount);
  if (name === undefined) return spec;
  const volumes = present === undefined ? [...(spec.volumes ?? []), tokenVolume(name)] : spec.volumes;
  return extended(spec, { containers, ...(initContainers === undefined ? {} : { initContainers }), ...(volumes === undefined ? {} : { volumes }) });
}

const projected = Object.freeze({
  sources: [
    { serviceAccountToken: { expirationSeconds: TOKEN_SECONDS, path: "token" } },
    { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
    { downwardAPI: { items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }] } },
  ],
  defaultMode: 0o644,
});

function tokenVolume(name: string): Volume {
  return { name, projected };
}
