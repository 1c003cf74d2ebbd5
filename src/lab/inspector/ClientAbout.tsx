import { useText } from "../i18n/index.ts";
import { useEntity, useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

/** A program that sends requests: what it asks and what comes back. */
export function ClientAbout({ id }: { readonly id: string }) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector.client;
  const client = useEntity("client", id);
  if (client === undefined) return null;
  const facts: readonly (readonly [string, string])[] = [
    [words.calls, client.target], [words.rate, words.perSecond(client.perSecond)], [words.sent, String(client.sent)], [words.answered, String(client.answered)], [words.failed, String(client.failed)], [words.latency, words.ms(client.latencyMs)],
    ...(client.lastError === "" ? [] : [[words.lastError, client.lastError] as const]),
  ];
  const most = Math.max(1, ...Object.values(client.byPod));
  return (
    <div className="inspector">
      <header className="inspector-head"><p className="inspector-kind">{words.title}</p><div className="inspector-title"><h2>{client.name}</h2></div></header>
      <div className="inspector-pane">
        <dl className="facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
        <section>
          <h3>{words.byPod}</h3>
          <ul className="by-pod">{Object.entries(client.byPod).map(([pod, answers]) => <li key={pod}><button type="button" className="inspector-said" onClick={() => { lab.selectEntity(pod); }}>{lab.entities.as("pod", pod)?.name ?? pod}</button><span className="bar-line"><i style={{ width: `${Math.round((100 * answers) / most)}%` }} /></span><span className="mono">{answers}</span></li>)}</ul>
        </section>
      </div>
      <footer className="inspector-actions"><div className="inspector-buttons"><Button onClick={() => { void lab.commands.traffic({ name: client.name, url: client.target, perSecond: client.perSecond, from: "inside" }, false); }}>{words.stop}</Button></div></footer>
    </div>
  );
}
