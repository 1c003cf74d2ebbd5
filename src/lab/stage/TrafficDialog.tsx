import { useState } from "react";
import type { TrafficSpec } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab, useView } from "../stores/index.ts";
import { Button, Dialog, Segments } from "../ui/index.ts";

/** Starts a client that sends requests. */
export function TrafficDialog() {
  const lab = useLab();
  const text = useText();
  const words = text.stage.traffic;
  const open = useView((state) => state.dialog === "traffic");
  const close = (): void => { lab.stores.view.setState({ dialog: "none" }); };
  return (
    <Dialog open={open} onClose={close} title={words.title} description={words.description} closeLabel={text.dialog.close}>
      <TrafficForm onDone={close} />
    </Dialog>
  );
}

function TrafficForm({ onDone }: { readonly onDone: () => void }) {
  const lab = useLab();
  const text = useText();
  const words = text.stage.traffic;
  const [spec, setSpec] = useState<TrafficSpec>(() => suggestion(lab));
  const change = (part: Partial<TrafficSpec>): void => { setSpec((before) => ({ ...before, ...part })); };
  const start = async (): Promise<void> => {
    await lab.commands.traffic(spec, true);
    lab.stores.view.setState({ stage: "traffic" });
    onDone();
  };
  return (
    <form className="traffic-form" onSubmit={(event) => { event.preventDefault(); void start(); }}>
      <label className="field">{words.name}<input required value={spec.name} pattern="[a-z0-9-]{1,40}" onChange={(event) => { change({ name: event.target.value }); }} /></label>
      <label className="field">{words.url}<input required className="mono" value={spec.url} onChange={(event) => { change({ url: event.target.value }); }} /></label>
      <label className="field">{words.rate}<input type="number" required min={0.1} max={200} step={0.1} value={spec.perSecond} onChange={(event) => { change({ perSecond: Number(event.target.value) }); }} /></label>
      <div className="field"><span>{words.from}</span><Segments label={words.from} value={spec.from} onChange={(from) => { change({ from }); }} options={[{ value: "inside", label: words.inside }, { value: "outside", label: words.outside }]} /></div>
      <Button type="submit" look="go">{words.go}</Button>
    </form>
  );
}

/** Begins with the selected Service, or else the first that isn't the API's own. */
function suggestion(lab: ReturnType<typeof useLab>): TrafficSpec {
  const { entities, stores } = lab;
  const service = entities.as("service", stores.selection.getState().entityId) ?? entities.all("service").find((one) => one.name !== "kubernetes" && one.namespace !== "kube-system");
  const port = /^(\d+)/.exec(service?.ports[0] ?? "")?.[1] ?? "80";
  const taken = entities.count("client");
  return { name: taken === 0 ? "shopper" : `shopper-${taken + 1}`, url: service === undefined ? "http://web.default:80/" : `http://${service.name}.${service.namespace}:${port}/`, perSecond: 5, from: "inside" };
}
