/** How components talk to the API server: requests, and informers (list + watch into a cache). */
export { type ApiClient, type ApiCall, callApi } from "./call.ts";
export {
  type ChangeHandler, type Informer, type InformerSet, type InformerSpec, type InformerSpecs,
  allSynced, cacheOf, createInformers, informerClosed, informerData, informerFailure, informerReply, informerTimer, startInformers,
} from "./informers.ts";
