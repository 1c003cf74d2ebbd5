/** The worker's entry: real time lives only here. */
import type { CommandMessage, HostMessage } from "../protocol/index.ts";
import { Host } from "./host.ts";

const FRAME_MS = 16;

interface WorkerScope {
  postMessage(message: HostMessage): void;
  onmessage: ((event: MessageEvent<CommandMessage>) => void) | null;
}

const scope = self as unknown as WorkerScope;
start();

/** Starts a host and its frames. A bug in the engine ends the host: the page is told, and starts another from its session. */
function start(): void {
  const host = new Host({ send: (message) => scope.postMessage(message), clock: () => performance.now() });
  scope.onmessage = (event) => void host.command(event.data);
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    try {
      host.frame();
    } catch (error) {
      clearInterval(timer);
      scope.postMessage({ kind: "crashed", message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    busy = false;
  }, FRAME_MS);
}
