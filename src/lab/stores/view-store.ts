import { createStore } from "zustand/vanilla";

export type StageView = "machines" | "ownership" | "traffic";
export type DeskTab = "editor" | "inspector";
export type ThemeChoice = "system" | "light" | "dark";
export type OpenDialog = "none" | "gallery" | "palette" | "keys" | "faults" | "log" | "traffic";

/** What the person looks at and how; only preferences are remembered. */
export interface ViewState {
  readonly stage: StageView;
  readonly desk: DeskTab;
  /** The pane on show below the stage on a narrow screen. */
  readonly narrowTab: "guide" | DeskTab;
  readonly theme: ThemeChoice;
  readonly showSystem: boolean;
  /** Namespace to look at, or "" for all. */
  readonly namespace: string;
  readonly presenting: boolean;
  readonly guideOpen: boolean;
  readonly deskOpen: boolean;
  readonly dialog: OpenDialog;
  /** Things lit by the editor's caret or the lesson, by id. */
  readonly lit: ReadonlySet<string>;
}

const KEY = "orrery/view";
const FRESH: ViewState = {
  stage: "machines", desk: "editor", narrowTab: "editor", theme: "system", showSystem: false, namespace: "",
  presenting: false, guideOpen: true, deskOpen: true, dialog: "none", lit: new Set(),
};
const THEMES: readonly unknown[] = ["system", "light", "dark"];

/** Makes the view store; `storage` remembers preferences and may refuse (private mode). */
export function createViewStore(storage: Pick<Storage, "getItem" | "setItem"> | null) {
  const store = createStore<ViewState>(() => ({ ...FRESH, ...remembered(storage) }));
  store.subscribe((now, before) => {
    if (now.theme === before.theme && now.showSystem === before.showSystem && now.guideOpen === before.guideOpen && now.deskOpen === before.deskOpen) return;
    try {
      storage?.setItem(KEY, JSON.stringify({ theme: now.theme, showSystem: now.showSystem, guideOpen: now.guideOpen, deskOpen: now.deskOpen }));
    } catch {
      // Preferences that can't be kept are simply not kept.
    }
  });
  return store;
}

function remembered(storage: Pick<Storage, "getItem"> | null): Partial<ViewState> {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? "null");
    if (typeof value !== "object" || value === null) return {};
    const { theme, showSystem, guideOpen, deskOpen } = value as Record<string, unknown>;
    return {
      ...(THEMES.includes(theme) ? { theme: theme as ThemeChoice } : {}),
      ...(typeof showSystem === "boolean" ? { showSystem } : {}),
      ...(typeof guideOpen === "boolean" ? { guideOpen } : {}),
      ...(typeof deskOpen === "boolean" ? { deskOpen } : {}),
    };
  } catch {
    return {};
  }
}
