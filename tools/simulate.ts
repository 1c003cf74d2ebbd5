/**
 * Lives through random clusters: `npm run simulate -- [--seeds 1..200] [--seed N] [--minutes M] [--no-replay] [--shrink] [--keep-going]`.
 * A seed that fails is printed with its options and shrunk into a session document that `npm run scenario` can play.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Outcome, planSimulation, shrinkPlan, simulatePlan, type SimulationOptions } from "../src/systems/kubernetes/simulation/index.ts";

const OUT = ".cache/simulation";

function main(): void {
  const { values } = parseArgs({ options: { seeds: { type: "string" }, seed: { type: "string" }, minutes: { type: "string" }, replay: { type: "boolean" }, "no-replay": { type: "boolean" }, shrink: { type: "boolean" }, "keep-going": { type: "boolean" }, plan: { type: "boolean" } } });
  const [first, last] = range(values.seed ?? values.seeds ?? "1..50");
  const options: SimulationOptions = { ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }), replay: values["no-replay"] !== true };
  const started = process.hrtime.bigint();
  let events = 0;
  let failed = 0;
  for (let seed = first; seed <= last; seed++) {
    const plan = planSimulation(seed, options.minutes);
    if (values.plan === true) for (const { label, steps } of plan.pieces) console.log(`  ${steps.map(({ at }) => at).join(" … ")} ms  ${label}`);
    const outcome = attempt(seed, () => simulatePlan(plan, options));
    events += outcome?.events ?? 0;
    if (outcome !== undefined && outcome.problems.length === 0) continue;
    failed++;
    if (outcome !== undefined) tell(outcome, options, values.shrink === true);
    if (values["keep-going"] !== true) break;
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(`seeds ${first}..${last}: ${failed} failed, ${events} events in ${seconds.toFixed(1)} s`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function attempt(seed: number, run: () => Outcome): Outcome | undefined {
  try {
    return run();
  } catch (error) {
    console.error(`seed ${seed} threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return undefined;
  }
}

function tell(outcome: Outcome, options: SimulationOptions, shrinks: boolean): void {
  console.error(`seed ${outcome.seed} (${options.minutes ?? 5} minutes) fails; at ${(outcome.untilMs / 1000).toFixed(0)} s:`);
  for (const problem of outcome.problems.slice(0, 8)) console.error(`  ${problem}`);
  if (!shrinks) return;
  const small = shrinkPlan(planSimulation(outcome.seed, options.minutes), outcome, { ...options, replay: false });
  const again = simulatePlan(small, options);
  for (const { label, steps } of small.pieces) console.error(`    ${steps.map(({ at }) => at).join(" … ")} ms  ${label}`);
  for (const problem of again.problems.slice(0, 4)) console.error(`    → ${problem}`);
  mkdirSync(OUT, { recursive: true });
  const path = `${OUT}/seed-${outcome.seed}.json`;
  writeFileSync(path, `${JSON.stringify(again.document, null, 1)}\n`);
  console.error(`    npm run scenario -- ${path} --until ${Math.ceil(again.untilMs / 1000)}s`);
}

function range(text: string): readonly [number, number] {
  const [first, last = first] = text.split("..").map(Number);
  if (first === undefined || last === undefined || !Number.isSafeInteger(first) || !Number.isSafeInteger(last)) {
    console.error(`--seeds: "${text}" is not a range such as 1..200`);
    process.exit(1);
  }
  return [first, last];
}

main();
