/**
 * What registries answer. Images of the catalogue are known with their tags; an unknown name in docker.io/library or an
 * unknown tag of a known image is refused as the real registry refuses it (the texts are containerd 2's and Docker Hub's);
 * anything else gets a stand-in, because the lab cannot know what every image of the world does.
 */
import { sha256Hex } from "../../../base/encoding/index.ts";
import { KUBERNETES_IMAGES, SHOP_IMAGES } from "./catalogue-lab.ts";
import { DATA_IMAGES, WEB_IMAGES } from "./catalogue-official.ts";
import { LANGUAGE_IMAGES, SHELL_IMAGES } from "./catalogue-tools.ts";
import { BASE_BYTES, type CatalogueImage, type Image, type ImageLayer, type PullRefusal } from "./image.ts";
import { type ImageReference, parseReference } from "./reference.ts";
import { hasTag, versionLine } from "./tags.ts";

const CATALOGUE: ReadonlyMap<string, CatalogueImage> = new Map(
  [...WEB_IMAGES, ...DATA_IMAGES, ...SHELL_IMAGES, ...LANGUAGE_IMAGES, ...KUBERNETES_IMAGES, ...SHOP_IMAGES].map((image) => [image.repository, image]),
);

/** Size of an image the lab knows nothing of: a round figure for a small service. */
const STAND_IN_BYTES = 48_000_000;
/** Images built on alpine are about so much smaller than the same on Debian. */
const ALPINE_SHARE = 0.35;
const SLIM_SHARE = 0.3;

/** What a pull from a registry yields, before any transfer. */
export type RegistryAnswer = { readonly image: Image } | { readonly refusal: PullRefusal };

const answers = new Map<string, RegistryAnswer>();

/** The catalogue's entry of a repository, if it is known. */
export function catalogueImage(repository: string): CatalogueImage | undefined {
  return CATALOGUE.get(repository);
}

/** Every image of the catalogue, for pickers and completion. */
export function catalogueImages(): readonly CatalogueImage[] {
  return [...CATALOGUE.values()];
}

/** Asks the reference's registry for it. The same text always gets the same answer. */
export function resolveImage(text: string): RegistryAnswer {
  const known = answers.get(text);
  if (known !== undefined) return known;
  const answer = resolve(text);
  answers.set(text, answer);
  return answer;
}

function resolve(text: string): RegistryAnswer {
  const parsed = parseReference(text);
  if ("error" in parsed) return { refusal: { code: "InvalidArgument", message: `failed to parse image reference "${text}": ${parsed.error}` } };
  const { reference } = parsed;
  const repository = `${reference.registry}/${reference.path}`;
  const known = CATALOGUE.get(repository);
  if (known !== undefined) {
    if (reference.digest === undefined && !hasTag(known, reference.tag ?? "")) return { refusal: notFound(reference) };
    return { image: describe(known, reference) };
  }
  if (repository.startsWith("docker.io/library/") || repository.startsWith("docker.io/shop/")) return { refusal: accessDenied(reference) };
  return { image: standIn(reference, repository) };
}

function wrap(reference: ImageReference, cause: string): string {
  return `failed to pull and unpack image "${reference.canonical}": failed to resolve reference "${reference.canonical}": ${cause}`;
}

function notFound(reference: ImageReference): PullRefusal {
  return { code: "NotFound", message: wrap(reference, `${reference.canonical}: not found`) };
}

function accessDenied(reference: ImageReference): PullRefusal {
  return { code: "Unknown", message: wrap(reference, "pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed") };
}

function describe(known: CatalogueImage, reference: ImageReference): Image {
  const tag = reference.tag ?? "latest";
  const base = known.base === "debian" && tag.includes("alpine") ? "alpine" : known.base;
  const share = base !== known.base ? ALPINE_SHARE : tag.includes("slim") ? SLIM_SHARE : 1;
  const total = Math.max(Math.round(known.sizeBytes * share), BASE_BYTES[base]);
  return freezeImage(reference, known.repository, tag, layersOf(known.repository, tag, base, total), false);
}

function standIn(reference: ImageReference, repository: string): Image {
  const tag = reference.tag ?? "latest";
  return freezeImage(reference, repository, tag, layersOf(repository, tag, "debian", STAND_IN_BYTES), true);
}

/** The base, a layer that versions of one line share, and the version's own. */
function layersOf(repository: string, tag: string, base: keyof typeof BASE_BYTES, total: number): ImageLayer[] {
  const rest = total - BASE_BYTES[base];
  const layers: ImageLayer[] = BASE_BYTES[base] > 0 ? [{ id: `base/${base}`, bytes: BASE_BYTES[base] }] : [];
  if (rest <= 0) return layers;
  const shared = Math.round(rest * 0.7);
  layers.push({ id: `${repository}@${versionLine(tag)}`, bytes: shared }, { id: `${repository}:${tag}`, bytes: rest - shared });
  return layers;
}

function freezeImage(reference: ImageReference, repository: string, tag: string, layers: readonly ImageLayer[], isStandIn: boolean): Image {
  const digest = reference.digest ?? `sha256:${sha256Hex(`${repository}:${tag}`)}`;
  const sizeBytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
  for (const layer of layers) Object.freeze(layer);
  return Object.freeze({ reference: reference.canonical, repoDigest: `${repository}@${digest}`, repository, tag, sizeBytes, layers: Object.freeze(layers), standIn: isStandIn });
}
