import { memo } from "react";
import { pathText, type StageLayout } from "./layout/index.ts";

/** Orbits and lines, behind all things, in the diagram's own space. */
export const LinkLayer = memo(function LinkLayer({ layout }: { readonly layout: StageLayout }) {
  return (
    <svg className="links" aria-hidden="true" width="1" height="1">
      <defs>
        <pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="5" height="5" fill="var(--rev-b-soft)" /><rect width="2" height="5" fill="var(--rev-b)" /></pattern>
      </defs>
      {layout.orbits.map((orbit) => <ellipse key={String(orbit.inner)} className="orbit" data-inner={orbit.inner ? "" : undefined} cx={orbit.center.x} cy={orbit.center.y} rx={orbit.rx} ry={orbit.ry} />)}
      {layout.links.map((link) => <path key={link.id} className="link" data-look={link.look} data-from={link.from} data-to={link.to} style={{ d: `path("${pathText(link.curve)}")` } as React.CSSProperties} d={pathText(link.curve)} />)}
    </svg>
  );
});
