import type { SessionFile } from "../../protocol/index.ts";
import { HostError, type Lab } from "../stores/index.ts";

/** Newest version of the session format this page knows. */
const VERSION = 1;

/** A value as a session when it has the shape of one; a word for what is wrong otherwise. */
export function asSession(value: unknown): SessionFile | "newer" | "damaged" {
  if (typeof value !== "object" || value === null) return "damaged";
  const { version, seed, inputs, world } = value as Partial<SessionFile>;
  if (typeof version === "number" && version > VERSION) return "newer";
  return typeof version === "number" && typeof seed === "number" && Array.isArray(inputs) && world !== undefined ? (value as SessionFile) : "damaged";
}

/** Opens a session in place of the present world; returns what went wrong, or "". Texts on the desk stay. */
export async function openSession(lab: Lab, session: SessionFile): Promise<string> {
  try {
    const { title } = await lab.ask("open-session", { session });
    lab.stores.faults.setState({ active: [] });
    lab.stores.workspace.setState((state) => ({ ...state, worldTitle: title, applied: session.inputs.length > 0, appliedTexts: {} }));
    lab.stores.host.setState({ phase: "running", message: "" });
    await lab.ask("play", { playing: true });
    lab.life.keepSoon();
    return "";
  } catch (error) {
    if (error instanceof HostError) return error.message;
    throw error;
  }
}
