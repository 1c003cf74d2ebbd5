import { plural } from "./plural.ts";

const count = (n: number, one: string, other: string): string => `${n} ${plural("en", n, { one, other })}`;

/** English: bar, panes, dialogs, palette, time. */
export const enShell = {
  bar: {
    product: "Orrery", home: "Orrery, the lab", sections: "Places", world: "World", chooseWorld: "Choose another world",
    palette: "Commands", theme: "Theme", themes: { system: "As the system", light: "Light", dark: "Dark" },
    present: "Present", leavePresent: "Leave presentation", keys: "Keys", breakSomething: "Break something", startTraffic: "Send requests",
    more: "More", download: "Download this session", downloadYaml: "Download all objects as YAML",
  },
  skip: { stage: "Skip to the stage", desk: "Skip to the editor", time: "Skip to the time controls" },
  pane: {
    guide: "Guide", desk: "Desk", stage: "Stage", time: "Time", apply: "Apply", yaml: "YAML", inspector: "Inspector",
    hideGuide: "Hide the guide", showGuide: "Show the guide", hideDesk: "Hide the desk", showDesk: "Show the desk",
    resizeGuide: "Resize the guide", resizeDesk: "Resize the desk", loading: "Loading…", panes: "Panes",
    failed: (what: string) => `${what} could not be loaded. Reload the page to try again; your session is kept.`, reload: "Reload",
  },
  host: {
    opening: "Starting the cluster…", failedTitle: "The engine did not start", failed: "Try again, or reload the page; what you typed is kept.",
    crashedTitle: "The engine stopped", crashed: "Your text and your session are kept: restart it and go on.", details: "What it said", restart: "Restart from the last saved session", again: "Try again",
    notKept: "This browser doesn't let the page keep anything: the session is lost when you leave. Download it to keep it.",
  },
  toast: { dismiss: "Dismiss", region: "Notices" },
  dialog: { close: "Close" },
  keys: {
    title: "Keys", description: "Everything here also has a button.",
    groups: { time: "Time", stage: "Stage", lab: "Lab" },
    playPause: "Play or pause", hop: "One hop on", event: "One event on", live: "Pace: live", follow: "Pace: follow", step: "Pace: step",
    move: "Move between things", select: "Select the thing", menu: "Open its menu", fit: "Show everything", zoomIn: "Closer", zoomOut: "Farther",
    machines: "Machines", ownership: "Ownership", traffic: "Traffic", palette: "All commands", keys: "These keys", present: "Present",
    guide: "Guide", desk: "Desk", log: "Everything that was said", faults: "Break something", clear: "Let go",
  },
  palette: {
    title: "Commands", description: "Type to find a command or a thing.", placeholder: "Find a command, a pod, a node…", none: "Nothing has that name.",
    groups: { time: "Time", view: "View", world: "World", lab: "Lab", things: "Things" },
    openWorld: (title: string) => `Open world: ${title}`,
  },
  gallery: {
    title: "Starting worlds", description: "Each opens a fresh cluster. The present one is replaced.",
    nodes: (n: number) => count(n, "node", "nodes"), open: "Open", current: "open now", empty: "No worlds could be read.",
  },
  time: {
    region: "Time", play: "Play", pause: "Pause", hop: "One hop", event: "One event", pace: "Pace",
    live: "live", follow: "follow", step: "step",
    liveHint: "As a real clock runs, faster or slower", followHint: "Each hop of a message takes the same readable time; idle stretches are skipped", stepHint: "One hop or event per key press",
    speed: "Speed", speedLive: (x: number) => `${x}×`, speedFollow: (x: number) => `${x}×`,
    simulated: "simulated", simulatedFollow: "simulated, hop by hop", simulatedLive: (x: number) => (x === 1 ? "simulated, real speed" : `simulated, ${x}× real speed`), simulatedStep: "simulated, on your key", paused: "paused",
    skipped: (span: string) => `skipped ${span}`, marks: "Story so far", noMarks: "What matters will be marked here as it happens.",
    several: (n: number) => `${n} things`, at: (clock: string) => `at ${clock}`, clock: "Simulated time since the world began",
  },
  count,
};
