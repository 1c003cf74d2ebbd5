import { ToggleGroup } from "radix-ui";

interface SegmentsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string; readonly hint?: string }[];
  readonly onChange: (value: V) => void;
}

/** One of a few, side by side. */
export function Segments<V extends string>({ label, value, options, onChange }: SegmentsProps<V>) {
  const choose = (next: string): void => {
    const option = options.find((one) => one.value === next);
    if (option !== undefined) onChange(option.value);
  };
  return (
    <ToggleGroup.Root type="single" className="segments" aria-label={label} value={value} onValueChange={choose}>
      {options.map((option) => <ToggleGroup.Item key={option.value} value={option.value} title={option.hint}>{option.label}</ToggleGroup.Item>)}
    </ToggleGroup.Root>
  );
}
