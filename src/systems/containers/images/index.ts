/** Simulated images: references, the catalogue, and what registries answer. */
export { type CatalogueImage, type Image, type ImageBase, type ImageLayer, type ProgramSpec, type PullRefusal } from "./image.ts";
export { type ImageReference, isLatest, parseReference, type ReferenceResult } from "./reference.ts";
export { catalogueImage, catalogueImages, type RegistryAnswer, resolveImage } from "./registry.ts";
export { hasTag } from "./tags.ts";
