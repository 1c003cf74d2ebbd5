import type { Catalogue } from "../i18n/index.ts";
import type { Lab } from "../stores/index.ts";

/** A command of the palette. */
export interface PaletteCommand {
  readonly group: string;
  readonly label: string;
  readonly keys: string;
  readonly run: () => void;
}

/** Every command there is. */
export function paletteCommands(lab: Lab, text: Catalogue): readonly PaletteCommand[] {
  return [...timeCommands(lab, text), ...viewCommands(lab, text), ...worldCommands(lab, text)];
}

function timeCommands(lab: Lab, text: Catalogue): PaletteCommand[] {
  const { keys } = text;
  const group = text.palette.groups.time;
  return [
    { group, label: keys.playPause, keys: "Space", run: () => { void lab.commands.toggle(); } },
    { group, label: keys.hop, keys: "→", run: () => { void lab.commands.step("hop"); } },
    { group, label: keys.event, keys: "Shift →", run: () => { void lab.commands.step("event"); } },
    { group, label: keys.live, keys: "Q", run: () => { void lab.commands.setPace("live", 1); } },
    { group, label: keys.follow, keys: "E", run: () => { void lab.commands.setPace("follow", 1); } },
    { group, label: keys.step, keys: "R", run: () => { void lab.commands.setPace("step", 1); } },
  ];
}

function viewCommands(lab: Lab, text: Catalogue): PaletteCommand[] {
  const { view } = lab.stores;
  const { keys, bar, pane } = text;
  const group = text.palette.groups.view;
  return [
    { group, label: keys.machines, keys: "1", run: () => { view.setState({ stage: "machines" }); } },
    { group, label: keys.ownership, keys: "2", run: () => { view.setState({ stage: "ownership" }); } },
    { group, label: keys.traffic, keys: "3", run: () => { view.setState({ stage: "traffic" }); } },
    { group, label: pane.yaml, keys: "", run: () => { view.setState({ desk: "editor", deskOpen: true, narrowTab: "editor" }); } },
    { group, label: pane.inspector, keys: "", run: () => { view.setState({ desk: "inspector", deskOpen: true, narrowTab: "inspector" }); } },
    { group, label: keys.guide, keys: "G", run: () => { view.setState((state) => ({ guideOpen: !state.guideOpen, narrowTab: "guide" })); } },
    { group, label: keys.present, keys: "P", run: () => { view.setState({ presenting: true }); } },
    { group, label: text.stage.tools.allNamespaces, keys: "", run: () => { view.setState({ showSystem: true, namespace: "" }); } },
    { group, label: text.stage.tools.yours, keys: "", run: () => { view.setState({ showSystem: false, namespace: "" }); } },
    { group, label: `${bar.theme}: ${bar.themes.light}`, keys: "", run: () => { view.setState({ theme: "light" }); } },
    { group, label: `${bar.theme}: ${bar.themes.dark}`, keys: "", run: () => { view.setState({ theme: "dark" }); } },
    { group, label: `${bar.theme}: ${bar.themes.system}`, keys: "", run: () => { view.setState({ theme: "system" }); } },
  ];
}

function worldCommands(lab: Lab, text: Catalogue): PaletteCommand[] {
  const { view, host } = lab.stores;
  const group = text.palette.groups.world;
  return [
    { group, label: text.bar.breakSomething, keys: "B", run: () => { view.setState({ dialog: "faults" }); } },
    { group, label: text.bar.startTraffic, keys: "", run: () => { view.setState({ dialog: "traffic" }); } },
    { group, label: text.keys.log, keys: "L", run: () => { view.setState({ dialog: "log" }); } },
    { group, label: text.keys.title, keys: "?", run: () => { view.setState({ dialog: "keys" }); } },
    { group, label: text.gallery.title, keys: "W", run: () => { view.setState({ dialog: "gallery" }); } },
    ...host.getState().worlds.map((world) => ({ group, label: text.palette.openWorld(world.title), keys: "", run: () => { void lab.life.openWorld(world.name); } })),
  ];
}
