/** What is simplified or absent, for learners: the same table that MODEL.md prints. */
export { honestyFor, type Standing } from "./standing.ts";
