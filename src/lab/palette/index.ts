/** The command palette. */
export { CommandPalette } from "./CommandPalette.tsx";
