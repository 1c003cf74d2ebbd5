/** Shortens a name in the middle when it doesn't fit: the end of a generated name is what tells two apart. */
export function MiddleEllipsis({ text, tail = 6, className = "" }: { readonly text: string; readonly tail?: number; readonly className?: string }) {
  const cut = text.length <= tail + 6 ? text.length : text.length - tail;
  return <span className={`middle ${className}`} title={text}><span>{text.slice(0, cut)}</span><span>{text.slice(cut)}</span></span>;
}
