/** Reads a lesson's folder. Mistakes are told with file and place, for authors. */
import { readYaml } from "../base/yaml/index.ts";
import type { Check, Expectation } from "./check.ts";
import type { Lesson, LessonFiles, LessonStep, Question, StepKind } from "./lesson.ts";

const KINDS: ReadonlySet<string> = new Set(["predict", "do", "observe", "explain"]);

/** The lesson, or sentences that say what is wrong with its files. */
export function readLesson(files: LessonFiles): Lesson | readonly string[] {
  const problems: string[] = [];
  const [front, ...sections] = files.lesson.replace(/\r\n/g, "\n").split(/^## /m);
  const header = yamlBlock(/^---\n([\s\S]*?)\n---/.exec(front ?? "")?.[1] ?? "", "lesson.md front matter", problems) as Readonly<Record<string, unknown>>;
  const checks = readChecks(files.checks, problems);
  const steps = sections.map((section, index) => readStep(section, index, problems));
  const known = new Set(checks.map((check) => check.id));
  for (const [index, step] of steps.entries()) for (const id of step.checks) if (!known.has(id)) problems.push(`lesson.md step ${index + 1}: there is no check "${id}" in checks.yaml`);
  for (const name of ["title", "summary", "world"]) if (typeof header[name] !== "string") problems.push(`lesson.md front matter: "${name}" should be a text`);
  if (steps.length === 0) problems.push("lesson.md: no step; each begins with a line such as “## predict: …”");
  if (problems.length > 0) return problems;
  return {
    title: String(header["title"]), summary: String(header["summary"]), world: String(header["world"]), seed: Number(header["seed"] ?? 1),
    minutes: Number(header["minutes"] ?? 5), manifest: files.manifest, steps, checks,
  };
}

function readStep(section: string, index: number, problems: string[]): LessonStep {
  const [first = "", ...rest] = section.split("\n");
  const colon = first.indexOf(":");
  const kind = first.slice(0, colon).trim();
  if (!KINDS.has(kind)) problems.push(`lesson.md step ${index + 1}: "${kind}" should be predict, do, observe or explain`);
  const body = rest.join("\n");
  const settings = yamlBlock(/```yaml step\n([\s\S]*?)```/.exec(body)?.[1] ?? "", `lesson.md step ${index + 1}`, problems) as Readonly<Record<string, unknown>>;
  const prose = body.replace(/```yaml step\n[\s\S]*?```/, "").split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, " ").trim()).filter((paragraph) => paragraph !== "");
  return {
    kind: kind as StepKind, title: first.slice(colon + 1).trim(), prose, question: readQuestion(settings["question"], index, problems),
    checks: Array.isArray(settings["checks"]) ? settings["checks"].map(String) : [],
    view: String(settings["view"] ?? "") as LessonStep["view"], pace: String(settings["pace"] ?? "") as LessonStep["pace"], speed: Number(settings["speed"] ?? 1),
  };
}

function readQuestion(value: unknown, index: number, problems: string[]): Question | null {
  if (value === undefined) return null;
  const { ask, options } = value as { readonly ask?: unknown; readonly options?: unknown };
  if (typeof ask !== "string" || !Array.isArray(options)) {
    problems.push(`lesson.md step ${index + 1}: a question needs "ask" and a list of "options"`);
    return null;
  }
  const read = options.map((option: Readonly<Record<string, unknown>>) => ({ text: String(option["text"] ?? ""), detail: String(option["detail"] ?? ""), right: option["right"] === true, feedback: String(option["feedback"] ?? "") }));
  if (!read.some((option) => option.right)) problems.push(`lesson.md step ${index + 1}: no option is right`);
  if (read.some((option) => option.feedback === "")) problems.push(`lesson.md step ${index + 1}: each option needs its feedback`);
  return { ask, options: read };
}

function readChecks(text: string, problems: string[]): Check[] {
  const value = yamlBlock(text, "checks.yaml", problems) as { readonly checks?: unknown };
  if (!Array.isArray(value.checks)) {
    problems.push('checks.yaml: should be a list named "checks"');
    return [];
  }
  return value.checks.map((entry: Readonly<Record<string, unknown>>, index) => {
    for (const name of ["id", "say", "otherwise"]) if (typeof entry[name] !== "string") problems.push(`checks.yaml: check ${index + 1} needs "${name}"`);
    if (typeof entry["expect"] !== "object") problems.push(`checks.yaml: check ${index + 1} needs "expect"`);
    return {
      id: String(entry["id"]), say: String(entry["say"]), otherwise: String(entry["otherwise"]), hints: Array.isArray(entry["hints"]) ? entry["hints"].map(String) : [],
      expect: entry["expect"] as Expectation, misconceptions: (Array.isArray(entry["misconceptions"]) ? entry["misconceptions"] : []) as Check["misconceptions"],
    };
  });
}

function yamlBlock(text: string, place: string, problems: string[]): unknown {
  if (text.trim() === "") return {};
  const file = readYaml(text);
  for (const problem of file.problems) if (problem.severity === "error") problems.push(`${place}, line ${problem.line}: ${problem.message}`);
  return file.documents[0]?.data ?? {};
}
