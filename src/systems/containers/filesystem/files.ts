/**
 * A container's files: what processes wrote, over the mounted volumes, over the image's files. Plain data; a volume's
 * map is shared by every container that mounts it, so what one writes the others read.
 * A directory is there when something is in it or when it was made ("path/" with no content). Simplified: no owners,
 * modes or links; a read-only mount refuses writes.
 */

/** A volume's files by path relative to its root. */
export type VolumeFiles = Map<string, string>;

/** One mounted volume (or one file of it, when `file` says which). */
export interface Mount {
  readonly path: string;
  readonly readOnly: boolean;
  readonly files: VolumeFiles;
  /** The mount is this one file or directory of the volume (subPath). */
  readonly subPath?: string;
}

/** Everything a process can read and write. `null` in `written` hides a file of the image. */
export interface Files {
  readonly image: Readonly<Record<string, string>>;
  readonly written: Map<string, string | null>;
  readonly mounts: readonly Mount[];
}

/** What went wrong with a write. */
export type FileError = "Read-only file system" | "No such file or directory" | "Is a directory";

/** A file may grow to this many characters; its oldest part is then let go (logs written for hours). */
const MAX_FILE = 262_144;

interface Place {
  readonly mount: Mount | undefined;
  readonly key: string;
}

/** Normalises a path against a directory: no "." and "..", no double slashes. */
export function resolvePath(directory: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith("/") ? path : `${directory}/${path}`).split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** The content of a file, or undefined. */
export function readFile(files: Files, path: string): string | undefined {
  const place = locate(files, path);
  if (place.mount !== undefined) return place.mount.files.get(place.key);
  const written = files.written.get(path);
  if (written !== undefined) return written ?? undefined;
  return Object.hasOwn(files.image, path) ? files.image[path] : undefined;
}

/** Writes or appends; undefined = done. */
export function writeFile(files: Files, path: string, content: string, append: boolean): FileError | undefined {
  const place = locate(files, path);
  if (place.mount?.readOnly === true) return "Read-only file system";
  if (isDirectory(files, path)) return "Is a directory";
  const text = append ? (readFile(files, path) ?? "") + content : content;
  const kept = text.length > MAX_FILE ? text.slice(text.length - MAX_FILE / 2) : text;
  if (place.mount !== undefined) place.mount.files.set(place.key, kept);
  else files.written.set(path, kept);
  return undefined;
}

/** Makes a directory. */
export function makeDirectory(files: Files, path: string): FileError | undefined {
  const place = locate(files, path);
  if (place.mount?.readOnly === true) return "Read-only file system";
  if (place.mount !== undefined) place.mount.files.set(`${place.key}/`, "");
  else files.written.set(`${path}/`, "");
  return undefined;
}

/** Removes a file, or a directory with all in it. */
export function removePath(files: Files, path: string): FileError | undefined {
  const place = locate(files, path);
  if (place.mount?.readOnly === true) return "Read-only file system";
  if (place.mount !== undefined) {
    for (const key of [...place.mount.files.keys()]) if (key === place.key || key.startsWith(`${place.key}/`)) place.mount.files.delete(key);
    return undefined;
  }
  for (const key of [...files.written.keys()]) if (key === path || key.startsWith(`${path}/`)) files.written.delete(key);
  for (const key of Object.keys(files.image)) if (key === path || key.startsWith(`${path}/`)) files.written.set(key, null);
  return undefined;
}

/** True for a directory that was made, is mounted, or has something in it. */
export function isDirectory(files: Files, path: string): boolean {
  if (path === "/" || ROOTS.has(path)) return true;
  if (files.mounts.some((mount) => mount.path === path && !isSingleFile(mount))) return true;
  const inside = path.endsWith("/") ? path : `${path}/`;
  if (files.mounts.some((mount) => mount.path.startsWith(inside))) return true;
  const place = locate(files, path);
  if (place.mount !== undefined) return hasPrefix(place.mount.files.keys(), `${place.key}/`);
  return hasPrefix(files.written.keys(), inside) || hasPrefix(Object.keys(files.image), inside);
}

/** True for a file or a directory. */
export function pathExists(files: Files, path: string): boolean {
  return readFile(files, path) !== undefined || isDirectory(files, path);
}

/** Names in a directory, sorted. */
export function listDirectory(files: Files, path: string): string[] {
  const inside = path === "/" ? "/" : `${path}/`;
  const names = new Set<string>();
  const collect = (full: string): void => {
    if (!full.startsWith(inside)) return;
    const name = full.slice(inside.length).split("/")[0] ?? "";
    if (name !== "") names.add(name);
  };
  for (const key of Object.keys(files.image)) if (files.written.get(key) !== null) collect(key);
  for (const [key, content] of files.written) if (content !== null) collect(key);
  for (const mount of files.mounts) {
    collect(mount.path);
    if (isSingleFile(mount)) continue;
    const root = mount.path === "/" ? "" : mount.path;
    for (const key of mount.files.keys()) if (underSubPath(mount, key) !== undefined) collect(`${root}/${underSubPath(mount, key)}`);
  }
  return [...names].sort();
}

const ROOTS: ReadonlySet<string> = new Set(["/tmp", "/var", "/var/log", "/var/run", "/var/lib", "/etc", "/usr", "/usr/share", "/opt", "/home", "/root", "/dev", "/proc", "/sys", "/mnt", "/srv", "/run", "/bin", "/data"]);

function hasPrefix(keys: Iterable<string>, prefix: string): boolean {
  for (const key of keys) if (key.startsWith(prefix)) return true;
  return false;
}

function isSingleFile(mount: Mount): boolean {
  return mount.subPath !== undefined && mount.files.has(mount.subPath);
}

function underSubPath(mount: Mount, key: string): string | undefined {
  if (mount.subPath === undefined) return key;
  return key.startsWith(`${mount.subPath}/`) ? key.slice(mount.subPath.length + 1) : undefined;
}

/** The mount a path belongs to (the deepest one), and its key in there. */
function locate(files: Files, path: string): Place {
  let best: Mount | undefined;
  for (const mount of files.mounts) {
    const covers = path === mount.path || path.startsWith(mount.path === "/" ? "/" : `${mount.path}/`);
    if (covers && (best === undefined || mount.path.length >= best.path.length)) best = mount;
  }
  if (best === undefined) return { mount: undefined, key: path };
  const relative = path === best.path ? "" : path.slice(best.path === "/" ? 1 : best.path.length + 1);
  if (best.subPath === undefined) return { mount: best, key: relative };
  return { mount: best, key: relative === "" ? best.subPath : `${best.subPath}/${relative}` };
}
