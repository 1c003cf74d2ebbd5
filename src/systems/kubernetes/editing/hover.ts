/** What a field means, where the pointer rests. */
import { readYaml } from "../../../base/yaml/index.ts";
import type { KubeObject } from "../api/index.ts";
import { type KindRegistry, lookupKind } from "../schema/index.ts";
import { schemaAt } from "./cursor.ts";
import { explainField } from "./explanations.ts";
import { typeText } from "./type-text.ts";

/** Title, text and the place it belongs to; lines and columns from 1, the end exclusive. */
export interface ManifestHover {
  readonly title: string;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

/** The field at a place of a text, explained. */
export function hoverManifest(registry: KindRegistry, text: string, line: number, column: number): ManifestHover | undefined {
  const document = readYaml(text).documents.find((candidate) => candidate.startLine <= line && line <= candidate.endLine);
  const path = document?.pathAt(line, column);
  if (document === undefined || path === undefined || path.length === 0) return undefined;
  const { apiVersion, kind } = (document.data ?? {}) as KubeObject;
  const root = lookupKind(registry, String(apiVersion ?? ""), String(kind ?? ""))?.schema;
  const schema = schemaAt(root, path);
  const place = document.locate(path)?.key ?? document.locate(path);
  if (schema === undefined || place === undefined) return undefined;
  const parent = schemaAt(root, path.slice(0, -1));
  const facts = [typeText(schema)];
  if (typeof path.at(-1) === "string" && parent?.required?.includes(path.at(-1) as string) === true) facts.push("required");
  if (schema.default !== undefined && typeof schema.default !== "object") facts.push(`default ${String(schema.default)}`);
  const field = path.filter((step) => typeof step === "string").join(".");
  const explanation = schema.description ?? explainField(String(kind ?? ""), path);
  return { title: field, text: `${facts.join(" · ")}${explanation === "" ? "" : `\n\n${explanation}`}`, line: place.line, column: place.column, endColumn: place.endLine === place.line ? place.endColumn : place.column + 1 };
}
