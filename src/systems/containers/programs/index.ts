/** Simulated programs: how they start, what they answer, what they use. */
export { answerRequest, nextHealthChange, type ProgramAnswer, type ProgramRequest, type ProgramSurroundings } from "./handlers.ts";
export { type Launch, launchProgram } from "./launch.ts";
export { exhaustsMemoryAt, listensOn, memoryOf, type ProgramPlan, type ProgramProcess } from "./process.ts";
