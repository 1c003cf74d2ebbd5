const MOST = 60;

/** A world as a sketch: its sun and its nodes. */
export function NodeSketch({ nodes }: { readonly nodes: number }) {
  const shown = Math.min(nodes, MOST);
  const columns = Math.ceil(Math.sqrt(shown * 3.4));
  const cell = Math.min(30, 116 / columns);
  const left = 60 - (Math.min(columns, shown) * cell) / 2;
  return (
    <svg className="world-sketch" viewBox="0 0 120 64" aria-hidden="true">
      <circle cx="60" cy="14" r="7" fill="var(--brass-soft)" stroke="var(--brass)" strokeWidth="1.6" />
      <ellipse cx="60" cy="14" rx="34" ry="10" fill="none" stroke="var(--line-2)" />
      {Array.from({ length: shown }, (_, i) => (
        <rect key={i} x={left + (i % columns) * cell + cell * 0.09} y={31 + Math.floor(i / columns) * cell * 0.72} width={cell * 0.82} height={cell * 0.56} rx={Math.min(2, cell * 0.15)} fill="none" stroke="var(--ink-2)" strokeWidth={cell < 12 ? 0.9 : 1.3} />
      ))}
    </svg>
  );
}
