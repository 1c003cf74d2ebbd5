/** HTTP on one side, API requests on the other. */
export { type HttpCall, type RoutedCall, routeRequest } from "./route.ts";
