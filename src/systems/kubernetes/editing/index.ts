/** Help while writing manifests: completion, hover, and the server's own checks before anything is sent. */
export { checkManifest, type ManifestCheck, type ManifestPlace, type ManifestProblem } from "./check.ts";
export { completeManifest, type ManifestCompletion, type ManifestCompletions } from "./complete.ts";
export { hoverManifest, type ManifestHover } from "./hover.ts";
