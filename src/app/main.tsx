import { openWorkerPort } from "./worker-port.ts";
import "@fontsource-variable/inter/wght.css";
import "@fontsource-variable/jetbrains-mono/wght.css";
import { createRoot } from "react-dom/client";
import { LessonsContext } from "../lab/lessons/index.ts";
import { LabPage } from "../lab/shell/index.ts";
import { createIndexedKeeper, createLab, type OpenHost } from "../lab/stores/index.ts";
import { LESSONS } from "./lessons.ts";

/** Storage may be refused altogether (private mode, site settings). */
function preferences(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** The engine's worker; in development `?host=fake` takes the scripted double instead. */
async function chooseHost(): Promise<OpenHost> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).get("host") === "fake") {
    const { openFakeHost } = await import("../lab/stores/fake/index.ts");
    return openFakeHost;
  }
  return openWorkerPort;
}

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no root");
const lab = createLab({ openHost: await chooseHost(), keeper: createIndexedKeeper(), storage: preferences() });
createRoot(root).render(<LessonsContext value={LESSONS}><LabPage lab={lab} /></LessonsContext>);
// For tests and for people at the console: the protocol's commands, e.g. `await orrery.ask("save-session", {})`.
Object.assign(globalThis, { orrery: { ask: lab.ask } });
void lab.life.begin();
addEventListener("pagehide", () => { lab.life.keepPlace(); });
