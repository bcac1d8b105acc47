// The server announces what can be run and explained as lenses. The commands of the palette look for the lens over the cursor.

import * as vscode from "vscode";

/** The server's own names of its commands. */
export const RUN = "onrecord.runTest";
export const EXPLAIN = "onrecord.explain";

/** Does the server's command for the rule or the scenario in which the cursor stands. */
export async function commandAt(name: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    editor.document.uri,
    Number.MAX_SAFE_INTEGER,
  );
  const line = editor.selection.active.line;
  const above = found
    .filter((lens) => lens.range.start.line <= line)
    .sort((one, other) => other.range.start.line - one.range.start.line);
  // The nearest declaration decides: a rule above a scenario is not the one that is meant.
  const here = above.filter((lens) => lens.range.start.line === above[0]?.range.start.line);
  const command = here.map((lens) => lens.command).find((command) => command?.command === name);
  if (command === undefined) {
    const what = name === EXPLAIN ? "a scenario" : "a rule or a scenario";
    void vscode.window.showInformationMessage(`Put the cursor into ${what} first.`);
    return;
  }
  await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
}
