/** Tells people what happened: notes of the trace and Event objects. */
import type { Context } from "../../../../engine/bus/index.ts";
import type { NoteData } from "../../../../engine/trace/index.ts";
import { type EventDraft, recordEvent, type RecorderState, referenceTo } from "../../events/index.ts";
import type { ManagerState } from "./state.ts";
import type { Tell } from "./planner.ts";

/** Tells one thing; `name` and `error` fill the places left open for them. The recorder is the controller's own (its events' source). */
export function tell(state: ManagerState, recorder: RecorderState, context: Context, item: Tell, name?: string, error?: string): void {
  if (item.note !== undefined) context.note(item.note.kind, fill(item.note.object, name, error), fillData(item.note.data, name, error));
  if (item.event === undefined) return;
  const { regarding, type, reason, message, action } = item.event;
  const draft: EventDraft = {
    regarding: referenceTo(regarding), type, reason, message: fill(message, name, error), ...(action === undefined ? {} : { action }),
  };
  recordEvent(recorder, context, state.client, draft);
}

function fill(text: string, name: string | undefined, error: string | undefined): string {
  if (text.indexOf("{") < 0) return text;
  return text.replace("{name}", () => name ?? "").replace("{error}", () => error ?? "");
}

function fillData(data: NoteData, name: string | undefined, error: string | undefined): NoteData {
  let filled: Record<string, unknown> | undefined;
  for (const key in data) {
    const value = data[key];
    if (typeof value !== "string" || value.indexOf("{") < 0) continue;
    filled ??= { ...data };
    filled[key] = fill(value, name, error);
  }
  return filled ?? data;
}
