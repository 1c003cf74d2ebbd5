import type { CommandMessage, HostMessage } from "../../protocol/index.ts";

/** A line to an engine host, wherever it runs: a Web Worker, a gateway, or a test double. */
export interface HostPort {
  send(message: CommandMessage): void;
  listen(handler: (message: HostMessage) => void): void;
  close(): void;
}

/** Opens a new line; called again when a host has died. */
export type OpenHost = () => HostPort;
