/** What an object's status says in the words the products print. */
export { type PodSummary, podSummary } from "./pod-summary.ts";
