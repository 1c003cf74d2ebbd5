import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: "plain" | "go" | "quiet" | "text";
  readonly icon?: boolean;
  readonly "data-tool"?: string;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
}

/** A button in one of four looks; `icon` makes it square and needs an aria-label. */
export function Button({ look = "plain", icon = false, className = "", children, ...rest }: ButtonProps) {
  return <button type="button" className={`button ${className}`} data-look={look} data-icon={icon ? "" : undefined} {...rest}>{children}</button>;
}
