/** State and history for checks. */
import type { Commands, Facts } from "../../protocol/index.ts";
import type { CommandHost } from "../command-host.ts";
import { objectsOfKind, shownObject } from "../store-reader.ts";

/** Objects of the kinds asked for, and notes of the kinds asked for since a moment (virtual ms). */
export function facts(host: CommandHost, { kinds, notes, since }: Commands["facts"]["input"]): Facts {
  const { world } = host.stage.session;
  const wanted = new Set(notes);
  return {
    now: world.now,
    objects: kinds.flatMap((kind) => objectsOfKind(world, kind).map((object) => shownObject(object, false) as unknown as Readonly<Record<string, unknown>>)),
    notes: world.trace.notes.filter((note) => note.at >= since && wanted.has(note.kind)).map(({ at, kind, component, object, data }) => ({ at, kind, component, object, data })),
  };
}
