/** What a benchmark is, and what its result looks like. */
export interface Benchmark {
  /** Kebab-case; `npm run bench -- NAME` picks by prefix. */
  readonly name: string;
  readonly unit: string;
  readonly goal: number;
  /** Whether the goal is a floor or a ceiling. */
  readonly better: "higher" | "lower";
  /** "growth" figures are ratios and gate CI; "speed" figures depend on the machine and are only printed. */
  readonly kind: "growth" | "speed";
  run(): number | Promise<number>;
}

/** One line of the table. */
export interface BenchmarkResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number;
  readonly holds: boolean;
}

/** Median of several measurements, to keep one hiccup from deciding. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** CPU time of a piece of work, ms (user and system of this process). */
export function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
