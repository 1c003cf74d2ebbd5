/** The API's HTTP side: paths, query parameters and discovery documents. */
export { apiGroup, apiGroupList, apiResourceList, apiVersions } from "./discovery.ts";
export { type ApiPath, parsePath } from "./path.ts";
export { optionsOf, parseQuery, type Query, type QueryResult } from "./query.ts";
export { type HttpRequest, type Routed, routeRequest } from "./route.ts";
