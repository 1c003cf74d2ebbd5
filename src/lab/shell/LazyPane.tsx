import { Component, lazy, Suspense, type ReactNode } from "react";
import { useText } from "../i18n/index.ts";
import { Button } from "../ui/index.ts";

const EditorPanel = lazy(async () => ({ default: (await import("../editor/index.ts")).EditorPanel }));
const InspectorPanel = lazy(async () => ({ default: (await import("../inspector/index.ts")).InspectorPanel }));
const GuidePanel = lazy(async () => ({ default: (await import("../guide/index.ts")).GuidePanel }));

export type PaneName = "editor" | "inspector" | "guide";

const PANES = { editor: EditorPanel, inspector: InspectorPanel, guide: GuidePanel };

/** A pane that is fetched when first shown; what fails to load says so and leaves the rest working. */
export function LazyPane({ name }: { readonly name: PaneName }) {
  const text = useText();
  const Pane = PANES[name];
  const what = { editor: text.pane.yaml, inspector: text.pane.inspector, guide: text.pane.guide }[name];
  return (
    <LoadGuard message={text.pane.failed(what)} reload={text.pane.reload}>
      <Suspense fallback={<p className="pane-loading" role="status">{text.pane.loading}</p>}><Pane /></Suspense>
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
