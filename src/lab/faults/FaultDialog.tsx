import { useText } from "../i18n/index.ts";
import { useLab, useView } from "../stores/index.ts";
import { Dialog } from "../ui/index.ts";
import { FaultForm } from "./FaultForm.tsx";

/** The palette of faults. */
export function FaultDialog() {
  const lab = useLab();
  const text = useText();
  const words = text.stage.faults;
  const open = useView((state) => state.dialog === "faults");
  const close = (): void => { lab.stores.view.setState({ dialog: "none" }); };
  return (
    <Dialog open={open} onClose={close} title={words.title} description={words.description} closeLabel={text.dialog.close}>
      <FaultForm onDone={close} />
    </Dialog>
  );
}
