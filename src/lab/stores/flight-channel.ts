import type { Flight } from "../../protocol/index.ts";

/** Messages in flight go straight to who draws them, outside React's render path. */
export interface FlightChannel {
  listen(handler: (flights: readonly Flight[]) => void): () => void;
  send(flights: readonly Flight[]): void;
}

export function createFlightChannel(): FlightChannel {
  const handlers = new Set<(flights: readonly Flight[]) => void>();
  return {
    listen(handler) {
      handlers.add(handler);
      return () => { handlers.delete(handler); };
    },
    send(flights) {
      if (flights.length > 0) for (const handler of handlers) handler(flights);
    },
  };
}
