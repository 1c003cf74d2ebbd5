import { useText } from "../i18n/index.ts";
import { useLab, useWorkspace, withFile } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

/** The text of the current file with Apply; a plain field until the full editor takes its place. */
export function EditorPanel() {
  const lab = useLab();
  const text = useText();
  const file = useWorkspace((state) => state.files.find((one) => one.name === state.current));
  if (file === undefined) return null;
  const apply = async (): Promise<void> => {
    const { documents } = await lab.ask("apply", { files: [file], dryRun: false, force: false });
    lab.stores.workspace.setState({ applied: true });
    for (const document of documents) lab.toast(document.message, document.outcome === "refused" ? "failed" : "plain");
  };
  return (
    <div style={{ display: "flex", flexDirection: "column", height: "100%" }}>
      <textarea
        aria-label={file.name} value={file.text} spellCheck={false}
        onChange={(event) => { lab.stores.workspace.setState((state) => withFile(state, file.name, event.target.value)); }}
        style={{ flex: 1, border: 0, padding: "12px 16px", resize: "none", background: "transparent", font: "13.5px/22px var(--font-code)" }}
      />
      <div style={{ padding: "12px 14px", borderTop: "1px solid var(--line)" }}><Button look="go" onClick={() => { void apply(); }}>{text.pane.apply}</Button></div>
    </div>
  );
}
