import { useMemo } from "react";

/** A sentence with some of its parts in strong type. */
export function StrongText({ sentence, strong }: { readonly sentence: string; readonly strong: readonly string[] }) {
  const parts = useMemo(() => splitStrong(sentence, strong), [sentence, strong]);
  return <>{parts.map((part, i) => (part.strong ? <b key={i}>{part.text}</b> : <span key={i}>{part.text}</span>))}</>;
}

interface Part {
  readonly text: string;
  readonly strong: boolean;
}

/** Cuts a sentence at the parts to print strong; the longest part wins where two begin at one place. */
export function splitStrong(sentence: string, strong: readonly string[]): Part[] {
  const parts: Part[] = [];
  let rest = sentence;
  while (rest !== "") {
    let at = rest.length;
    let found = "";
    for (const one of strong) {
      const place = one === "" ? -1 : rest.indexOf(one);
      if (place >= 0 && (place < at || (place === at && one.length > found.length))) [at, found] = [place, one];
    }
    if (at > 0) parts.push({ text: rest.slice(0, at), strong: false });
    if (found !== "") parts.push({ text: found, strong: true });
    rest = rest.slice(at + found.length);
  }
  return parts;
}
