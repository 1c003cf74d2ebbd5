import type { ReactNode } from "react";

/** A question or a note across the panel, with what can be done about it. */
export function Strip({ text, tone = "plain", children }: { readonly text: string; readonly tone?: "plain" | "failed"; readonly children?: ReactNode }) {
  return (
    <div className="strip" data-tone={tone} role={tone === "failed" ? "alert" : "status"}>
      <p>{text}</p>
      {children === undefined ? null : <div className="strip-actions">{children}</div>}
    </div>
  );
}
