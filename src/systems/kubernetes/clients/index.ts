/** Programs that send traffic and count what comes back. */
export { clients } from "./clients.ts";
export { clientSummary, type ClientSummary, requestsLost } from "./summary.ts";
export type { ClientsConfig, ClientsState, ClientSpec, Entry, SetClient } from "./state.ts";
