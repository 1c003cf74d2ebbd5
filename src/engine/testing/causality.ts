import { EventKind, type Trace } from "../trace/index.ts";

/**
 * Everything that is wrong with the causes in a trace: an event without a cause that is neither an input nor the start
 * of a component, a cause that comes later than its effect, or one that isn't known. At most `most` sentences.
 */
export function causalityProblems(trace: Trace, most = 20): string[] {
  const problems: string[] = [];
  for (let id = Math.max(1, trace.oldest()); problems.length < most; id++) {
    const event = trace.event(id);
    if (event === undefined) break;
    if (event.cause === 0) {
      if (event.kind !== EventKind.Input && event.kind !== EventKind.Start) problems.push(`event ${id} (${event.type}) has no cause`);
      continue;
    }
    const cause = trace.event(event.cause);
    if (event.cause >= id) problems.push(`event ${id} (${event.type}) is caused by event ${event.cause}, which came later`);
    else if (cause === undefined && event.cause >= trace.oldest()) problems.push(`event ${id} (${event.type}) is caused by event ${event.cause}, which nobody knows`);
    else if (cause !== undefined && (cause.at > event.at || cause.at > event.sentAt)) problems.push(`event ${id} (${event.type}, sent ${event.sentAt}, at ${event.at}) is caused by event ${event.cause}, which happens at ${cause.at}`);
  }
  return problems;
}
