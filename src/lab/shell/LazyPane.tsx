import { Component, lazy, Suspense, type ReactNode } from "react";
import { useText } from "../i18n/index.ts";
import { Button } from "../ui/index.ts";
import { usePictured } from "./use-pictured.ts";

const EditorPanel = lazy(async () => ({ default: (await import("../editor/index.ts")).EditorPanel }));
const InspectorPanel = lazy(async () => ({ default: (await import("../inspector/index.ts")).InspectorPanel }));
const GuidePanel = lazy(async () => ({ default: (await import("../guide/index.ts")).GuidePanel }));

export type PaneName = "editor" | "inspector" | "guide";

const PANES = { editor: EditorPanel, inspector: InspectorPanel, guide: GuidePanel };

/** A pane that is fetched when first shown; what fails to load says so and leaves the rest working. The editor, by far the heaviest, lets the first picture go first. */
export function LazyPane({ name }: { readonly name: PaneName }) {
  const text = useText();
  const pictured = usePictured();
  const Pane = PANES[name];
  const loading = <p className="pane-loading" role="status">{text.pane.loading}</p>;
  const what = { editor: text.pane.yaml, inspector: text.pane.inspector, guide: text.pane.guide }[name];
  return (
    <LoadGuard message={text.pane.failed(what)} reload={text.pane.reload}>
      {name === "editor" && !pictured ? loading : <Suspense fallback={loading}><Pane /></Suspense>}
    </LoadGuard>
  );
}

interface GuardProps {
  readonly message: string;
  readonly reload: string;
  readonly children: ReactNode;
}

class LoadGuard extends Component<GuardProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="pane-failed" role="alert">
        <p>{this.props.message}</p>
        <Button onClick={() => { location.reload(); }}>{this.props.reload}</Button>
      </div>
    );
  }
}
