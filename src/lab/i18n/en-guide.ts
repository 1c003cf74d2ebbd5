/** English: the guide's pane. */
export const enGuide = {
  welcome: "A cluster is running.", welcomeText: "Three machines and a control plane, simulated in this page. The editor holds a Deployment: press Apply and watch who tells whom.",
  applied: "Now change something.", appliedText: "Set another number of replicas or another image and apply again. Or break something and watch it heal.",
  lessons: "Lessons", start: "Start", minutes: (n: number) => `about ${n} minutes`, broken: (why: string) => `This lesson can't be opened: ${why}`, loading: "Loading the lesson…",
  try: "Things to try", tries: ["Change the image to shop/web:2 and follow the rollout.", "Set the image to shop/web:nope, then undo.", "Crash a node and wait for its pods to come back.", "Ask for more CPU than there is, and read why a pod waits."],
  phases: { predict: "Predict", do: "Do", observe: "Observe", explain: "Explain" },
  stepOf: (step: number, all: number) => `Step ${step} of ${all}`, decide: "Decide", decided: "You decided", next: "Next", back: "Back", leave: "Leave the lesson", finish: "Finish",
  right: "Right.", wrong: "Not quite.", hint: "A hint", checks: "What should be so", done: "so", open: "not yet", finished: "Done.", finishedText: "Stay in this world and try what you like, or choose another.",
} as const;
