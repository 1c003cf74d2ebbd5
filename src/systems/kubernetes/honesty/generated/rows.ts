/** Made by tools/collect-model.mjs from the MODEL.md files: part, behaviour, standing, note. */
export const MODEL_ROWS: readonly (readonly [string, string, string, string])[] = [

];
