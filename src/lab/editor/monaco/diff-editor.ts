import { monaco } from "./monaco.ts";
import { typeSize } from "./theme.ts";

interface DiffInput {
  readonly live: string;
  readonly merged: string;
  readonly liveLabel: string;
  readonly mergedLabel: string;
}

/** A diff on show and the way to take it off. */
export interface DiffHandle {
  readonly editor: monaco.editor.IStandaloneDiffEditor;
  dispose(): void;
}

/** Shows two texts against each other, read only. */
export function createDiffEditor(box: HTMLElement, input: DiffInput): DiffHandle {
  const editor = monaco.editor.createDiffEditor(box, {
    theme: "orrery", automaticLayout: true, readOnly: true, originalEditable: false, renderSideBySide: false, useInlineViewWhenSpaceIsLimited: false, hideUnchangedRegions: { enabled: true, minimumLineCount: 4, contextLineCount: 3 },
    minimap: { enabled: false }, scrollBeyondLastLine: false, lineNumbersMinChars: 3, folding: false, renderOverviewRuler: false, renderIndicators: true, fontFamily: "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace", fontLigatures: false,
    originalAriaLabel: input.liveLabel, modifiedAriaLabel: input.mergedLabel, scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false }, links: false, renderLineHighlight: "none", unicodeHighlight: { ambiguousCharacters: false }, ...typeSize(),
  });
  const models = { original: monaco.editor.createModel(input.live, "yaml"), modified: monaco.editor.createModel(input.merged, "yaml") };
  editor.setModel(models);
  const first = editor.onDidUpdateDiff(() => {
    first.dispose();
    editor.revealFirstDiff();
  });
  return {
    editor,
    dispose: () => {
      editor.setModel(null);
      editor.dispose();
      models.original.dispose();
      models.modified.dispose();
    },
  };
}
