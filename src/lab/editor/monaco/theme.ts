import { monaco } from "./monaco.ts";

/** Every colour comes from the page's tokens; Monaco wants them as hexadecimal texts. */
const COLOURS: Readonly<Record<string, string>> = {
  "editor.background": "--panel", "editor.foreground": "--ink", "editorLineNumber.foreground": "--ink-3", "editorLineNumber.activeForeground": "--ink", "editorCursor.foreground": "--ink",
  "editorGutter.background": "--panel", "editor.selectionBackground": "--brass-soft", "editor.inactiveSelectionBackground": "--brass-soft", "editorIndentGuide.background1": "--line", "editorIndentGuide.activeBackground1": "--line-2",
  "editorBracketMatch.border": "--edge", "editorBracketMatch.background": "--brass-soft", "editorWidget.background": "--panel", "editorWidget.foreground": "--ink", "editorWidget.border": "--line-2",
  "editorHoverWidget.background": "--panel", "editorHoverWidget.foreground": "--ink", "editorHoverWidget.border": "--line-2", "editorSuggestWidget.background": "--panel", "editorSuggestWidget.foreground": "--ink", "editorSuggestWidget.border": "--line-2",
  "editorSuggestWidget.selectedBackground": "--brass-soft", "editorSuggestWidget.selectedForeground": "--ink", "editorSuggestWidget.highlightForeground": "--brass", "editorSuggestWidget.focusHighlightForeground": "--brass",
  "editorError.foreground": "--failed", "editorWarning.foreground": "--unknown", "editorInfo.foreground": "--starting", "editorHint.foreground": "--starting", "editorLightBulb.foreground": "--brass",
  "input.background": "--stage", "input.foreground": "--ink", "input.border": "--edge", "inputOption.activeBorder": "--brass", "inputOption.activeBackground": "--brass-soft", "inputOption.activeForeground": "--ink", "focusBorder": "--focus", "foreground": "--ink", "descriptionForeground": "--ink-2", "icon.foreground": "--ink-2",
  "menu.background": "--panel", "menu.foreground": "--ink", "menu.selectionBackground": "--brass-soft", "menu.selectionForeground": "--ink", "menu.separatorBackground": "--line", "menu.border": "--line-2", "widget.border": "--line-2",
  "list.hoverBackground": "--brass-soft", "list.focusBackground": "--brass-soft", "list.focusForeground": "--ink", "list.activeSelectionBackground": "--brass-soft", "list.activeSelectionForeground": "--ink", "list.highlightForeground": "--brass", "quickInput.background": "--panel",
  "diffEditor.insertedLineBackground": "--rev-b-soft", "diffEditor.removedLineBackground": "--rev-a-soft", "diffEditorGutter.insertedLineBackground": "--rev-b-soft", "diffEditorGutter.removedLineBackground": "--rev-a-soft", "diffEditor.unchangedRegionBackground": "--ground", "diffEditor.unchangedRegionForeground": "--ink-2",
  "textLink.foreground": "--brass", "editorMarkerNavigationError.background": "--failed", "editorMarkerNavigation.background": "--panel", "editorUnicodeHighlight.border": "--unknown", "editor.lineHighlightBorder": "--panel", "editor.findMatchBackground": "--brass-soft", "editor.findMatchHighlightBackground": "--brass-soft", "editor.findMatchBorder": "--brass",
};

const TOKENS: readonly (readonly [token: string, variable: string])[] = [
  ["", "--ink"], ["type", "--starting"], ["string", "--ready"], ["string.yaml", "--ready"], ["number.yaml", "--failed"], ["keyword.yaml", "--leaving"], ["type.yaml", "--starting"], ["comment.yaml", "--ink-2"], ["number", "--failed"], ["comment", "--ink-2"], ["keyword", "--leaving"], ["operators", "--ink-2"], ["delimiter", "--ink-2"], ["tag", "--leaving"], ["namespace", "--leaving"], ["meta.directive", "--ink-3"],
];

/** Reads the tokens in force and gives Monaco a theme made of them. */
export function applyTheme(): void {
  const style = getComputedStyle(document.documentElement);
  const dark = document.documentElement.dataset["theme"] === "dark";
  const read = (variable: string): string => asHex(style.getPropertyValue(variable).trim(), dark);
  const colors: Record<string, string> = { "diffEditor.insertedTextBackground": "#00000000", "diffEditor.removedTextBackground": "#00000000", "scrollbar.shadow": "#00000000", "widget.shadow": dark ? "#00000080" : "#171b2133" };
  for (const [name, variable] of Object.entries(COLOURS)) colors[name] = read(variable);
  monaco.editor.defineTheme("orrery", { base: dark ? "vs-dark" : "vs", inherit: true, colors, rules: TOKENS.map(([token, variable]) => ({ token, foreground: read(variable).slice(1) })) });
  monaco.editor.setTheme("orrery");
}

/** Forced colours are names of the system: there Monaco's own high contrast takes over, so any hexadecimal does. */
function asHex(value: string, dark: boolean): string {
  return /^#[0-9a-f]{6}$/i.test(value) ? value : dark ? "#eef1f5" : "#171b21";
}

/** Size of the type in force: Present enlarges it. */
export function typeSize(): { readonly fontSize: number; readonly lineHeight: number } {
  const scale = Number(getComputedStyle(document.documentElement).getPropertyValue("--present")) || 1;
  return { fontSize: 13.5 * scale, lineHeight: Math.round(22 * scale) };
}

/** Calls back when theme or Present change; returns the way to stop. */
export function watchLook(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "data-presenting"] });
  return () => { observer.disconnect(); };
}
