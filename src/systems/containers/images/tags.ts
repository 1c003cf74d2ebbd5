/**
 * Which tags a repository of the catalogue has. Versions are known as lines ("1.27=5": 1.27, 1.27.0 … 1.27.5, and 1),
 * followed by any of the variants that official images publish ("-alpine3.20", "-slim-bookworm").
 */
import type { CatalogueImage } from "./image.ts";

const SUFFIX = /^(alpine(\d+\.\d+)?|slim|bookworm|bullseye|buster|stretch|trixie|sid|jammy|noble|focal|bionic|perl|otel|management|glibc|musl|uclibc|apache|fpm|cli|lts|jdk\d*|jre\d*|temurin|oracle|oraclelinux\d+|ubi\d*|debian|amd64|arm64|distroless|curl|rootless|full)$/;

interface Line {
  readonly name: string;
  readonly last: number;
}

const parsedLines = new Map<string, readonly Line[]>();

function linesOf(text: string): readonly Line[] {
  const known = parsedLines.get(text);
  if (known !== undefined) return known;
  const lines = text.split(" ").filter((part) => part !== "").map((part): Line => {
    const [name = "", last = "0"] = part.split("=");
    return { name, last: Number(last) };
  });
  parsedLines.set(text, lines);
  return lines;
}

/** True when the repository has the tag. */
export function hasTag(image: CatalogueImage, tag: string): boolean {
  const names = image.names.split(" ");
  if (names.includes("*") || names.includes(tag)) return true;
  const [version = "", ...suffixes] = tag.split("-");
  if (!suffixes.every((suffix) => SUFFIX.test(suffix))) return false;
  if (names.includes(version) || hasVersion(image.lines, version)) return true;
  return SUFFIX.test(version) && image.lines !== "" && image.base === "debian";
}

function hasVersion(lines: string, version: string): boolean {
  for (const { name, last } of linesOf(lines)) {
    if (version === name || name.startsWith(`${version}.`)) return true;
    if (version.startsWith(`${name}.`) && isUpTo(version.slice(name.length + 1), last)) return true;
  }
  return false;
}

function isUpTo(text: string, last: number): boolean {
  const first = text.split(".")[0] ?? "";
  return /^\d+$/.test(first) && Number(first) <= last;
}

/** The minor version of a tag ("1.27" of "1.27.3-alpine"): images of one minor version share a layer. */
export function versionLine(tag: string): string {
  const version = tag.split("-")[0] ?? tag;
  return version.split(".").slice(0, 2).join(".");
}
