/** Which volume a claim may have (pkg/volume/util: FindMatchingVolume). */
import { compareQuantityTexts } from "../../../../base/quantity/index.ts";
import type { PersistentVolume, PersistentVolumeClaim } from "../../api/index.ts";
import { compileSelector } from "../../selectors/index.ts";

/** Storage that a claim asks for, as its text. */
export function requestOf(claim: PersistentVolumeClaim): string {
  return String(claim.spec?.resources?.requests?.["storage"] ?? "0");
}

/** Storage that a volume has. */
export function capacityOf(volume: PersistentVolume): string {
  return String(volume.spec?.capacity?.["storage"] ?? "0");
}

/** True when the volume refers to this claim: by name, and by uid if it has one. */
export function isClaimedBy(volume: PersistentVolume, claim: PersistentVolumeClaim): boolean {
  const reference = volume.spec?.claimRef;
  if (reference === undefined) return false;
  const { namespace, name, uid } = claim.metadata ?? {};
  return reference.namespace === namespace && reference.name === name && (reference.uid === undefined || reference.uid === "" || reference.uid === uid);
}

/** The smallest free volume that fits, or one that was reserved for the claim. */
export function findVolume(claim: PersistentVolumeClaim, volumes: Iterable<PersistentVolume>): PersistentVolume | undefined {
  let best: PersistentVolume | undefined;
  const matches = claim.spec?.selector === undefined ? undefined : compileSelector(claim.spec.selector);
  for (const volume of volumes) {
    if (volume.metadata?.deletionTimestamp !== undefined) continue;
    if (isClaimedBy(volume, claim)) return volume;
    if (volume.spec?.claimRef !== undefined || !fits(claim, volume)) continue;
    if (matches !== undefined && !matches(volume.metadata?.labels)) continue;
    if (best === undefined || compareQuantityTexts(capacityOf(volume), capacityOf(best)) < 0) best = volume;
  }
  return best;
}

function fits(claim: PersistentVolumeClaim, volume: PersistentVolume): boolean {
  const modes = volume.spec?.accessModes ?? [];
  return (claim.spec?.storageClassName ?? "") === (volume.spec?.storageClassName ?? "") && (claim.spec?.volumeMode ?? "Filesystem") === (volume.spec?.volumeMode ?? "Filesystem")
    && (volume.status?.phase ?? "Available") === "Available" && (claim.spec?.accessModes ?? []).every((mode) => modes.includes(mode))
    && compareQuantityTexts(requestOf(claim), capacityOf(volume)) <= 0;
}
