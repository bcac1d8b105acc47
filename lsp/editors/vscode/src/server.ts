// The language server: found, started, stopped, started again.

import { execFile } from "node:child_process";
import { homedir } from "node:os";
import { promisify } from "node:util";
import * as vscode from "vscode";
import { LanguageClient, RevealOutputChannelOn, type LanguageClientOptions } from "vscode-languageclient/node";
import { EXPLAIN } from "./lens";
import { isPage, type Pages } from "./page";

/** The language server of this window. */
export class Server {
  private client: LanguageClient | undefined;

  constructor(private readonly pages: Pages) {}

  /** Starts the server, or says why it cannot be started. */
  async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("onrecord");
    const command = whole(settings.get("server.path", "onrecord"));
    const args = settings.get<string[]>("server.arguments", ["lsp"]);
    try {
      await promisify(execFile)(command, ["--version"], { timeout: 10_000 });
      this.client = new LanguageClient("onrecord", "OnRecord", { command, args }, this.options(settings));
      await this.client.start();
    } catch (why) {
      await this.failed(command, why);
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  showLog(): void {
    this.client?.outputChannel.show();
  }

  private options(settings: vscode.WorkspaceConfiguration): LanguageClientOptions {
    const docs = settings.get("docs", "").replace(/\/+$/, "");
    return {
      documentSelector: [
        { scheme: "file", language: "onrecord" },
        { scheme: "untitled", language: "onrecord" },
      ],
      initializationOptions: docs === "" ? {} : { docs },
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationFailedHandler: () => false,
      middleware: {
        // The server answers a command with a page: an explanation is always shown, a run only when something failed.
        executeCommand: async (command, args, next) => {
          const answer: unknown = await next(command, args);
          if (isPage(answer) && (command === EXPLAIN || answer.text.includes("✘"))) await this.pages.show(answer);
          return answer;
        },
      },
    };
  }

  private async failed(command: string, why: unknown): Promise<void> {
    const settings = "Open the setting";
    const chosen = await vscode.window.showErrorMessage(
      `The language server of OnRecord could not be started: ${reason(command, why)}. ` +
        "Install the program “onrecord”, or say in the settings where it is. Colours and snippets work without it.",
      settings,
      "Try again",
    );
    if (chosen === settings) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "onrecord.server.path");
    } else if (chosen !== undefined) {
      await this.restart();
    }
  }
}

function reason(command: string, why: unknown): string {
  const error = why as NodeJS.ErrnoException;
  if (error.code === "ENOENT") return `there is no program “${command}”`;
  if (error.code === "EACCES") return `“${command}” may not be run`;
  return `“${command}” answered: ${error.message}`;
}

/** A path as the settings may write it. */
function whole(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const home = path.startsWith("~/") ? homedir() + path.slice(1) : path;
  return home.replace("${workspaceFolder}", folder);
}
