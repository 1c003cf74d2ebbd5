/** What commands may do with the host. */
import type { Session } from "../engine/session/index.ts";
import type { ClusterInput } from "../systems/kubernetes/cluster/index.ts";
import type { FlightLog } from "./flights.ts";
import type { Pace } from "./pace.ts";
import type { Projector } from "./projection/projector.ts";
import type { TicketDesk } from "./tickets.ts";

/** A session of a cluster. */
export type ClusterSession = Session<unknown, ClusterInput>;

/** Everything that belongs to one world. */
export interface Stage {
  readonly session: ClusterSession;
  readonly projector: Projector;
  readonly flights: FlightLog;
  readonly pace: Pace;
  readonly desk: TicketDesk;
}

/** The host as commands see it. */
export interface CommandHost {
  /** The world on the stage. */
  readonly stage: Stage;
  /** Replaces the world; a sentence when the document can't be opened. */
  open(value: unknown): string | undefined;
  /** Gives an input of the person. */
  input(input: ClusterInput): void;
  /** Sends the pace even when nothing else changed. */
  tellPace(): void;
}
