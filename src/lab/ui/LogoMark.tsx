/** The mark: a small world about its sun. */
export function LogoMark({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 26 26" aria-hidden="true">
      <circle cx="13" cy="13" r="3.2" fill="var(--brass)" />
      <ellipse cx="13" cy="13" rx="11.5" ry="5" fill="none" stroke="var(--ink)" strokeWidth="1.3" transform="rotate(-24 13 13)" />
      <circle cx="23.2" cy="8.6" r="2" fill="var(--ink)" />
    </svg>
  );
}
