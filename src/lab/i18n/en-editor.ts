import { plural } from "./plural.ts";

const count = (n: number, one: string, other: string): string => `${n} ${plural("en", n, { one, other })}`;

/** English: the editor and what is dropped on the page. */
export const enEditor = {
  label: (file: string) => `Text of ${file}. Press Ctrl-M to let Tab leave the editor, Ctrl-M again to let it indent.`,
  files: "Files", newFile: "New file", newName: "untitled.yaml", more: "More for this text", rename: "Rename", close: "Close this file", closeNamed: (name: string) => `Close ${name}`,
  nameOf: (name: string) => `New name of ${name}`, nameTaken: (name: string) => `There is a file named ${name} already.`, nameEmpty: "A file needs a name.",
  closeAsk: (name: string) => `Close ${name}? Its text is kept nowhere else.`, keep: "Keep it",
  open: "Open files…", openFolder: "Open a folder…", download: "Download this file", downloadAll: "Download all files", format: "Lay out anew", wrap: "Wrap long lines", find: "Find and replace", findLive: "Compare with the cluster",
  empty: "No text is open.", emptyHint: "Write a manifest here, drop files on the page, or open some.",
  apply: "Apply", applyNow: "Apply change", applying: "Applying…", applyHint: "Send every document of this file to the API server (Ctrl-Enter)", applyAll: "Apply all files", diff: "Diff", diffHint: "Compare the live objects with what applying this text would make",
  undo: "Undo rollout", undoHint: (name: string) => `Put Deployment ${name} back to its previous revision`,
  differ: (n: number) => (n === 0 ? "as applied" : count(n, "line differs", "lines differ")), differHint: "Lines that differ from what was last applied", notApplied: "not applied yet",
  problems: (errors: number, warnings: number) => [errors === 0 ? "" : count(errors, "problem", "problems"), warnings === 0 ? "" : count(warnings, "warning", "warnings")].filter((part) => part !== "").join(", "),
  nextProblem: "Go to the next problem", fine: "no problems", checking: "checking…",
  tabMoves: "Tab leaves the editor. Ctrl-M: Tab indents.", tabIndents: "Ctrl-M: let Tab leave the editor",
  selected: (kind: string, name: string, line: number) => `${kind} ${name} is on line ${line}`, selectedElsewhere: (kind: string, name: string, file: string) => `${kind} ${name} is in ${file}`, goLine: "Go to it",
  conflict: "Somebody else set these fields since: by scaling, setting an image or undoing. Apply leaves them alone unless you take them over.", takeOver: "Take over and apply",
  results: "What became of it", dismiss: "Dismiss", line: (n: number) => `line ${n}`, outcomes: { created: "created", configured: "configured", unchanged: "unchanged", refused: "refused" },
  resultSummary: (done: number, refused: number) => (refused === 0 ? count(done, "document applied", "documents applied") : `${count(refused, "document", "documents")} refused, ${done} applied`), nothingToApply: "There is nothing to apply: the text has no document.",
  live: "live", afterApply: "after applying", diffTitle: "Live objects and what applying would make", diffBusy: "Asking the API server…", diffNone: "Applying this text would change nothing.", diffEmpty: "Nothing can be compared: no document of this text would be accepted.", diffDone: "Back to the text", diffStale: "The cluster or the text has changed since.", again: "Compare again", sideBySide: "Side by side", inline: "One column",
  big: {
    paste: (size: string) => `What you paste is ${size} long. Pasting takes a moment, and checks will be paused.`, pasteGo: "Paste it", cancel: "Cancel", pasting: (share: number) => `Pasting… ${share} %`,
    paused: (size: string) => `Checks are paused: this text is ${size} long.`, checkOnce: "Check it once", apply: (size: string) => `This text is ${size} long. The API server accepts objects up to 1.5 MB; applying may take a while.`, applyGo: "Apply it anyway",
    diff: (size: string) => `This text is ${size} long. Comparing may take a while.`,
  },
  failed: (why: string) => `The engine could not do this: ${why}`,
  gone: "The engine is not answering. Your text is kept.",
  formatFailed: (why: string) => `The text can't be laid out: ${why}`,
};

/** English: dropping files on the page. */
export const enDrop = {
  here: "Drop manifests to open them in the editor", hint: "YAML and JSON files, folders of them, or a saved session",
  opened: (n: number) => `${count(n, "file", "files")} opened in the editor.`, nothing: "There was no YAML or JSON file among what you dropped.",
  refused: { binary: (name: string) => `${name} is not a text file.`, big: (name: string, size: string) => `${name} is ${size} long; at most 10 MB can be opened.`, kind: (name: string) => `${name} is neither YAML nor JSON.`, unreadable: (name: string) => `${name} could not be read.` },
  tooMany: (limit: number) => `Only the first ${limit} files were opened.`, bigAsk: (n: number, size: string) => `${count(n, "file is", "files are")} very large (${size}). Open anyway? Checks will be paused.`,
  more: (n: number) => `and ${n} more not opened`,
  session: { title: "Open this session?", text: (name: string) => `${name} is a saved session. Opening it replaces the present world and the files on the desk.`, go: "Open the session", keep: "Keep what I have", newer: "This session was made by a newer version of Orrery. Update to open it.", damaged: (name: string) => `${name} is not a complete session and can't be opened.`, opened: "The session is open." },
  yes: "Open", no: "Leave them", title: "Open large files?", close: "Close",
};
