"""The server as the clients of several editors announce themselves: what each may do is taken from recordings that pytest-lsp keeps.

Called by `run`, which names the server and the policies."""

import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

POLICIES = pathlib.Path(os.environ["ONRECORD_POLICIES"])
FILE = POLICIES / "us" / "us-ca.onr"
SLIP, MEANT = "confidential-comunication", "confidential-communication"


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim", "emacs"],
    config=ClientServerConfig(server_command=[os.environ["ONRECORD"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient):
    for asked in (types.CLIENT_REGISTER_CAPABILITY, types.WORKSPACE_CODE_LENS_REFRESH):
        lsp_client.feature(asked)(lambda params: None)
    folder = types.WorkspaceFolder(uri=POLICIES.as_uri(), name="policies")
    await lsp_client.initialize_session(
        types.InitializeParams(capabilities=client_capabilities(request.param), workspace_folders=[folder])
    )
    text = FILE.read_text(encoding="utf-8")
    lsp_client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(FILE.as_uri(), "onrecord", 1, text))
    )
    yield
    await lsp_client.shutdown_session()


def place(client: LanguageClient, before: str, word: str) -> types.Position:
    """The first place of a word, by what stands before it; counted in UTF-16, as clients do that were recorded before there was a choice."""
    for number, line in enumerate(FILE.read_text(encoding="utf-8").split("\n")):
        if before + word in line:
            counted = line[: line.index(before + word) + len(before)]
            encoding = client.capabilities.general and client.capabilities.general.position_encodings
            first = (encoding or ["utf-16"])[0]
            width = {"utf-8": len(counted.encode()), "utf-16": len(counted.encode("utf-16-le")) // 2, "utf-32": len(counted)}
            return types.Position(number, width[first])
    raise AssertionError(f"there is no {before}{word}")


async def errors(client: LanguageClient):
    """What is wrong with the policy, once its meaning is known: reading alone finds nothing."""
    while True:
        found = [one for one in client.diagnostics.get(FILE.as_uri(), []) if one.severity == types.DiagnosticSeverity.Error]
        if found:
            return found
        await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)


@pytest.mark.asyncio
async def test_a_misspelt_word_is_found_where_it_stands_and_mended(client: LanguageClient):
    (wrong,) = await errors(client)
    start = place(client, "judged ", SLIP)
    assert (wrong.range.start, wrong.range.end.character - start.character) == (start, len(SLIP))
    assert MEANT in wrong.message
    context = types.CodeActionContext(diagnostics=[wrong], only=[types.CodeActionKind.QuickFix])
    params = types.CodeActionParams(types.TextDocumentIdentifier(FILE.as_uri()), wrong.range, context)
    action = (await client.text_document_code_action_async(params))[0]
    if action.edit is None:
        action = await client.code_action_resolve_async(action)
    edits = next(iter(action.edit.changes.values())) if action.edit.changes else action.edit.document_changes[0].edits
    assert [edit.new_text for edit in edits] == [MEANT]


@pytest.mark.asyncio
async def test_the_card_of_a_rule_gives_its_citation(client: LanguageClient):
    where = types.HoverParams(types.TextDocumentIdentifier(FILE.as_uri()), place(client, "rule ", "CIPA-632-7"))
    card = await client.text_document_hover_async(where)
    assert "632.7(a)" in card.contents.value


@pytest.mark.asyncio
async def test_a_word_is_renamed_in_every_file(client: LanguageClient):
    where = place(client, "uses any of { ", "cellular")
    params = types.RenameParams(types.TextDocumentIdentifier(FILE.as_uri()), where, "on-a-mobile")
    edit = await client.text_document_rename_async(params)
    changed = set(edit.changes or {one.text_document.uri: one for one in edit.document_changes})
    names = {uri.rsplit("/", 1)[1] for uri in changed}
    assert {"us-ca.onr", "facts.onr", "tsr.onr"} <= names
