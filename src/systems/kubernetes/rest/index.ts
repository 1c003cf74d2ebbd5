/** The API's HTTP side: paths, query parameters and discovery documents. */
export { apiGroup, apiGroupList, apiResourceList, apiVersions } from "./discovery.ts";
export { type HttpRequest, type Routed, routeRequest } from "./route.ts";
