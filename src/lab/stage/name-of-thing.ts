import type { EntityStore } from "../stores/index.ts";

/** A thing's name as people say it. */
export function nameOfThing(entities: EntityStore, id: string): string {
  const entity = entities.get(id);
  if (entity === undefined) return id;
  return entity.type === "component" ? entity.title : entity.name;
}
