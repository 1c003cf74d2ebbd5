import { X } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { useText } from "../i18n/index.ts";
import { useLab, type Toast } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

const STAY_MS = 6000;

/** Short notices at the edge; failures stay until dismissed. */
export function Toasts() {
  const lab = useLab();
  const text = useText();
  const toasts = useStore(lab.stores.toasts, (state) => state.toasts);
  return <div className="toasts" role="region" aria-label={text.toast.region}>{toasts.map((toast) => <OneToast key={toast.id} toast={toast} />)}</div>;
}

function OneToast({ toast }: { readonly toast: Toast }) {
  const lab = useLab();
  const text = useText();
  const { toasts } = lab.stores;
  useEffect(() => {
    if (toast.tone === "failed") return undefined;
    const timer = setTimeout(() => { toasts.setState((state) => ({ toasts: state.toasts.filter((one) => one.id !== toast.id) })); }, STAY_MS);
    return () => { clearTimeout(timer); };
  }, [toast, toasts]);
  const dismiss = (): void => { toasts.setState((state) => ({ toasts: state.toasts.filter((one) => one.id !== toast.id) })); };
  return (
    <div className="toast" data-tone={toast.tone} role={toast.tone === "failed" ? "alert" : "status"}>
      <p>{toast.text}</p>
      <Button look="quiet" icon aria-label={text.toast.dismiss} onClick={dismiss}><X size={15} aria-hidden /></Button>
    </div>
  );
}
