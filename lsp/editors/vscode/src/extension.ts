// What the editor calls when the first policy is opened, and when it closes.

import * as vscode from "vscode";
import { commandAt, EXPLAIN, RUN } from "./lens";
import { Pages } from "./page";
import { proposePatterns } from "./patterns";
import { Server } from "./server";

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const pages = new Pages();
  const running = new Server(pages);
  server = running;
  context.subscriptions.push(
    pages,
    vscode.languages.registerCompletionItemProvider("onrecord", proposePatterns),
    vscode.commands.registerCommand("onrecord.runTestHere", () => commandAt(RUN)),
    vscode.commands.registerCommand("onrecord.explainHere", () => commandAt(EXPLAIN)),
    vscode.commands.registerCommand("onrecord.restartServer", () => running.restart()),
    vscode.commands.registerCommand("onrecord.showLog", () => running.showLog()),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("onrecord.server") || change.affectsConfiguration("onrecord.docs")) {
        await running.restart();
      }
    }),
  );
  await running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
