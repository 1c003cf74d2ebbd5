import { useText } from "../i18n/index.ts";
import { useHost, useLab, useView, useWorkspace } from "../stores/index.ts";
import { Dialog } from "../ui/index.ts";
import { NodeSketch } from "./NodeSketch.tsx";
import "./gallery.css";

/** Starting worlds to open. */
export function GalleryDialog() {
  const lab = useLab();
  const text = useText();
  const words = text.gallery;
  const open = useView((state) => state.dialog === "gallery");
  const worlds = useHost((state) => state.worlds);
  const title = useWorkspace((state) => state.worldTitle);
  const close = (): void => { lab.stores.view.setState({ dialog: "none" }); };
  const choose = (name: string): void => {
    close();
    lab.life.openWorld(name).catch((error: unknown) => { lab.toast(error instanceof Error ? error.message : String(error), "failed"); });
  };
  return (
    <Dialog open={open} onClose={close} title={words.title} description={words.description} closeLabel={text.dialog.close}>
      {worlds.length === 0 ? <p>{words.empty}</p> : (
        <ul className="worlds">
          {worlds.map((world) => (
            <li key={world.name}>
              <button type="button" className="world" onClick={() => { choose(world.name); }} aria-current={world.title === title ? "true" : undefined}>
                <NodeSketch nodes={world.nodes} />
                <b>{world.title}</b>
                <span className="world-nodes">{words.nodes(world.nodes)}{world.title === title ? ` · ${words.current}` : ""}</span>
                <span className="world-about">{world.description}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
