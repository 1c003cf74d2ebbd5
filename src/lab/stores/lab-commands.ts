import type { CommandName, Commands, ObjectRef, PaceMode, TrafficSpec } from "../../protocol/index.ts";
import { HostError } from "./host-client.ts";
import type { LabStores } from "./lab-stores.ts";

type Ask = <N extends CommandName>(name: N, input: Commands[N]["input"]) => Promise<Commands[N]["output"]>;
type Say = (text: string, tone?: "plain" | "failed") => void;

/** Commands as one word each; a refusal or failure is said as a notice, so callers need not handle it. */
export function createLabCommands(ask: Ask, stores: LabStores, say: Say) {
  /** Asks, and says what went wrong; undefined when it failed. */
  async function attempt<N extends CommandName>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"] | undefined> {
    try {
      return await ask(name, input);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      say(error.message, "failed");
      return undefined;
    }
  }

  /** An input whose answer is a message. */
  async function input(name: "delete-object" | "scale" | "undo-rollout", value: Commands[typeof name]["input"]): Promise<boolean> {
    const answer = await attempt(name, value);
    if (answer !== undefined) say(answer.message, answer.ok ? "plain" : "failed");
    return answer?.ok ?? false;
  }

  return {
    attempt,
    play: (playing: boolean) => attempt("play", { playing }),
    /** Play when paused, pause when playing; in step one more hop. */
    toggle: () => {
      const { mode, playing } = stores.clock.getState().pace;
      return mode === "step" ? attempt("step", { unit: "hop" }) : attempt("play", { playing: !playing });
    },
    setPace: async (mode: PaceMode, speed: number) => {
      await attempt("set-pace", { mode, speed });
      if (mode !== "step" && !stores.clock.getState().pace.playing) await attempt("play", { playing: true });
    },
    /** One hop or event on; playing stops, so that the step can be seen. */
    step: async (unit: "hop" | "event") => {
      const { mode, playing } = stores.clock.getState().pace;
      if (playing && mode !== "step") await attempt("play", { playing: false });
      await attempt("step", { unit });
    },
    remove: (ref: ObjectRef) => input("delete-object", { ref }),
    scale: (ref: ObjectRef, replicas: number) => input("scale", { ref, replicas }),
    undoRollout: (ref: ObjectRef) => input("undo-rollout", { ref }),
    traffic: (spec: TrafficSpec, on: boolean) => attempt("traffic", { spec, on }),
    /** Marks a node as taking no new pods, or as taking them again. */
    cordon: async (name: string, on: boolean, said: string) => {
      const answer = await attempt("request", { method: "PATCH", path: `/api/v1/nodes/${name}`, contentType: "application/merge-patch+json", body: { spec: { unschedulable: on ? true : null } } });
      if (answer === undefined) return;
      if (answer.code < 300) say(said);
      else say(messageOf(answer.body), "failed");
    },
  };
}

function messageOf(body: unknown): string {
  const message = typeof body === "object" && body !== null ? (body as { readonly message?: unknown }).message : undefined;
  return typeof message === "string" ? message : "refused";
}
