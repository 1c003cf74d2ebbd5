import type { HostMessage } from "../protocol/index.ts";
import type { HostPort } from "../lab/stores/index.ts";

/**
 * The first engine is set going as soon as this module is read, before anything is drawn: it makes ready while the page
 * does. It says nothing before it is asked, so no message is missed.
 */
let ready: Worker | undefined = startEngine();

function startEngine(): Worker {
  return new Worker(new URL("../worker/main.ts", import.meta.url), { type: "module", name: "engine" });
}

/** A line to the engine in a Web Worker. A worker that fails to load or dies says so as a crash. */
export function openWorkerPort(): HostPort {
  const worker = ready ?? startEngine();
  ready = undefined;
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
