/** Kubernetes' YAML: read with places and problems, written as kubectl prints it, edited without losing comments. */
export type { ReadOptions, YamlDocument, YamlFile, YamlProgress } from "./document.ts";
export type { YamlLocation, YamlPath } from "./locate.ts";
export type { YamlNode } from "./node.ts";
export { formatFieldPath } from "./problem.ts";
export type { DuplicateKey, ProblemCode, TextRange, YamlProblem } from "./problem.ts";
export { readYaml, readYamlSteps } from "./read-yaml.ts";
