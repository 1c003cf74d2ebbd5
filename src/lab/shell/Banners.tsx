import { useText } from "../i18n/index.ts";
import { useHost, useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { downloadSession } from "./downloads.ts";

/** What went wrong with the engine or with keeping the session, and the way out. */
export function Banners() {
  const lab = useLab();
  const text = useText();
  const { phase, message, keeps } = useHost((state) => state);
  if (phase === "crashed" || phase === "failed") {
    const crashed = phase === "crashed";
    return (
      <div className="banner" data-tone="failed" role="alert">
        <p><b>{crashed ? text.host.crashedTitle : text.host.failedTitle}.</b> {crashed ? text.host.crashed : text.host.failed}</p>
        <Button look="go" onClick={() => { void lab.life.restart(); }}>{crashed ? text.host.restart : text.host.again}</Button>
        {message === "" ? null : <details><summary>{text.host.details}</summary><pre>{message}</pre></details>}
      </div>
    );
  }
  if (keeps) return null;
  return (
    <div className="banner" role="status">
      <p>{text.host.notKept}</p>
      <Button onClick={() => { void downloadSession(lab); }}>{text.bar.download}</Button>
    </div>
  );
}
