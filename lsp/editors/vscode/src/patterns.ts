// Patterns to write from. The editor's own snippets would stand in every list; these stand only where a declaration, or a line of a body, begins.

import * as vscode from "vscode";
import patterns from "../snippets/onrecord.json";

/** For the inside of a rule; the others are declarations. */
const INSIDE = new Set(["exception-here"]);

export const proposePatterns: vscode.CompletionItemProvider = {
  provideCompletionItems(document, position) {
    const before = document.lineAt(position.line).text.slice(0, position.character);
    const word = /[A-Za-z-]*$/.exec(before)?.[0] ?? "";
    const indent = before.slice(0, before.length - word.length);
    if (indent.trim() !== "") return [];
    return Object.entries(patterns)
      .filter(([, pattern]) => INSIDE.has(pattern.prefix) === (indent !== ""))
      .map(([name, pattern]) => {
        const item = new vscode.CompletionItem(
          { label: pattern.prefix, description: name },
          vscode.CompletionItemKind.Snippet,
        );
        item.insertText = new vscode.SnippetString(pattern.body.join("\n"));
        item.documentation = new vscode.MarkdownString(pattern.description).appendCodeblock(proposed(pattern.body), "onrecord");
        item.range = new vscode.Range(position.translate(0, -word.length), position);
        // After what the server proposes.
        item.sortText = `~${pattern.prefix}`;
        return item;
      });
  },
};

/** A pattern as it reads before anything is filled in. */
function proposed(body: string[]): string {
  const text = body.join("\n").replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, "$1").replace(/\$0|\$(?=CURRENT)/g, "");
  return text.replace(/\$\{\d+:((?:[^{}]|\{[^{}]*\})*)\}/g, "$1").trimEnd();
}
