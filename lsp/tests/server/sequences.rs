//! Any sequence of messages: every request gets exactly one answer, and the server ends in peace.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{Client, VOCABULARY};
use onrecord_lsp::METHODS;

/// A message: what is sent, with which numbers and text.
#[derive(Clone, Debug)]
enum Sent {
    Open(u8, usize),
    Close(u8),
    Change(u8, [u32; 4], String),
    Ask(usize, u8, [u32; 4], bool),
    Watched(u8, u8),
    Nonsense(usize),
}

const TEXTS: &[&str] = &[
    "",
    VOCABULARY,
    include_str!("sample.onr"),
    "rule R under S {",
    "\"",
    "🎧\r\n🎧 }}}} define d as {{{{",
    "\u{0}\u{feff}rule",
];
const NOTICES: &[&str] = &[
    "textDocument/didChange",
    "textDocument/didOpen",
    "$/cancelRequest",
    "workspace/didChangeWorkspaceFolders",
    "$/unknown",
];

fn position() -> impl Strategy<Value = [u32; 4]> {
    let number = || prop_oneof![4 => 0..60u32, 1 => Just(u32::MAX), 1 => Just(0)];
    [number(), number(), number(), number()]
}

fn sent() -> impl Strategy<Value = Sent> {
    let text = proptest::sample::select(&["", "x", "\n", "{", "}", "rule R under S {\n", "🎧", "\"", "unless "][..]);
    prop_oneof![
        2 => (0..3u8, 0..TEXTS.len()).prop_map(|(file, text)| Sent::Open(file, text)),
        1 => (0..3u8).prop_map(Sent::Close),
        6 => (0..3u8, position(), text).prop_map(|(file, at, text)| Sent::Change(file, at, text.to_owned())),
        6 => (0..METHODS.len(), 0..3u8, position(), any::<bool>()).prop_map(|(method, file, at, cancel)| Sent::Ask(method, file, at, cancel)),
        1 => (0..3u8, 1..4u8).prop_map(|(file, kind)| Sent::Watched(file, kind)),
        1 => (0..NOTICES.len()).prop_map(Sent::Nonsense),
    ]
}

fn uri(file: u8) -> String {
    format!("file:///nowhere/f{file}.onr")
}

fn params(file: u8, at: [u32; 4]) -> Value {
    let (start, end) = (json!({ "line": at[0], "character": at[1] }), json!({ "line": at[2], "character": at[3] }));
    let range = json!({ "start": start, "end": end });
    json!({
        "textDocument": { "uri": uri(file) }, "position": start, "range": range, "positions": [start, end], "newName": "new-name",
        "context": { "diagnostics": [], "includeDeclaration": true, "triggerKind": 1 }, "options": { "tabSize": 2, "insertSpaces": true },
        "ch": "}", "query": "R", "previousResultId": "1", "previousResultIds": [],
        "item": { "name": "R", "kind": 5, "uri": uri(file), "range": range, "selectionRange": range },
        "label": "recording", "title": "x", "command": "onrecord.explain", "arguments": [{ "scenario": true, "name": "Told first" }],
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_request_gets_one_answer(messages in proptest::collection::vec(sent(), 1..40)) {
        let mut client = Client::new();
        let mut waiting = Vec::new();
        for message in messages {
            match message {
                Sent::Open(file, text) => client.open(&uri(file), TEXTS[text]),
                Sent::Close(file) => client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(file) } })),
                Sent::Change(file, at, text) => {
                    client.known(&uri(file));
                    let range = json!({ "start": { "line": at[0], "character": at[1] }, "end": { "line": at[2], "character": at[3] } });
                    client.change(&uri(file), range, &text);
                }
                Sent::Ask(method, file, at, cancel) => {
                    let id = client.send(METHODS[method], params(file, at));
                    if cancel {
                        client.tell("$/cancelRequest", json!({ "id": waiting.len() + 2 }));
                    }
                    waiting.push(id);
                }
                Sent::Watched(file, kind) => {
                    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri(file), "type": kind }] }));
                }
                Sent::Nonsense(notice) => client.tell(NOTICES[notice], json!({ "nonsense": [1, 2, 3] })),
            }
        }
        for id in waiting {
            if let Err((code, why)) = client.wait(&id) {
                prop_assert!(matches!(code, -32602 | -32800 | -32801 | -32802 | -32803), "{code}: {why}");
            }
        }
        client.close();
    }
}
