/** A paragraph with *emphasis* and `code`. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.split(/(\*[^*]+\*|`[^`]+`)/);
  return (
    <p>
      {parts.map((part, index) => {
        if (part.startsWith("*") && part.length > 2) return <em key={index}>{part.slice(1, -1)}</em>;
        return part.startsWith("`") && part.length > 2 ? <code key={index}>{part.slice(1, -1)}</code> : part;
      })}
    </p>
  );
}
