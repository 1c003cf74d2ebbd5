/** Kubernetes' YAML: read with places and problems, written as kubectl prints it, edited without losing comments. */
export type { ReadOptions, YamlDocument, YamlFile, YamlProgress } from "./document.ts";
export { editScalar } from "./edit-scalar.ts";
export type { EditableScalar, EditResult } from "./edit-scalar.ts";
export { formatYaml } from "./format-yaml.ts";
export type { FormatResult } from "./format-yaml.ts";
export type { YamlLocation, YamlPath } from "./locate.ts";
export type { YamlNode } from "./node.ts";
export type { DuplicateKey, ProblemCode, TextRange, YamlProblem } from "./problem.ts";
export { readYaml, readYamlSteps } from "./read-yaml.ts";
export { writeYaml } from "./write-yaml.ts";
