import { describe, expect, it } from "vitest";
import type { KubeObject, PersistentVolume, PersistentVolumeClaim, ResourceQuota } from "../../api/index.ts";
import { CONTROLLERS } from "../index.ts";
import { RealCluster } from "../testing/real-cluster.fake.ts";

const claim = (storageClassName: string, size = "1Gi"): PersistentVolumeClaim => ({
  apiVersion: "v1", kind: "PersistentVolumeClaim", metadata: { name: "data", namespace: "default" },
  spec: { accessModes: ["ReadWriteOnce"], storageClassName, resources: { requests: { storage: size } } },
});
const volume = (name: string, size: string, policy = "Retain"): PersistentVolume => ({
  apiVersion: "v1", kind: "PersistentVolume", metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: size }, storageClassName: "manual", persistentVolumeReclaimPolicy: policy, hostPath: { path: "/tmp" } },
});
const storageClass = (mode: string): KubeObject => ({ apiVersion: "storage.k8s.io/v1", kind: "StorageClass", metadata: { name: "fast" }, provisioner: "csi.example.com", volumeBindingMode: mode } as KubeObject);
const theClaim = (c: RealCluster): PersistentVolumeClaim => c.get<PersistentVolumeClaim>("persistentvolumeclaims", "default/data")!;

describe("persistent volumes", () => {
  it("binds a claim to the smallest volume that fits, and releases it afterwards", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("persistentvolumes", volume("big", "10Gi"));
    c.create("persistentvolumes", volume("fit", "2Gi"));
    c.create("persistentvolumes", volume("tiny", "100Mi"));
    c.run(300);
    expect(c.get<PersistentVolume>("persistentvolumes", "fit")?.status?.phase).toBe("Available");
    c.create("persistentvolumeclaims", claim("manual"));
    c.run(1000);
    expect(theClaim(c)).toMatchObject({ spec: { volumeName: "fit" }, status: { phase: "Bound", capacity: { storage: "2Gi" } } });
    expect(c.get<PersistentVolume>("persistentvolumes", "fit")).toMatchObject({ spec: { claimRef: { name: "data", uid: theClaim(c).metadata?.uid } }, status: { phase: "Bound" } });
    c.delete("persistentvolumeclaims", "default/data");
    c.run(1000);
    expect(theClaim(c)).toBeUndefined();
    expect(c.get<PersistentVolume>("persistentvolumes", "fit")?.status?.phase).toBe("Released");
  });

  it("provisions a volume for a class, and deletes it with the claim", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("storageclasses.storage.k8s.io", storageClass("Immediate"));
    c.create("persistentvolumeclaims", claim("fast"));
    c.run(3000);
    const name = `pvc-${theClaim(c).metadata!.uid!}`;
    expect(theClaim(c)).toMatchObject({ spec: { volumeName: name }, status: { phase: "Bound" } });
    c.delete("persistentvolumeclaims", "default/data");
    c.run(2000);
    expect(c.get("persistentvolumes", name)).toBeUndefined();
  });

  it("waits for the first consumer when the class says so", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("storageclasses.storage.k8s.io", storageClass("WaitForFirstConsumer"));
    c.create("persistentvolumeclaims", claim("fast"));
    c.run(5000);
    expect(theClaim(c).status?.phase).toBe("Pending");
    c.patch("persistentvolumeclaims", "default/data", { metadata: { annotations: { "volume.kubernetes.io/selected-node": "node-1" } } });
    c.run(5000);
    expect(theClaim(c).status?.phase).toBe("Bound");
  });

  it("keeps a claim while a pod uses it", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("nodes", { apiVersion: "v1", kind: "Node", metadata: { name: "node-1" } });
    c.create("persistentvolumes", volume("fit", "2Gi"));
    c.create("persistentvolumeclaims", claim("manual"));
    c.create("pods", {
      apiVersion: "v1", kind: "Pod", metadata: { name: "p", namespace: "default" },
      spec: { containers: [{ name: "c", image: "x" }], volumes: [{ name: "v", persistentVolumeClaim: { claimName: "data" } }] },
    } as KubeObject);
    c.run(500);
    c.runPods("default");
    c.delete("persistentvolumeclaims", "default/data");
    c.run(1000);
    expect(theClaim(c).metadata?.deletionTimestamp).toBeDefined();
    c.delete("pods", "default/p", { gracePeriodSeconds: 0 });
    c.run(1000);
    expect(theClaim(c)).toBeUndefined();
  });
});

describe("resource quota", () => {
  it("counts what there is", () => {
    const c = new RealCluster(CONTROLLERS);
    c.create("resourcequotas", { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "q", namespace: "default" }, spec: { hard: { pods: "10", "requests.cpu": "2", configmaps: "20", "count/deployments.apps": "5" } } } as KubeObject);
    c.run(300);
    for (const name of ["a", "b"]) c.create("pods", { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default" }, spec: { containers: [{ name: "c", image: "x", resources: { requests: { cpu: "250m" } } }] } } as KubeObject);
    c.run(1000);
    expect(c.get<ResourceQuota>("resourcequotas", "default/q")?.status?.used).toEqual({ pods: "2", "requests.cpu": "500m", configmaps: "1", "count/deployments.apps": "0" });
    c.delete("pods", "default/a", { gracePeriodSeconds: 0 });
    c.run(1000);
    expect(c.get<ResourceQuota>("resourcequotas", "default/q")?.status?.used?.["pods"]).toBe("1");
  });
});
