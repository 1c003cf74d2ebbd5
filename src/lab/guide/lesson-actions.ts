import { evaluateCheck, type Lesson, neededFacts } from "../../lesson-format/index.ts";
import { lessonStore } from "../lessons/index.ts";
import type { Lab } from "../stores/index.ts";

/** Opens the lesson's world and its first step. */
export async function startLesson(lab: Lab, id: string, lesson: Lesson): Promise<void> {
  await lab.life.openWorld(lesson.world, { seed: lesson.seed, title: lesson.title, manifest: lesson.manifest });
  lessonStore.setState({ id, lesson, step: 0, answers: {}, results: {}, hints: {}, enteredAt: {} });
  await enterStep(lab, 0);
}

/** Goes to a step: the stage and the pace follow it. */
export async function enterStep(lab: Lab, step: number): Promise<void> {
  const { lesson, enteredAt } = lessonStore.getState();
  const wanted = lesson?.steps[step];
  if (wanted === undefined) return;
  lessonStore.setState({ step, enteredAt: { ...enteredAt, [step]: enteredAt[step] ?? lab.stores.clock.getState().now } });
  if (wanted.view !== "") lab.stores.view.setState({ stage: wanted.view });
  if (wanted.pace !== "") await lab.commands.setPace(wanted.pace, wanted.speed);
}

/** Leaves the lesson; the world stays. */
export function leaveLesson(): void {
  lessonStore.setState({ id: "", lesson: null, step: 0, answers: {}, results: {}, hints: {}, enteredAt: {} });
}

/** Holds the present step's checks against state and history. */
export async function checkStep(lab: Lab): Promise<void> {
  const { lesson, step, id, enteredAt } = lessonStore.getState();
  const wanted = lesson?.steps[step]?.checks ?? [];
  const checks = lesson?.checks.filter((check) => wanted.includes(check.id)) ?? [];
  if (checks.length === 0) return;
  const facts = await lab.ask("facts", { ...neededFacts(checks), since: enteredAt[step] ?? 0 });
  if (lessonStore.getState().id !== id || lessonStore.getState().step !== step) return;
  const results = Object.fromEntries(checks.map((check) => [check.id, evaluateCheck(check, facts)]));
  lessonStore.setState((state) => ({ results: { ...state.results, ...results } }));
}

/** True when the step's question is decided and its checks hold. */
export function isStepDone(state: ReturnType<typeof lessonStore.getState>): boolean {
  const step = state.lesson?.steps[state.step];
  if (step === undefined) return false;
  if (step.question !== null && state.answers[state.step] === undefined) return false;
  return step.checks.every((id) => state.results[id]?.holds === true);
}
