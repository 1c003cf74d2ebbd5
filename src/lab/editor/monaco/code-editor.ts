import { monaco } from "./monaco.ts";
import { typeSize } from "./theme.ts";

const OPTIONS: monaco.editor.IStandaloneEditorConstructionOptions = {
  model: null, theme: "orrery", automaticLayout: true, fontFamily: "'JetBrains Mono Variable', ui-monospace, 'SF Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace", fontLigatures: false,
  minimap: { enabled: false }, scrollBeyondLastLine: false, padding: { top: 12, bottom: 12 }, lineNumbersMinChars: 3, lineDecorationsWidth: 14, glyphMargin: false, folding: true, showFoldingControls: "mouseover",
  renderLineHighlight: "none", overviewRulerBorder: false, hideCursorInOverviewRuler: true, overviewRulerLanes: 2, scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false, alwaysConsumeMouseWheel: false },
  tabSize: 2, insertSpaces: true, detectIndentation: false, wordBasedSuggestions: "off", quickSuggestions: { other: true, strings: true, comments: false }, suggestOnTriggerCharacters: true, fixedOverflowWidgets: true,
  renderControlCharacters: true, unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false }, accessibilitySupport: "auto", bracketPairColorization: { enabled: false }, guides: { indentation: true, bracketPairs: false },
  stickyScroll: { enabled: false }, links: false, occurrencesHighlight: "off", selectionHighlight: false, contextmenu: true, roundedSelection: false, smoothScrolling: false, cursorSmoothCaretAnimation: "off", hover: { delay: 350, above: false }, lightbulb: { enabled: monaco.editor.ShowLightbulbIconMode.OnCode },
  dropIntoEditor: { enabled: false }, largeFileOptimizations: true, maxTokenizationLineLength: 5000, tabFocusMode: false, renderFinalNewline: "on",
};

/** Makes an editor in a box; `apply` runs on Ctrl/⌘-Enter. */
export function createCodeEditor(box: HTMLElement, apply: () => void): monaco.editor.IStandaloneCodeEditor {
  const editor = monaco.editor.create(box, { ...OPTIONS, ...typeSize() });
  editor.addAction({ id: "orrery.apply", label: "Apply", keybindings: [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter], contextMenuGroupId: "1_modification", run: apply });
  return editor;
}

/** Keeps the desk told whether Tab leaves the editor (Ctrl-M changes it); returns the way to stop. */
export function watchTab(desk: { readonly state: { setState(change: { readonly tabMoves: boolean }): void } }, editor: monaco.editor.IStandaloneCodeEditor): () => void {
  const tell = (): void => { desk.state.setState({ tabMoves: editor.getOption(monaco.editor.EditorOption.tabFocusMode) }); };
  const listener = editor.onDidChangeConfiguration((event) => { if (event.hasChanged(monaco.editor.EditorOption.tabFocusMode)) tell(); });
  tell();
  return () => { listener.dispose(); };
}
