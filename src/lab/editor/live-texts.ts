import type { Commands } from "../../protocol/index.ts";
import type { EntityStore } from "../stores/index.ts";

type Documents = Commands["live-text"]["output"]["documents"];

/** Both sides of a comparison as one text each, document by document; what isn't there yet is empty. */
export function comparedTexts(documents: Documents): { readonly live: string; readonly merged: string } {
  return { live: documents.map((one) => one.live).join("---\n"), merged: documents.map((one) => one.merged).join("---\n") };
}

/** The sign that the running revision of the compared Deployments carries on the stage; the coming one gets the other. */
export function liveHue(entities: EntityStore, documents: Documents): "a" | "b" {
  for (const { ref } of documents) {
    const owner = entities.idOf(ref);
    const newest = newestPod(entities, owner);
    if (newest !== undefined && entities.hueOf(newest) === "b") return "b";
  }
  return "a";
}

function newestPod(entities: EntityStore, owner: string) {
  const sets = owner === "" ? [] : entities.ownedBy(owner);
  const pods = [...sets, ...sets.flatMap((set) => entities.ownedBy(set))].flatMap((id) => entities.as("pod", id) ?? []);
  return pods.reduce<(typeof pods)[number] | undefined>((best, pod) => (best === undefined || pod.createdAt > best.createdAt ? pod : best), undefined);
}
