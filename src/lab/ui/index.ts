/** Tokens and the few components everything is made of. Importing this door loads the styles. */
import "./tokens.css";
import "./base.css";

export { Button } from "./Button.tsx";
export { Dialog } from "./Dialog.tsx";
export { COMMAND_KEY } from "./keys.ts";
export { LogoMark } from "./LogoMark.tsx";
export { MiddleEllipsis } from "./MiddleEllipsis.tsx";
export { Segments } from "./Segments.tsx";
export { Tip } from "./Tip.tsx";
export { useCalm } from "./use-calm.ts";
export { useMedia, useReducedMotion } from "./use-media.ts";
