import type { AnswerMessage, Batch, CommandMessage, CommandName, Commands } from "../../protocol/index.ts";
import type { HostPort, OpenHost } from "./host-port.ts";

/** The host failed, died, or could not read an input; never an expected refusal (those are values in the answers). */
export class HostError extends Error {
  override readonly name = "HostError";
}

/** Asks the host and pairs each answer with its question by ticket. */
export interface HostClient {
  /** Sends a command; rejects with HostError when the host fails. */
  ask<N extends CommandName>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"]>;
  onBatch(handler: (batch: Batch) => void): void;
  onCrash(handler: (message: string) => void): void;
  /** Drops the line, refuses what is still open, and opens a new one. */
  reopen(): void;
  close(): void;
}

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: HostError) => void;
}

/** Makes a client over lines that `open` opens. */
export function createHostClient(open: OpenHost): HostClient {
  const waiting = new Map<number, Waiting>();
  let ticket = 0;
  let takeBatch: (batch: Batch) => void = () => undefined;
  let takeCrash: (message: string) => void = () => undefined;
  let port = connect();

  function refuseAll(message: string): void {
    for (const one of waiting.values()) one.reject(new HostError(message));
    waiting.clear();
  }

  function connect(): HostPort {
    const line = open();
    line.listen((message) => {
      if (line !== port) return;
      if (message.kind === "batch") takeBatch(message);
      else if (message.kind === "answer") settle(waiting, message);
      else {
        refuseAll(message.message);
        takeCrash(message.message);
      }
    });
    return line;
  }

  return {
    ask: (name, input) => new Promise((resolve, reject) => {
      ticket += 1;
      waiting.set(ticket, { resolve: resolve as (output: unknown) => void, reject });
      const message: CommandMessage<typeof name> = { kind: "command", ticket, name, input };
      port.send(message);
    }),
    onBatch: (handler) => { takeBatch = handler; },
    onCrash: (handler) => { takeCrash = handler; },
    reopen: () => {
      refuseAll("reopened");
      port.close();
      port = connect();
    },
    close: () => { port.close(); },
  };
}

function settle(waiting: Map<number, Waiting>, answer: AnswerMessage): void {
  const one = waiting.get(answer.ticket);
  if (one === undefined) return;
  waiting.delete(answer.ticket);
  if ("error" in answer) one.reject(new HostError(answer.error));
  else one.resolve(answer.output);
}
