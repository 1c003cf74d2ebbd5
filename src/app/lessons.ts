import type { LessonSource } from "../lab/lessons/index.ts";

type Fetch = () => Promise<unknown>;

/** Every lesson's texts, fetched when wanted. */
const FILES = import.meta.glob("../lessons/*/*/{lesson.md,checks.yaml,start/manifest.yaml}", { query: "?raw", import: "default" }) as Readonly<Record<string, Fetch>>;
const ROOT = "../lessons/";

function textOf(folder: string, file: string): Promise<string> {
  const fetch = FILES[`${ROOT}${folder}/${file}`];
  if (fetch === undefined) return Promise.reject(new Error(`${file} is missing`));
  return fetch().then(String);
}

async function load(folder: string): ReturnType<LessonSource["load"]> {
  const [lesson, checks, manifest] = await Promise.all([textOf(folder, "lesson.md"), textOf(folder, "checks.yaml"), textOf(folder, "start/manifest.yaml")]);
  return { lesson, checks, manifest };
}

/** The lessons in the order of their folders. */
export const LESSONS: readonly LessonSource[] = Object.keys(FILES)
  .filter((path) => path.endsWith("/lesson.md"))
  .map((path) => path.slice(ROOT.length, -"/lesson.md".length))
  .sort()
  .map((id) => ({ id, load: () => load(id) }));
