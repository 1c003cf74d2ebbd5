import { X, Zap } from "lucide-react";
import { useText } from "../i18n/index.ts";
import { cureOf, useFaults, useLab } from "../stores/index.ts";
import { chipText } from "./fault-words.ts";
import "./faults.css";

/** Faults at work, over the stage; each can be mended. */
export function FaultChips() {
  const lab = useLab();
  const text = useText();
  const active = useFaults((state) => state.active);
  if (active.length === 0) return null;
  return (
    <ul className="fault-chips" aria-label={text.stage.faults.active}>
      {active.map(({ key, fault }) => {
        const cure = cureOf(fault);
        const words = chipText(fault);
        return (
          <li key={key}>
            <Zap size={13} aria-hidden /><span>{words}</span>
            {cure === null ? null : <button type="button" aria-label={text.stage.faults.chip(words)} title={text.stage.faults.heal} onClick={() => { void lab.injectFault(cure); }}><X size={14} aria-hidden /></button>}
          </li>
        );
      })}
    </ul>
  );
}
