import { useEffect } from "react";
import { useFit } from "../stage/index.ts";
import { useLab, type Lab } from "../stores/index.ts";

/** Where typing or a widget's own keys come first. */
const TYPING = "input, textarea, select, [contenteditable='true'], .monaco-editor";
const OWN_KEYS = "[role='menu'], [role='menuitem'], [role='dialog'], [role='listbox'], [role='option']";
/** These take arrows, space and the like; letters are still the page's, as one has often just pressed a tab. */
const OWN_ARROWS = "[role='tab'], [role='radio'], [role='toolbar'] *, [role='separator'], [role='slider']";

/** Keys that work everywhere. */
export function useKeys(): void {
  const lab = useLab();
  const fit = useFit();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        lab.stores.view.setState((state) => ({ dialog: state.dialog === "palette" ? "none" : "palette" }));
        return;
      }
      const target = event.target instanceof Element ? event.target : document.body;
      if (event.defaultPrevented && !target.closest(".thing")) return;
      if (event.ctrlKey || event.metaKey || event.altKey || target.closest(TYPING) !== null || target.closest(OWN_KEYS) !== null) return;
      if ((event.key.length > 1 || event.key === " ") && event.key !== "Escape" && target.closest(OWN_ARROWS) !== null) return;
      if (act(lab, event, target, fit)) event.preventDefault();
    };
    addEventListener("keydown", onKeyDown);
    return () => { removeEventListener("keydown", onKeyDown); };
  }, [lab, fit]);
}

/** Does what the key says; false when it says nothing. */
function act(lab: Lab, event: KeyboardEvent, target: Element, fit: () => void): boolean {
  const onButton = target.closest("button:not(.thing), a, summary") !== null;
  switch (event.key) {
    case " ": return !onButton && done(lab.commands.toggle());
    case "ArrowRight": return target.closest(".thing") === null && done(lab.commands.step(event.shiftKey ? "event" : "hop"));
    case "Escape": return letGo(lab);
    default: return letter(lab, event.key, fit);
  }
}

function letter(lab: Lab, key: string, fit: () => void): boolean {
  const { view } = lab.stores;
  const state = view.getState();
  switch (key) {
    case "1": view.setState({ stage: "machines" }); return true;
    case "2": view.setState({ stage: "ownership" }); return true;
    case "3": view.setState({ stage: "traffic" }); return true;
    case "p": view.setState({ presenting: !state.presenting }); return true;
    case "g": view.setState({ guideOpen: !state.guideOpen }); return true;
    case "d": view.setState({ deskOpen: !state.deskOpen }); return true;
    case "f": fit(); return true;
    case "?": view.setState({ dialog: "keys" }); return true;
    case "l": view.setState({ dialog: "log" }); return true;
    case "b": view.setState({ dialog: "faults" }); return true;
    case "w": view.setState({ dialog: "gallery" }); return true;
    case "q": return done(lab.commands.setPace("live", 1));
    case "e": return done(lab.commands.setPace("follow", 1));
    case "r": return done(lab.commands.setPace("step", 1));
    default: return false;
  }
}

function letGo(lab: Lab): boolean {
  const { view } = lab.stores;
  if (view.getState().presenting) view.setState({ presenting: false });
  else if (view.getState().dialog === "none") lab.select(null);
  return true;
}

function done(work: Promise<unknown>): boolean {
  void work;
  return true;
}
