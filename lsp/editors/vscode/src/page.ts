// Pages that the server writes, shown beside the policy as the editor shows Markdown.

import * as vscode from "vscode";

const SCHEME = "onrecord-page";

/** What a command of the server answers with. */
export interface Page {
  title: string;
  text: string;
}

export function isPage(answer: unknown): answer is Page {
  const page = answer as Partial<Page> | null | undefined;
  return typeof page?.title === "string" && typeof page.text === "string";
}

/** Shows pages; the newest one takes the place of the one before. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly address = vscode.Uri.from({ scheme: SCHEME, path: "/OnRecord.md" });
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  private text = "";

  readonly onDidChange = this.changed.event;

  async show(page: Page): Promise<void> {
    this.text = page.text;
    this.changed.fire(this.address);
    await vscode.commands.executeCommand("markdown.showPreviewToSide", this.address);
  }

  provideTextDocumentContent(): string {
    return this.text;
  }

  dispose(): void {
    this.changed.dispose();
    this.registered.dispose();
  }
}
