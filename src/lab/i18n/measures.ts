const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span of simulated time in the largest two units that matter: "450 ms", "12 s", "3 min 20 s", "2 h 5 min". */
export function spanText(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < HOUR) return pair(Math.floor(ms / MINUTE), "min", Math.floor((ms % MINUTE) / SECOND), "s");
  if (ms < DAY) return pair(Math.floor(ms / HOUR), "h", Math.floor((ms % HOUR) / MINUTE), "min");
  return pair(Math.floor(ms / DAY), "d", Math.floor((ms % DAY) / HOUR), "h");
}

/** The same in its largest unit only, where room is short: "16 min". */
export function briefSpanText(ms: number): string {
  return spanText(ms).split(" ").slice(0, 2).join(" ");
}

function pair(first: number, unit: string, second: number, smaller: string): string {
  return second === 0 ? `${first} ${unit}` : `${first} ${unit} ${second} ${smaller}`;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** Time since the world began, as a clock: "00:42.310", with hours from the first hour on. */
export function clockText(ms: number): string {
  const whole = Math.max(0, Math.floor(ms));
  const hours = Math.floor(whole / HOUR);
  const rest = `${two(Math.floor((whole % HOUR) / MINUTE))}:${two(Math.floor((whole % MINUTE) / SECOND))}.${String(whole % SECOND).padStart(3, "0")}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Processor share as people say it: "250 m" below one core, "1.5 cores" above. */
export function cpuText(millis: number): string {
  if (millis < 1000) return `${millis} m`;
  const cores = Math.round(millis / 100) / 10;
  return cores === 1 ? "1 core" : `${cores} cores`;
}

const STEPS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** Bytes in powers of two: "512 MiB". */
export function bytesText(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1024 && step < STEPS.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${value >= 10 || step === 0 ? Math.round(value) : Math.round(value * 10) / 10} ${STEPS[step] ?? "B"}`;
}
