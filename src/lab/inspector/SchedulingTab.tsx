import { useEffect, useState } from "react";
import type { AttemptRow, AttemptView, Inspection, ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useEntity, useLab } from "../stores/index.ts";
import { createThrottle } from "./throttle.ts";

const REST_MS = 1_000;

/** Why the pod is where it is, or nowhere: the scheduler's table, node by plugin. */
export function SchedulingTab({ target, entityId, inspection }: { readonly target: ObjectRef; readonly entityId: string; readonly inspection: Inspection }) {
  const text = useText();
  const words = text.inspector.scheduling;
  const pod = useEntity("pod", entityId);
  const attempt = useAttempt(target);
  const pending = pod !== undefined && pod.node === "";
  const said = inspection.conditions.find((one) => one.type === "PodScheduled" && one.status === "False")?.message ?? "";
  return (
    <>
      <h3>{pending ? words.pendingTitle : words.placedTitle}</h3>
      {pod === undefined ? null : <p className="scheduling-lead">{pending ? said === "" ? words.unplaced : said : words.placed(pod.node)}</p>}
      {attempt === "busy" ? <p className="inspector-dim" role="status">{words.busy}</p> : attempt === null ? <p className="inspector-dim">{words.none} {words.noneHint}</p> : <AttemptTable attempt={attempt} said={said} />}
    </>
  );
}

/** Asked anew as the cluster changes, at most once a second. */
function useAttempt(target: ObjectRef): AttemptView | null | "busy" {
  const lab = useLab();
  const [attempt, setAttempt] = useState<AttemptView | null | "busy">("busy");
  useEffect(() => {
    let over = false;
    const read = async (): Promise<void> => {
      const answer = await lab.ask("attempt", { ref: target }).catch(() => null);
      if (!over) setAttempt(answer);
    };
    const throttle = createThrottle(() => { void read(); });
    void read();
    const stop = lab.stores.clock.subscribe((state, before) => { if (state.revision !== before.revision) throttle.within(REST_MS); });
    return () => {
      over = true;
      throttle.stop();
      stop();
    };
  }, [lab, target]);
  return attempt;
}

function AttemptTable({ attempt, said }: { readonly attempt: AttemptView; readonly said: string }) {
  const text = useText();
  const words = text.inspector.scheduling;
  const rows = [...attempt.rows].sort((a, b) => Number(b.chosen) - Number(a.chosen) || Number(a.refusedBy !== "") - Number(b.refusedBy !== "") || b.total - a.total);
  const most = Math.max(1, ...rows.map((row) => row.total));
  const plugins = [...new Set(rows.flatMap((row) => row.scores.map((score) => score.plugin)))];
  return (
    <>
      {attempt.message === "" || attempt.message === said ? null : <p>{attempt.message}</p>}
      <div className="attempt-box" tabIndex={0} role="region" aria-label={words.caption(attempt.pod)}>
        <table className="attempt">
          <thead><tr><th scope="col">{words.node}</th><th scope="col">{words.verdict}</th>{plugins.map((plugin) => <th key={plugin} scope="col" className="attempt-plugin">{spaced(plugin)}</th>)}</tr></thead>
          <tbody>{rows.map((row) => <Row key={row.node} row={row} plugins={plugins} most={most} />)}</tbody>
        </table>
      </div>
    </>
  );
}

function Row({ row, plugins, most }: { readonly row: AttemptRow; readonly plugins: readonly string[]; readonly most: number }) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector.scheduling;
  const refused = row.refusedBy !== "";
  return (
    <tr data-refused={refused ? "" : undefined} data-chosen={row.chosen ? "" : undefined}>
      <th scope="row"><button type="button" className="attempt-node" onClick={() => { lab.select({ apiVersion: "v1", kind: "Node", namespace: "", name: row.node }); }}>{row.node}</button></th>
      {refused ? <td colSpan={1 + plugins.length} className="attempt-why"><b>{words.refused(row.refusedBy)}</b><span>{row.reason}</span></td> : (
        <>
          <td className="attempt-total"><b>{row.chosen ? words.chosen : words.passed}</b><span className="bar-line"><i style={{ width: `${Math.round((100 * row.total) / most)}%` }} /></span><span className="mono">{row.total}</span></td>
          {plugins.map((plugin) => <ScoreCell key={plugin} row={row} plugin={plugin} />)}
        </>
      )}
    </tr>
  );
}

function ScoreCell({ row, plugin }: { readonly row: AttemptRow; readonly plugin: string }) {
  const text = useText();
  const score = row.scores.find((one) => one.plugin === plugin);
  if (score === undefined) return <td>{text.inspector.unknownTime}</td>;
  return <td className="mono attempt-score" title={text.inspector.scheduling.raw(plugin, score.raw, score.normalised, score.weight)}>{score.normalised}<small>×{score.weight}</small></td>;
}

/** "NodeResourcesFit" may break between its words. */
function spaced(plugin: string): string {
  return plugin.replace(/([a-z])([A-Z])/g, "$1\u200b$2");
}
