//! The language server answers every request of any client, however the client behaves: no fault of its own, one answer a request, and
//! after any edits the folding that a fresh reading has.

use std::thread;
use std::time::{Duration, Instant};

use arbitrary::{Result, Unstructured};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId};
use onrecord_lsp::{Hooks, METHODS};
use serde_json::{Value, json};

const VOCABULARY: &str = include_str!("../../lsp/tests/server/vocabulary.onr");
const SAMPLE: &str = include_str!("../../lsp/tests/server/sample.onr");
const EDITED: &str = "file:///p/edited.onr";
const FRESH: &str = "file:///p/fresh.onr";
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The most messages of one session.
const MESSAGES: usize = 24;

/// What people type, paste and get wrong.
const PIECES: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n",
    "{",
    "}",
    "\"",
    "# note\n",
    "rule R under S {\n",
    "except x to R {",
    "define d as ",
    "unless ",
    "any of { ",
    "every party was told recording",
    "“",
    "\u{a0}",
    "🎧",
    "§",
    "region EU { DE }\n",
    "scenario \"x\" of S {",
    "\0",
    "é",
    "\r",
    "covers US-CA for recording from 2026-01-01\n",
    "source S \"S\" { level house }\n",
];

/// What must hold of any session.
pub fn holds(bytes: &[u8]) {
    let mut client = Client::new();
    client.open(EDITED, SAMPLE);
    let mut tape = Unstructured::new(bytes);
    for _ in 0..MESSAGES {
        if tape.is_empty() || client.step(&mut tape).is_err() {
            break;
        }
    }
    client.close();
}

struct Client {
    connection: Connection,
    server: thread::JoinHandle<std::io::Result<()>>,
    next: i32,
    /// The edited text as the client has it; `None` once it was closed.
    text: Option<String>,
}

impl Client {
    fn new() -> Self {
        let (connection, theirs) = Connection::memory();
        let server = thread::Builder::new().stack_size(16 << 20);
        let server = server.spawn(|| onrecord_lsp::serve_with(theirs, Hooks::default())).expect("a thread");
        let mut client = Self { connection, server, next: 0, text: None };
        let params = json!({
            "processId": null,
            "capabilities": { "general": { "positionEncodings": ["utf-8"] } },
            "initializationOptions": { "today": "2026-11-26" },
        });
        client.request("initialize", params);
        client.tell("initialized", json!({}));
        let document =
            json!({ "uri": "file:///p/vocabulary.onr", "languageId": "onrecord", "version": 1, "text": VOCABULARY });
        client.tell("textDocument/didOpen", json!({ "textDocument": document }));
        client
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.connection.sender.send(Notification { method: method.into(), params }.into()).expect("the server listens");
    }

    /// Asks and waits; the result, or nothing when the server refuses.
    fn request(&mut self, method: &str, params: Value) -> Option<Value> {
        self.next += 1;
        let id = RequestId::from(self.next);
        let request = Request { id: id.clone(), method: method.into(), params };
        self.connection.sender.send(request.into()).expect("the server listens");
        let until = Instant::now() + PATIENCE;
        loop {
            let message = self.connection.receiver.recv_deadline(until);
            let Message::Response(response) = message.unwrap_or_else(|_| panic!("no answer to {method}")) else {
                continue;
            };
            assert_eq!(response.id, id, "one answer a request");
            return match response.response_result {
                Ok(result) => Some(result),
                Err(error) => {
                    assert_ne!(error.code, ErrorCode::InternalError as i32, "{method}: {}", error.message);
                    None
                }
            };
        }
    }

    fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "onrecord", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
        if uri == EDITED {
            self.text = Some(text.to_owned());
        }
    }

    fn step(&mut self, tape: &mut Unstructured<'_>) -> Result<()> {
        match tape.int_in_range(0..=15u8)? {
            0..=6 => self.edit(tape)?,
            7..=12 => self.ask(tape)?,
            13 => self.compare(),
            14 => {
                let text = tape.arbitrary::<&str>()?;
                self.open(EDITED, text);
            }
            _ => {
                self.tell("textDocument/didClose", json!({ "textDocument": { "uri": EDITED } }));
                self.text = None;
            }
        }
        Ok(())
    }

    fn edit(&mut self, tape: &mut Unstructured<'_>) -> Result<()> {
        let Some(mut text) = self.text.take() else { return Ok(()) };
        let from = boundary(&text, usize::from(tape.arbitrary::<u16>()?) % (text.len() + 1));
        let removed = usize::from(tape.arbitrary::<u8>()?);
        let to = boundary(&text, from + if removed < 64 { removed % 4 } else { removed }).max(from);
        let piece = *tape.choose(PIECES)?;
        let range = json!({ "start": position(&text, from), "end": position(&text, to) });
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": EDITED, "version": 2 }, "contentChanges": [{ "range": range, "text": piece }] }),
        );
        text.replace_range(from..to, piece);
        self.text = Some(text);
        Ok(())
    }

    /// Any method at any place, in the text or out of it; now and then with parameters of no request.
    fn ask(&mut self, tape: &mut Unstructured<'_>) -> Result<()> {
        let method = *tape.choose(METHODS)?;
        let line = u32::from(tape.arbitrary::<u8>()?);
        let character = u32::from(tape.arbitrary::<u8>()?);
        let at = json!({ "line": line, "character": character });
        let to = json!({ "line": line + u32::from(tape.arbitrary::<u8>()? % 8), "character": character });
        let params = if tape.ratio(1, 16)? {
            json!([method])
        } else {
            json!({
                "textDocument": { "uri": EDITED }, "position": at, "positions": [at],
                "range": { "start": at, "end": to }, "context": { "includeDeclaration": true, "diagnostics": [] },
                "options": { "tabSize": 2, "insertSpaces": true }, "ch": "}", "newName": "renamed", "query": "r",
                "previousResultId": "1", "command": "", "label": "x",
            })
        };
        self.request(method, params);
        Ok(())
    }

    /// What was edited folds as the same text read anew. (Its outline may remember a declaration that no longer reads.)
    fn compare(&mut self) {
        let Some(text) = self.text.clone() else { return };
        self.open(FRESH, &text);
        let [edited, fresh] = [EDITED, FRESH]
            .map(|uri| self.request("textDocument/foldingRange", json!({ "textDocument": { "uri": uri } })));
        assert_eq!(edited, fresh, "how this folds:\n{text}");
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": FRESH } }));
    }

    fn close(mut self) {
        self.request("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server.join().expect("the server stopped on a fault").expect("the server ends in peace");
    }
}

/// A place that the protocol can name: between characters, and not between the two of one line end.
fn boundary(text: &str, at: usize) -> usize {
    let inside = |at: usize| {
        text.get(..at).is_some_and(|before| before.ends_with('\r')) && text.as_bytes().get(at) == Some(&b'\n')
    };
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at) && !inside(*at)).unwrap_or_default()
}

/// A position in UTF-8; a line ends at `\n`, `\r\n` or `\r`.
fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let ends =
        |(at, byte): (usize, u8)| byte == b'\n' || (byte == b'\r' && text.as_bytes().get(at + 1) != Some(&b'\n'));
    let lines: Vec<usize> = before.bytes().enumerate().filter(|one| ends(*one)).map(|(at, _)| at + 1).collect();
    json!({ "line": lines.len(), "character": at - lines.last().copied().unwrap_or_default() })
}
