import type { HostMessage } from "../protocol/index.ts";
import type { HostPort } from "../lab/stores/index.ts";

/** A line to the engine in a Web Worker. A worker that fails to load or dies says so as a crash. */
export function openWorkerPort(): HostPort {
  const worker = new Worker(new URL("../worker/main.ts", import.meta.url), { type: "module", name: "engine" });
  return {
    send: (message) => { worker.postMessage(message); },
    listen: (handler) => {
      worker.addEventListener("message", (event: MessageEvent<HostMessage>) => { handler(event.data); });
      worker.addEventListener("messageerror", () => { handler({ kind: "crashed", message: "a message could not be read" }); });
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        handler({ kind: "crashed", message: event.message || "the engine could not be loaded" });
      });
    },
    close: () => { worker.terminate(); },
  };
}
