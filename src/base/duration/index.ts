export { formatDuration, humanDuration, parseDuration, readDuration, shortHumanDuration, type DurationResult } from "./duration.ts";
