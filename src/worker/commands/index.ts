/** What each command of the protocol does. */
import type { CommandName, Commands } from "../../protocol/index.ts";
import type { CommandHost } from "../command-host.ts";
import { apply, liveText } from "./apply.ts";
import { attempt } from "./attempt.ts";
import { checkText, complete, format, hover } from "./editing.ts";
import { facts } from "./facts.ts";
import { inspect, logs } from "./inspect.ts";
import { deleteObject, request, scale, setImage, undoRollout } from "./requests.ts";
import { why } from "./why.ts";
import { exportObjects, fault, listWorlds, openSession, openWorld, play, runFor, saveSession, scenario, setPace, step, traffic } from "./world.ts";

type Handlers = { readonly [N in CommandName]: (host: CommandHost, input: Commands[N]["input"]) => Commands[N]["output"] | Promise<Commands[N]["output"]> };

/** One function per command. */
export const COMMANDS: Handlers = {
  "list-worlds": listWorlds, "open-world": openWorld, "open-session": openSession, "save-session": saveSession,
  play, "set-pace": setPace, step, "run-for": runFor,
  apply, "delete-object": deleteObject, scale, "undo-rollout": undoRollout, "set-image": setImage, request,
  fault, traffic, inspect, logs, attempt, why,
  "check-text": checkText, complete, hover, format, "live-text": liveText,
  facts, scenario, "export-objects": exportObjects,
};
