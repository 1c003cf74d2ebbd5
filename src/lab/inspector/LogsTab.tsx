import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { createThrottle } from "./throttle.ts";

const POLL_MS = 500;
const TAIL = 1_000;

interface Log {
  readonly lines: readonly string[];
  readonly error: string;
}

/** A container's log: which container, which run, followed while time runs, searched as one types. */
export function LogsTab({ target, containers }: { readonly target: ObjectRef; readonly containers: readonly string[] }) {
  const text = useText();
  const words = text.inspector.logs;
  const [wanted, want] = useState("");
  const [previous, showPrevious] = useState(false);
  const [follow, setFollow] = useState(true);
  const [find, setFind] = useState("");
  const container = containers.includes(wanted) ? wanted : containers.at(-1) ?? "";
  const log = useLog(target, container, previous, follow);
  const shown = useMemo(() => (find === "" ? log?.lines : log?.lines.filter((line) => line.toLowerCase().includes(find.toLowerCase()))), [log, find]);
  return (
    <>
      <div className="inspector-tools">
        <select aria-label={words.container} value={container} onChange={(event) => { want(event.target.value); }}>{containers.map((name) => <option key={name} value={name}>{name}</option>)}</select>
        <label className="check"><input type="checkbox" checked={previous} onChange={(event) => { showPrevious(event.target.checked); }} />{words.previous}</label>
        <label className="check"><input type="checkbox" checked={follow} onChange={(event) => { setFollow(event.target.checked); }} />{words.follow}</label>
        <input type="search" aria-label={words.find} placeholder={words.find} value={find} onChange={(event) => { setFind(event.target.value); }} />
      </div>
      {log !== null && log.error !== "" ? <p className="inspector-note" role="status">{log.error}</p> : null}
      {find !== "" && shown !== undefined ? <p className="inspector-dim log-matches" role="status">{shown.length === 0 ? words.noMatch : words.matches(shown.length)}</p> : null}
      {log === null ? <p className="inspector-note" role="status">{text.inspector.loading}</p> : <LogLines lines={shown ?? []} follow={follow} label={words.of(container)} empty={log.error === "" && find === "" ? words.none : ""} />}
    </>
  );
}

function LogLines({ lines, follow, label, empty }: { readonly lines: readonly string[]; readonly follow: boolean; readonly label: string; readonly empty: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => { if (follow && box.current !== null) box.current.scrollTop = box.current.scrollHeight; }, [lines, follow]);
  if (lines.length === 0) return empty === "" ? null : <p className="inspector-note">{empty}</p>;
  return <div className="log" ref={box} tabIndex={0} role="region" aria-label={label}><pre>{lines.join("\n")}</pre></div>;
}

/** Reads a log now, and while following again as time runs. The same lines stay the same array: nothing is drawn anew. */
function useLog(target: ObjectRef, container: string, previous: boolean, follow: boolean): Log | null {
  const lab = useLab();
  const [log, setLog] = useState<Log | null>(null);
  useEffect(() => {
    let [over, busy] = [false, false];
    const read = async (): Promise<void> => {
      if (busy || container === "") return;
      busy = true;
      const answer = await lab.ask("logs", { ref: target, container, previous, tail: TAIL }).catch((error: unknown): Log => ({ lines: [], error: error instanceof Error ? error.message : String(error) }));
      busy = false;
      if (!over) setLog((before) => (before !== null && sameLog(before, answer) ? before : answer));
    };
    setLog(null);
    const throttle = createThrottle(() => { void read(); });
    void read();
    const stop = lab.stores.clock.subscribe((state, before) => { if (follow && state.now !== before.now) throttle.within(POLL_MS); });
    return () => {
      over = true;
      throttle.stop();
      stop();
    };
  }, [lab, target, container, previous, follow]);
  return log;
}

function sameLog(a: Log, b: Log): boolean {
  return a.error === b.error && a.lines.length === b.lines.length && a.lines.at(-1) === b.lines.at(-1) && a.lines[0] === b.lines[0];
}
