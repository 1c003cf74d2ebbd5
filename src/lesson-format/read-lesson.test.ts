import { describe, expect, it } from "vitest";
import { type Lesson, readLesson } from "./index.ts";

const FRONT = "---\ntitle: Promises\nsummary: What a Deployment keeps.\nworld: empty\n---\n\nWords before the first step are for authors.\n\n";
const STEPS = `## predict: Who makes the pods?

A Deployment says *what*.
It does not say \`how\`.

Think first.

\`\`\`yaml step
view: ownership
pace: follow
speed: 2
question:
  ask: Who?
  options:
    - {text: ReplicaSet, right: true, feedback: Yes., detail: It counts.}
    - {text: etcd, feedback: etcd only keeps.}
\`\`\`

## do: Scale it: to five

Do it.

\`\`\`yaml step
checks: [scaled]
\`\`\`
`;
const CHECKS = "checks:\n  - id: scaled\n    say: It has five.\n    otherwise: It has {found}.\n    hints: [Look., Closer., Type it.]\n    expect: {state: {kind: Pod, count: 5}}\n    misconceptions:\n      - {when: {state: {kind: Pod, count: 1}}, say: One is not five.}\n";

const read = (change: { readonly lesson?: string; readonly checks?: string } = {}): Lesson | readonly string[] => readLesson({ lesson: FRONT + STEPS, checks: CHECKS, manifest: "kind: Pod\n", ...change });
const problems = (change: { readonly lesson?: string; readonly checks?: string }): readonly string[] => {
  const result = read(change);
  return Array.isArray(result) ? (result as readonly string[]) : ["it was read"];
};

describe("readLesson", () => {
  it("reads what a lesson is", () => {
    expect(read()).toEqual({
      title: "Promises", summary: "What a Deployment keeps.", world: "empty", seed: 1, minutes: 5, manifest: "kind: Pod\n",
      steps: [
        {
          kind: "predict", title: "Who makes the pods?", prose: ["A Deployment says *what*. It does not say `how`.", "Think first."], checks: [], view: "ownership", pace: "follow", speed: 2,
          question: { ask: "Who?", options: [{ text: "ReplicaSet", detail: "It counts.", right: true, feedback: "Yes." }, { text: "etcd", detail: "", right: false, feedback: "etcd only keeps." }] },
        },
        { kind: "do", title: "Scale it: to five", prose: ["Do it."], question: null, checks: ["scaled"], view: "", pace: "", speed: 1 },
      ],
      checks: [{
        id: "scaled", say: "It has five.", otherwise: "It has {found}.", hints: ["Look.", "Closer.", "Type it."], expect: { state: { kind: "Pod", count: 5 } },
        misconceptions: [{ when: { state: { kind: "Pod", count: 1 } }, say: "One is not five." }],
      }],
    });
  });

  it("reads the lines of any system alike", () => {
    expect(read({ lesson: (FRONT + STEPS).replace(/\n/g, "\r\n") })).toEqual(read());
  });

  it("takes seed and minutes from the front matter", () => {
    expect(read({ lesson: FRONT.replace("world: empty", "world: empty\nseed: 42\nminutes: 12") + STEPS })).toMatchObject({ seed: 42, minutes: 12 });
  });

  it.each<[name: string, change: { readonly lesson?: string; readonly checks?: string }, problem: string]>([
    ["no title", { lesson: FRONT.replace("title: Promises\n", "") + STEPS }, "lesson.md front matter: \"title\" should be a text"],
    ["a title that is a number", { lesson: FRONT.replace("Promises", "12") + STEPS }, "lesson.md front matter: \"title\" should be a text"],
    ["no step", { lesson: FRONT }, "lesson.md: no step; each begins with a line such as “## predict: …”"],
    ["a step of no known kind", { lesson: FRONT + STEPS.replace("## do:", "## dream:") }, "lesson.md step 2: \"dream\" should be predict, do, observe or explain"],
    ["a check that isn't there", { lesson: FRONT + STEPS.replace("[scaled]", "[scaled, shrunk]") }, "lesson.md step 2: there is no check \"shrunk\" in checks.yaml"],
    ["a question without options", { lesson: FRONT + STEPS.replace(/ {2}options:\n.*\n.*\n/, "") }, "lesson.md step 1: a question needs \"ask\" and a list of \"options\""],
    ["a question without a right answer", { lesson: FRONT + STEPS.replace("right: true", "right: false") }, "lesson.md step 1: no option is right"],
    ["an option that says nothing", { lesson: FRONT + STEPS.replace("feedback: etcd only keeps.", "detail: x") }, "lesson.md step 1: each option needs its feedback"],
    ["checks that are no list", { checks: "checks: 3\n", lesson: FRONT + STEPS.replace("checks: [scaled]", "speed: 1") }, "checks.yaml: should be a list named \"checks\""],
    ["a check without a sentence", { checks: CHECKS.replace("    say: It has five.\n", "") }, "checks.yaml: check 1 needs \"say\""],
    ["a check that expects nothing", { checks: CHECKS.replace("    expect: {state: {kind: Pod, count: 5}}\n", "") }, "checks.yaml: check 1 needs \"expect\""],
  ])("tells authors of %s", (_name, change, problem) => {
    expect(problems(change)).toContain(problem);
  });

  it("tells where a file is no YAML", () => {
    expect(problems({ checks: "checks:\n  - id: [a\n" }).join("\n")).toMatch(/^checks\.yaml, line \d: /);
    expect(problems({ lesson: FRONT + STEPS.replace("pace: follow", "pace: [follow") }).join("\n")).toMatch(/^lesson\.md step 1, line \d+: /);
  });

  it("tells everything at once", () => {
    expect(problems({ lesson: FRONT.replace("title: Promises\n", "") + STEPS.replace("## do:", "## dream:"), checks: CHECKS.replace("    say: It has five.\n", "") })).toHaveLength(3);
  });
});
