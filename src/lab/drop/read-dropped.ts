/** Reading what was dropped: folders walked with limits, contents judged by what they are. Nothing here touches the lab. */

/** At most so many files are opened at once, so deep and so long. */
export const MOST_FILES = 200;
const MOST_SEEN = 2_000;
const MOST_DEPTH = 8;
export const MOST_BYTES = 10 * 1024 * 1024;

/** A file with its path inside what was dropped. */
export interface FoundFile {
  readonly path: string;
  readonly file: File;
}

/** What became of one file. */
export type ReadFile =
  | { readonly kind: "text"; readonly name: string; readonly text: string }
  | { readonly kind: "session"; readonly name: string; readonly value: unknown }
  | { readonly kind: "refused"; readonly name: string; readonly why: "binary" | "big" | "kind" | "unreadable"; readonly size: number };

/** Walks entries of a drop, files sorted by path. `truncated` when there was more than we look at. */
export async function walkEntries(entries: readonly FileSystemEntry[]): Promise<{ readonly files: readonly FoundFile[]; readonly truncated: boolean }> {
  const files: FoundFile[] = [];
  let [seen, truncated] = [0, false];
  const visit = async (entry: FileSystemEntry, path: string, depth: number): Promise<void> => {
    seen += 1;
    if (seen > MOST_SEEN || depth > MOST_DEPTH) { truncated = true; return; }
    if (entry.isFile) {
      const file = await fileOf(entry as FileSystemFileEntry);
      if (file !== null) files.push({ path, file });
    } else if (!isHidden(entry.name)) {
      for (const child of await childrenOf(entry as FileSystemDirectoryEntry)) await visit(child, `${path}/${child.name}`, depth + 1);
    }
  };
  for (const entry of entries) await visit(entry, entry.name, 0);
  return { files: sorted(files), truncated };
}

/** Sorted by path, by code unit: the same everywhere. */
export function sorted(files: readonly FoundFile[]): readonly FoundFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** In a folder only manifests are of interest; what was dropped by itself is always looked at and, if need be, refused aloud. */
export function isWanted(path: string): boolean {
  return !path.includes("/") || isManifestName(path);
}

/** Whether a name looks like YAML or JSON. */
export function isManifestName(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path) && !path.split("/").some(isHidden);
}

/** Reads one file and says what it is. */
export async function readFound({ path, file }: FoundFile): Promise<ReadFile> {
  const refused = (why: "binary" | "big" | "kind" | "unreadable"): ReadFile => ({ kind: "refused", name: path, why, size: file.size });
  if (file.size > MOST_BYTES) return refused("big");
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.subarray(0, 8192).includes(0)) return refused("binary");
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!isManifestName(path)) return refused("kind");
    const session = /\.json$/i.test(path) ? sessionIn(text) : undefined;
    return session === undefined ? { kind: "text", name: path, text } : { kind: "session", name: path, value: session };
  } catch (error) {
    return refused(error instanceof TypeError ? "binary" : "unreadable");
  }
}

/** The session a JSON text holds, judged by its format field. */
export function sessionIn(text: string): unknown {
  if (!text.slice(0, 4096).includes("orrery/session") && !text.includes("\"orrery/session\"")) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && (value as { readonly format?: unknown }).format === "orrery/session" ? value : undefined;
  } catch {
    return undefined;
  }
}

function isHidden(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => { entry.file(resolve, () => { resolve(null); }); });
}

/** A folder hands out its children in portions. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length <= MOST_SEEN) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve) => { reader.readEntries(resolve, () => { resolve([]); }); });
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}
