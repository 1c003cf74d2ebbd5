import { useState } from "react";
import type { Inspection } from "../../protocol/index.ts";
import { clockText, spanText, useText } from "../i18n/index.ts";
import { useClock } from "../stores/index.ts";

/** Facts, conditions, events and how true all this is. */
export function Summary({ inspection, now }: { readonly inspection: Inspection; readonly now: number }) {
  const text = useText();
  const words = text.inspector;
  return (
    <>
      <section aria-label={words.facts}>
        <dl className="facts">{inspection.facts.map((fact) => <div key={fact.name}><dt>{fact.name}</dt><dd>{fact.value}</dd></div>)}</dl>
      </section>
      {inspection.conditions.length === 0 ? null : <Conditions inspection={inspection} now={now} />}
      <Events inspection={inspection} now={now} />
      {inspection.honesty.length === 0 ? null : <Honesty inspection={inspection} />}
    </>
  );
}

function Conditions({ inspection, now }: { readonly inspection: Inspection; readonly now: number }) {
  const text = useText();
  const words = text.inspector;
  return (
    <section>
      <h3>{words.conditions}</h3>
      <table className="conditions">
        <thead><tr><th scope="col">{words.type}</th><th scope="col">{words.status}</th><th scope="col">{words.since}</th></tr></thead>
        <tbody>
          {inspection.conditions.map((one) => (
            <tr key={one.type}>
              <th scope="row">{one.type}{one.reason === "" && one.message === "" ? null : <small>{one.reason}{one.reason !== "" && one.message !== "" ? ": " : ""}{one.message}</small>}</th>
              <td data-status={one.status}>{one.status}</td>
              <td><When at={one.since} now={now} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const FIRST = 12;

function Events({ inspection, now }: { readonly inspection: Inspection; readonly now: number }) {
  const text = useText();
  const words = text.inspector;
  const [all, showAll] = useState(false);
  const events = [...inspection.events].reverse();
  const shown = all ? events : events.slice(0, FIRST);
  return (
    <section>
      <h3>{words.events}{events.length > 1 ? <small>{words.eventsNewest}</small> : null}</h3>
      {events.length === 0 ? <p className="inspector-dim">{words.noEvents}</p> : (
        <ul className="events">
          {shown.map((one, index) => (
            <li key={`${one.reason} ${one.source} ${events.length - index}`} data-type={one.type}>
              <p><b>{one.type === "Warning" ? `${words.warning}: ` : ""}{one.reason}</b>{one.count > 1 ? <span className="event-count" title={words.timesLong(one.count)}>{words.times(one.count)}</span> : null}<When at={one.lastSeen} now={now} /></p>
              <p>{one.message}</p>
              <p className="inspector-dim">{words.from(one.source)}</p>
            </li>
          ))}
        </ul>
      )}
      {shown.length < events.length ? <button type="button" className="inspector-more" onClick={() => { showAll(true); }}>{words.allEvents(events.length)}</button> : null}
    </section>
  );
}

function Honesty({ inspection }: { readonly inspection: Inspection }) {
  const text = useText();
  const words = text.inspector;
  return (
    <details className="honesty">
      <summary>{words.honesty}<small>{words.honestyCount(inspection.honesty.length)}</small></summary>
      <ul>{inspection.honesty.map((one) => <li key={one.behaviour}><b>{one.behaviour}</b> <span data-standing={one.standing}>{words.standing[one.standing]}</span><p>{one.note}</p></li>)}</ul>
    </details>
  );
}

/** A moment of simulated time as an age. */
export function When({ at, now }: { readonly at: string; readonly now: number }) {
  const text = useText();
  const startedAt = useClock((state) => state.startedAt);
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) return <span className="when">{text.inspector.unknownTime}</span>;
  return <time className="when" dateTime={at} title={text.inspector.simulated(clockText(ms - startedAt))}>{text.inspector.ago(spanText(Math.max(0, now - ms)))}</time>;
}
