import type { Completion, TextProblem } from "../../../protocol/index.ts";
import type { Lab } from "../../stores/index.ts";
import { isBig } from "../text-size.ts";
import { monaco } from "./monaco.ts";

/** What the providers ask about a model: whose lab it belongs to and what is wrong in it. */
export interface LanguageDesk {
  readonly lab: Lab;
  problemsOf(model: monaco.editor.ITextModel): readonly TextProblem[] | undefined;
  formatFailed(why: string): void;
}

type Model = monaco.editor.ITextModel;

/** Completion, hover, layout and quick fixes from the engine's own tables. Returns the way to take them off again. */
export function registerLanguage(desk: LanguageDesk): monaco.IDisposable {
  const parts = [
    monaco.languages.registerCompletionItemProvider("yaml", { triggerCharacters: [":", " ", "-", "\n"], provideCompletionItems: (model, position, _context, token) => complete(desk, model, position, token) }),
    monaco.languages.registerHoverProvider("yaml", { provideHover: (model, position, token) => hover(desk, model, position, token) }),
    monaco.languages.registerDocumentFormattingEditProvider("yaml", { provideDocumentFormattingEdits: (model, _options, token) => format(desk, model, token) }),
    monaco.languages.registerCodeActionProvider("yaml", { provideCodeActions: (model, range) => fixes(desk, model, range) }, { providedCodeActionKinds: ["quickfix"] }),
  ];
  return { dispose: () => { for (const part of parts) part.dispose(); } };
}

async function complete(desk: LanguageDesk, model: Model, { lineNumber, column }: monaco.Position, token: monaco.CancellationToken): Promise<monaco.languages.CompletionList> {
  if (desk.problemsOf(model) === undefined || isBig(model.getValueLength())) return { suggestions: [] };
  const answer = await desk.lab.ask("complete", { text: model.getValue(), line: lineNumber, column }).catch(() => null);
  if (answer === null || token.isCancellationRequested) return { suggestions: [] };
  const range = new monaco.Range(lineNumber, answer.replaceFrom, lineNumber, model.getWordUntilPosition({ lineNumber, column }).endColumn);
  return { suggestions: answer.items.map((item, index) => suggestion(item, range, index)) };
}

const KINDS: Readonly<Record<Completion["kind"], monaco.languages.CompletionItemKind>> = {
  field: monaco.languages.CompletionItemKind.Field, value: monaco.languages.CompletionItemKind.Value, kind: monaco.languages.CompletionItemKind.Class, snippet: monaco.languages.CompletionItemKind.Snippet,
};

function suggestion(item: Completion, range: monaco.IRange, index: number): monaco.languages.CompletionItem {
  return {
    label: { label: item.label, description: item.detail }, kind: KINDS[item.kind], documentation: { value: item.documentation }, range,
    insertText: item.insert, sortText: `${item.required ? "0" : "1"}${String(index).padStart(4, "0")}`,
    ...(item.insert.endsWith("\n") || item.insert.endsWith(": ") ? { command: { id: "editor.action.triggerSuggest", title: "" } } : {}),
  };
}

async function hover(desk: LanguageDesk, model: Model, { lineNumber, column }: monaco.Position, token: monaco.CancellationToken): Promise<monaco.languages.Hover | null> {
  if (desk.problemsOf(model) === undefined || isBig(model.getValueLength())) return null;
  const answer = await desk.lab.ask("hover", { text: model.getValue(), line: lineNumber, column }).catch(() => null);
  if (answer === null || token.isCancellationRequested) return null;
  return { range: new monaco.Range(answer.line, answer.column, answer.line, answer.endColumn), contents: [{ value: `**${escapeMarkdown(answer.title)}**` }, { value: escapeMarkdown(answer.text) }] };
}

/** Field documentation is plain text; only what would start markup is masked. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, "\\$&");
}

async function format(desk: LanguageDesk, model: Model, token: monaco.CancellationToken): Promise<monaco.languages.TextEdit[]> {
  if (desk.problemsOf(model) === undefined) return [];
  const version = model.getVersionId();
  const answer = await desk.lab.ask("format", { text: model.getValue() }).catch(() => null);
  if (answer === null || token.isCancellationRequested || model.getVersionId() !== version) return [];
  if (answer.problem !== "") desk.formatFailed(answer.problem);
  return answer.problem === "" && answer.text !== model.getValue() ? [{ range: model.getFullModelRange(), text: answer.text }] : [];
}

function fixes(desk: LanguageDesk, model: Model, range: monaco.Range): monaco.languages.CodeActionList {
  const near = (desk.problemsOf(model) ?? []).filter((problem) => problem.fix !== undefined && problem.line <= range.endLineNumber && problem.endLine >= range.startLineNumber);
  const actions = near.flatMap(({ fix }): monaco.languages.CodeAction[] => (fix === undefined ? [] : [{
    title: fix.title, kind: "quickfix", isPreferred: true,
    edit: { edits: [{ resource: model.uri, versionId: model.getVersionId(), textEdit: { range: new monaco.Range(fix.line, fix.column, fix.endLine, fix.endColumn), text: fix.text } }] },
  }]));
  return { actions, dispose: () => undefined };
}
