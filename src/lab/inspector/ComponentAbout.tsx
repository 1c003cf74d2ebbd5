import { Cpu } from "lucide-react";
import { useText } from "../i18n/index.ts";
import { useCaptions, useEntity, useFaults, useLab, cureOf } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

const LAST = 8;

/** A part of the control plane: what it does, how it is, what ails it. */
export function ComponentAbout({ id }: { readonly id: string }) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector.part;
  const part = useEntity("component", id);
  const log = useCaptions((state) => state.log);
  const active = useFaults((state) => state.active);
  if (part === undefined) return null;
  const own = active.filter(({ fault }) => fault.target === id || ("other" in fault && fault.other === id));
  const said = log.filter((caption) => caption.component === id).slice(-LAST).reverse();
  return (
    <div className="inspector">
      <header className="inspector-head">
        <p className="inspector-kind">{words.controlPlane}</p>
        <div className="inspector-title"><h2>{part.title}</h2><p className="inspector-state" data-tone={part.status === "up" ? "ready" : "failed"}><Cpu size={15} aria-hidden /><span>{text.stage.node.status[part.status]}</span></p></div>
      </header>
      <div className="inspector-pane">
        <section><h3>{words.does}</h3><p>{words.duty[id] ?? ""}</p></section>
        {part.line === "" ? null : <dl className="facts"><div><dt>{words.state}</dt><dd>{part.line}</dd></div></dl>}
        <section>
          <h3>{words.faults}</h3>
          {own.length === 0 ? <p className="inspector-dim">{words.noFaults}</p> : <ul className="events">{own.map(({ key, fault }) => { const cure = cureOf(fault); return <li key={key}><p><b>{fault.kind.replaceAll("-", " ")}</b></p>{cure === null ? null : <Button onClick={() => { void lab.injectFault(cure); }}>{words.mend}</Button>}</li>; })}</ul>}
        </section>
        <section>
          <h3>{words.said}</h3>
          {said.length === 0 ? <p className="inspector-dim">{words.nothing}</p> : <ul className="events">{said.map((caption) => <li key={caption.id}><button type="button" className="inspector-said" onClick={() => { lab.selectNote(caption.object, caption.component); }}>{caption.sentence}</button></li>)}</ul>}
        </section>
      </div>
      <footer className="inspector-actions"><div className="inspector-buttons"><Button onClick={() => { lab.stores.view.setState({ dialog: "faults" }); }}>{words.break}</Button></div></footer>
    </div>
  );
}
