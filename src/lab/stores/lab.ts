import type { Batch, CommandName, Commands, Fault, ObjectRef } from "../../protocol/index.ts";
import { silence, withCaptions } from "./caption-store.ts";
import { clockAfter } from "./clock-store.ts";
import { EntityStore } from "./entity-store.ts";
import { withFault } from "./fault-store.ts";
import { createFlightChannel } from "./flight-channel.ts";
import { createHostClient } from "./host-client.ts";
import type { OpenHost } from "./host-port.ts";
import { createLabCommands } from "./lab-commands.ts";
import { createLabStores } from "./lab-stores.ts";
import { refKey, refOfEntity, refOfNote } from "./object-ref.ts";
import { NOTHING } from "./selection-store.ts";
import type { SessionKeeper } from "./session-keeper.ts";
import { createSessionLife } from "./session-life.ts";
import { withToast, type Toast } from "./toast-store.ts";

/** What the lab is given by the composition root. */
export interface LabParts {
  readonly openHost: OpenHost;
  readonly keeper: SessionKeeper;
  readonly storage: Pick<Storage, "getItem" | "setItem"> | null;
}

/** Commands after which the session file has one more input. */
const INPUTS: ReadonlySet<CommandName> = new Set(["apply", "delete-object", "scale", "undo-rollout", "set-image", "request", "fault", "traffic"]);

/** Makes all stores of one lab and ties them to a host. */
export function createLab(parts: LabParts) {
  const client = createHostClient(parts.openHost);
  const entities = new EntityStore();
  const flights = createFlightChannel();
  const stores = createLabStores(parts.storage);
  const toast = (text: string, tone: Toast["tone"] = "plain"): void => { stores.toasts.setState((state) => withToast(state, text, tone)); };
  const life = createSessionLife({ client, stores, keeper: parts.keeper });

  /** Asks the host; an input is followed by keeping the session. */
  async function ask<N extends CommandName>(name: N, input: Commands[N]["input"]): Promise<Commands[N]["output"]> {
    const output = await client.ask(name, input);
    if (INPUTS.has(name)) life.keepSoon();
    return output;
  }

  const commands = createLabCommands(ask, stores, toast);

  client.onBatch((batch) => { applyBatch({ entities, flights, stores }, batch); });
  client.onCrash((message) => { stores.host.setState({ phase: "crashed", message }); });

  /** Selects an API object, or nothing. */
  function select(ref: ObjectRef | null): void {
    const before = stores.selection.getState();
    if (ref === null) stores.selection.setState(NOTHING);
    else if (before.ref === null || refKey(before.ref) !== refKey(ref)) stores.selection.setState({ ref, entityId: entities.idOf(ref) });
  }

  /** Selects a thing of the stage by id. */
  function selectEntity(entityId: string): void {
    const entity = entities.get(entityId);
    stores.selection.setState(entity === undefined ? NOTHING : { ref: refOfEntity(entity), entityId });
  }

  /** Selects what a caption or cause is about, or the component that spoke. */
  function selectNote(object: string, component: string): void {
    const ref = refOfNote(object);
    if (ref !== null) select(ref);
    else selectEntity(component);
  }

  /** Injects or ends a fault and says what came of it. */
  async function injectFault(fault: Fault): Promise<boolean> {
    const answer = await commands.attempt("fault", { fault });
    if (answer === undefined) return false;
    const { ok, message } = answer;
    if (ok) stores.faults.setState((state) => withFault(state, fault));
    if (message !== "") toast(message, ok ? "plain" : "failed");
    return ok;
  }

  return { ask, commands, select, selectEntity, selectNote, injectFault, toast, entities, flights, stores, life, close: client.close };
}

/** One lab: stores, commands and the line to the host. */
export type Lab = ReturnType<typeof createLab>;

type BatchTargets = Pick<Lab, "entities" | "flights" | "stores">;

function applyBatch({ entities, flights, stores }: BatchTargets, batch: Batch): void {
  if (batch.epoch !== stores.clock.getState().epoch) {
    entities.clear();
    stores.captions.setState(silence());
    stores.selection.setState(NOTHING);
  }
  stores.clock.setState((state) => clockAfter(state, batch));
  entities.apply(batch.changed, batch.removed);
  flights.send(batch.flights);
  if (batch.captions.length > 0) stores.captions.setState((state) => withCaptions(state, batch.captions));
  followSelection(entities, stores, batch);
}

/** A selected object that appears on the stage gets its id; one that goes keeps its name, so that it can be read about. */
function followSelection(entities: EntityStore, stores: BatchTargets["stores"], batch: Batch): void {
  if (batch.changed.length === 0 && batch.removed.length === 0) return;
  const { ref, entityId } = stores.selection.getState();
  if (ref === null) return;
  const id = entities.idOf(ref);
  if (id !== entityId) stores.selection.setState({ ref, entityId: id });
}
