import type { ReactNode } from "react";

/** Wraps the page so that manifests can be dropped on it. */
export function DropTarget({ children }: { readonly children: ReactNode }) {
  return children;
}
