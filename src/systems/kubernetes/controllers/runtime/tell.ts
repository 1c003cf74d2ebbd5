/** Tells people what happened: notes of the trace and Event objects. */
import { hexEncode } from "../../../../base/encoding/index.ts";
import { rfc3339 } from "../../../../base/time/index.ts";
import type { Context } from "../../../../engine/bus/index.ts";
import type { NoteData } from "../../../../engine/trace/index.ts";
import { callApi } from "../../client/index.ts";
import type { Tell } from "./planner.ts";
import type { ManagerState } from "./state.ts";

void hexEncode; void rfc3339; void callApi;

/** Tells one thing; `name` and `error` fill the places left open for them. */
export function tell(state: ManagerState, context: Context, item: Tell, name?: string, error?: string): void {
  void state;
  if (item.note !== undefined) context.note(item.note.kind, fill(item.note.object, name, error), fillData(item.note.data, name, error));
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
