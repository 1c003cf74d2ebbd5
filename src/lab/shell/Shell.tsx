import { useText } from "../i18n/index.ts";
import { useView } from "../stores/index.ts";
import { useMedia } from "../ui/index.ts";
import { Bar } from "./Bar.tsx";
import { Banners } from "./Banners.tsx";
import { Dialogs } from "./Dialogs.tsx";
import { LiveRegion } from "./LiveRegion.tsx";
import { NarrowBody } from "./NarrowBody.tsx";
import { Toasts } from "./Toasts.tsx";
import { useKeys } from "./use-keys.ts";
import { useTheme } from "./use-theme.ts";
import { WideBody } from "./WideBody.tsx";
import "./shell.css";

/** The grid: bar, guide, stage, desk, time. Narrow screens get the panes as tabs below the stage. */
export function Shell() {
  const text = useText();
  const narrow = useMedia("(max-width: 899px)");
  const presenting = useView((state) => state.presenting);
  useTheme();
  useKeys();
  return (
    <div className="shell" data-presenting={presenting ? "" : undefined}>
      <nav className="skips" aria-label={text.bar.sections}>
        <a href="#stage">{text.skip.stage}</a>
        {presenting ? null : <a href="#desk">{text.skip.desk}</a>}
        <a href="#time">{text.skip.time}</a>
      </nav>
      {presenting ? null : <Bar narrow={narrow} />}
      <Banners />
      {narrow ? <NarrowBody /> : <WideBody />}
      <Dialogs />
      <Toasts />
      <LiveRegion />
    </div>
  );
}
