/** Time: to be filled. */
export function Timeline({ compact = false }: { readonly compact?: boolean }) {
  return <footer id="time" className="time" data-compact={compact ? "" : undefined} />;
}
