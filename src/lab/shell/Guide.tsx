import { useText } from "../i18n/index.ts";
import { LazyPane } from "./LazyPane.tsx";

/** The lesson's pane. */
export function Guide() {
  const text = useText();
  return <section className="guide" aria-label={text.pane.guide}><LazyPane name="guide" /></section>;
}
