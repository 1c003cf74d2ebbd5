/** The stage: the world drawn, three ways. */
export { Stage } from "./Stage.tsx";
export { useFit } from "./use-fit.ts";
export { wordOf,  } from "./things/PodThing.tsx";
export { StateGlyph } from "./things/StateGlyph.tsx";
export { TrafficDialog } from "./TrafficDialog.tsx";
