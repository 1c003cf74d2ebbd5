/** The planner contract, its driver, and the component that runs the controllers. */
export {
  type Answer, type AnyController, type Controller, type Enqueue, type Failure, NO_PLAN, type OnChange, type Outcome, type Plan, type PlannedRequest, planOf, type Regarding, type Tell,
} from "./planner.ts";
export { BY_CONTROLLER, BY_NAMESPACE, BY_NODE, BY_SELECTOR, BY_SERVICE, INFORMER_SPECS, type InformedKind, type InformedKinds, informerName, orphansOf, selectorPair, SERVICE_NAME_LABEL } from "./kinds.ts";
export { type View } from "./view.ts";
export { type ControllerManagerConfig, createControllerManager } from "./controller-manager.ts";
export type { Desk, Flight, ManagerState } from "./state.ts";
