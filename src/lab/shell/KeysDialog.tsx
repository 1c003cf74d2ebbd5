import { useText } from "../i18n/index.ts";
import { useLab, useView } from "../stores/index.ts";
import { COMMAND_KEY, Dialog } from "../ui/index.ts";

/** All keys. */
export function KeysDialog() {
  const lab = useLab();
  const text = useText();
  const open = useView((state) => state.dialog === "keys");
  const words = text.keys;
  const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [words.groups.time, [["Space", words.playPause], ["→", words.hop], ["Shift →", words.event], ["Q", words.live], ["E", words.follow], ["R", words.step]]],
    [words.groups.stage, [["1", words.machines], ["2", words.ownership], ["3", words.traffic], ["↑ ↓ ← →", words.move], ["Enter", words.select], ["Shift F10", words.menu], ["F", words.fit], ["Esc", words.clear]]],
    [words.groups.lab, [[`${COMMAND_KEY}K`, words.palette], ["?", words.keys], ["B", words.faults], ["L", words.log], ["W", text.gallery.title], ["G", words.guide], ["D", words.desk], ["P", words.present]]],
  ];
  return (
    <Dialog open={open} onClose={() => { lab.stores.view.setState({ dialog: "none" }); }} title={words.title} description={words.description} closeLabel={text.dialog.close}>
      <div className="key-groups">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>{keys.map(([key, what]) => <div key={what}><dt><kbd className="keycap">{key}</kbd></dt><dd>{what}</dd></div>)}</dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
