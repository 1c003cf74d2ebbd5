import { useId, useState } from "react";
import { useText } from "../i18n/index.ts";
import { useLab, useSelection } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { FAULTS, faultOf, type FaultEntry } from "./fault-words.ts";
import { containersOf, suggestedTarget, targetsFor } from "./fault-targets.ts";

const GROUPS: readonly FaultEntry["group"][] = ["machine", "part", "link", "container", "resource", "image"];

/** Choose a fault on the left, say to what on the right. It begins with a fault that fits the selected thing. */
export function FaultForm({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const text = useText();
  const selected = useSelection((state) => state.entityId);
  const [entry, setEntry] = useState<FaultEntry>(() => fitting(lab.entities.get(selected)?.type ?? ""));
  return (
    <div className="faults">
      <div className="fault-list" role="radiogroup" aria-label={text.stage.faults.title}>
        {GROUPS.map((group) => (
          <div key={group} role="presentation">
            <h3>{text.stage.faults.groups[group]}</h3>
            {FAULTS.filter((one) => one.group === group).map((one) => (
              <label key={one.kind} className="fault-choice"><input type="radio" name="fault" checked={one === entry} onChange={() => { setEntry(one); }} /><span>{one.title}</span></label>
            ))}
          </div>
        ))}
      </div>
      <FaultDetails key={entry.kind} entry={entry} onDone={onDone} />
    </div>
  );
}

function FaultDetails({ entry, onDone }: { readonly entry: FaultEntry; readonly onDone: () => void }) {
  const lab = useLab();
  const text = useText();
  const words = text.stage.faults;
  const selected = useSelection((state) => state.entityId);
  const targets = targetsFor(entry.target, lab.entities);
  const [target, setTarget] = useState(() => suggestedTarget(entry.target, lab.entities, selected) ?? targets[0] ?? "");
  const [other, setOther] = useState(() => targets.find((one) => one !== target) ?? "");
  const [amount, setAmount] = useState(entry.amount?.start ?? 0);
  const containers = entry.target === "pod" ? containersOf(target, lab.entities) : [];
  const [chosen, setContainer] = useState("");
  const container = containers.includes(chosen) ? chosen : containers[0] ?? "";
  const inject = async (): Promise<void> => {
    if (await lab.injectFault(faultOf(entry, target, other, container, amount))) onDone();
  };
  return (
    <form className="fault-details" onSubmit={(event) => { event.preventDefault(); void inject(); }}>
      <p className="fault-does">{entry.does}</p>
      {targets.length === 0 ? <p>{words.none}</p> : <Choice label={words.target} value={target} options={targets} onChange={setTarget} free={entry.target === "image"} />}
      {entry.target === "end" ? <Choice label={words.other} value={other} options={targets.filter((one) => one !== target)} onChange={setOther} free={false} /> : null}
      {containers.length > 1 ? <Choice label={words.container} value={container} options={containers} onChange={setContainer} free={false} /> : null}
      {entry.amount === undefined ? null : <label className="field">{entry.amount.label}<input type="number" required min={entry.amount.least} max={entry.amount.most} value={amount} onChange={(event) => { setAmount(Number(event.target.value)); }} /></label>}
      <Button type="submit" look="go" disabled={target === ""}>{words.inject}</Button>
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
  /** True = anything may be typed; the options are suggestions. */
  readonly free: boolean;
}

function Choice({ label, value, options, onChange, free }: ChoiceProps) {
  const list = useId();
  if (free) return <label className="field">{label}<input list={list} required value={value} onChange={(event) => { onChange(event.target.value); }} /><datalist id={list}>{options.map((one) => <option key={one} value={one} />)}</datalist></label>;
  return <label className="field">{label}<select value={value} onChange={(event) => { onChange(event.target.value); }}>{options.map((one) => <option key={one} value={one}>{one}</option>)}</select></label>;
}

/** The first fault that can be done to a thing of this type. */
function fitting(type: string): FaultEntry {
  const wanted = type === "pod" ? "kill-container" : type === "component" ? "stop-component" : "crash-node";
  return FAULTS.find((one) => one.kind === wanted) ?? (FAULTS[0] as FaultEntry);
}
