/** One plain sentence for every note: caption, log line, announcement and hover text. */
export { narrate, type Narration } from "./narrate.ts";
