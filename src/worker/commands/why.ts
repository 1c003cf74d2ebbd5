/** The causal chain of a note, as sentences: from the effect to the input or fault that began it. */
import { EventKind, type Note, type Trace, type TraceEvent } from "../../engine/trace/index.ts";
import type { CauseStep, Commands } from "../../protocol/index.ts";
import { narrate } from "../../systems/kubernetes/narration/index.ts";
import type { CommandHost } from "../command-host.ts";

const KIND_WORDS: Readonly<Record<number, string>> = {
  [EventKind.Message]: "sent", [EventKind.Request]: "asked", [EventKind.Reply]: "answered", [EventKind.Failure]: "failed to answer", [EventKind.Timer]: "had set a timer for this",
  [EventKind.Open]: "opened a watch on", [EventKind.Data]: "told its watcher", [EventKind.Closed]: "closed its stream to", [EventKind.Start]: "started", [EventKind.Input]: "was told by a person",
};

/** Walks from a note to its root. Steps that carry notes speak in their words; others say who told whom. */
export function why(host: CommandHost, { id }: Commands["why"]["input"]): Commands["why"]["output"] {
  const { world } = host.stage.session;
  const notes = notesByCause(world.trace);
  const steps: CauseStep[] = [];
  const own = world.trace.notes.find((note) => note.id === id);
  if (own !== undefined) steps.push(stepOfNote(own));
  for (const event of world.trace.causes(own?.cause ?? id)) {
    const told = notes.get(event.id);
    if (told !== undefined && told.id !== id) steps.push(stepOfNote(told));
    else steps.push(stepOfEvent(event, (index) => world.componentId(index)));
  }
  return { steps: steps.filter((step, index) => index === 0 || step.sentence !== steps[index - 1]?.sentence) };
}

function notesByCause(trace: Trace): ReadonlyMap<number, Note> {
  const byCause = new Map<number, Note>();
  for (const note of trace.notes) if (narrate(note) !== undefined) byCause.set(note.cause === 0 ? note.id : note.cause, note);
  return byCause;
}

function stepOfNote(note: Note): CauseStep {
  return { id: note.id, at: note.at, component: note.component, sentence: narrate(note)?.sentence ?? note.kind, object: note.object };
}

function stepOfEvent(event: TraceEvent, nameOf: (index: number) => string): CauseStep {
  const from = event.from === 0 ? "A person" : nameOf(event.from);
  const to = nameOf(event.to);
  const subject = event.kind === EventKind.Timer || event.kind === EventKind.Start ? "" : event.kind === EventKind.Input ? ` ${to}` : ` ${to} (${event.type})`;
  const sentence = event.kind === EventKind.Input ? `A person told ${to}: ${event.type}.` : `${from} ${KIND_WORDS[event.kind] ?? "told"}${subject}.`;
  return { id: event.id, at: event.at, component: nameOf(event.from), sentence, object: "" };
}
