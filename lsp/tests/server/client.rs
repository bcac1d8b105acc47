//! A client in memory: it opens texts, edits them, asks, and keeps what it is told.

use std::collections::BTreeMap;
use std::path::Path;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use onrecord_lsp::{Hooks, path};
use serde_json::{Value, json};

/// How long an answer may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);
/// Where `$0` stands in a fixture, a test asks.
pub const CURSOR: &str = "$0";
/// The shipped vocabulary and what a test needs beside it.
pub const VOCABULARY: &str = include_str!("vocabulary.onr");

/// The client.
pub struct Client {
    connection: Connection,
    server: Option<JoinHandle<std::io::Result<()>>>,
    next: i32,
    versions: BTreeMap<String, i32>,
    /// What the server said it can do.
    pub capabilities: Value,
    /// Diagnostics by address, as last published.
    pub published: BTreeMap<String, Value>,
    /// How often diagnostics were published.
    pub pushes: usize,
    /// Everything else the server said.
    pub told: Vec<Notification>,
    /// What the server asked.
    pub asked: Vec<Request>,
    answers: BTreeMap<RequestId, Response>,
}

/// Capabilities of an editor that can do everything.
pub fn everything() -> Value {
    json!({
        "general": { "positionEncodings": ["utf-16"] },
        "textDocument": {
            "publishDiagnostics": {},
            "completion": { "completionItem": { "snippetSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "hover": { "contentFormat": ["markdown"] },
        },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "window": { "workDoneProgress": true },
    })
}

impl Client {
    /// A client without a folder.
    pub fn new() -> Self {
        Self::with(everything(), json!({}), &[], Hooks::default())
    }

    /// A client with the vocabulary open.
    pub fn with_vocabulary() -> Self {
        let mut client = Self::new();
        client.open("file:///p/vocabulary.onr", VOCABULARY);
        client
    }

    /// A client with folders.
    pub fn with(capabilities: Value, mut options: Value, folders: &[&Path], hooks: Hooks) -> Self {
        let (connection, theirs) = Connection::memory();
        let server = std::thread::Builder::new().stack_size(16 * 1024 * 1024);
        let server = server.spawn(move || onrecord_lsp::serve_with(theirs, hooks)).unwrap();
        let folders: Vec<Value> =
            folders.iter().map(|folder| json!({ "uri": path::to_uri(folder), "name": "folder" })).collect();
        if options.get("today").is_none() {
            options["today"] = json!("2026-11-26");
        }
        let mut client = Self {
            connection,
            server: Some(server),
            next: 0,
            versions: BTreeMap::new(),
            capabilities: Value::Null,
            published: BTreeMap::new(),
            pushes: 0,
            told: Vec::new(),
            asked: Vec::new(),
            answers: BTreeMap::new(),
        };
        let params = json!({
            "processId": null, "capabilities": capabilities, "workspaceFolders": folders, "initializationOptions": options,
        });
        let answer = client.request("initialize", params).unwrap();
        client.capabilities = answer["capabilities"].clone();
        client.tell("initialized", json!({}));
        client
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: Value) {
        let _ = self.connection.sender.send(Notification { method: method.into(), params }.into());
    }

    /// Sends a request without waiting.
    pub fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.connection.sender.send(Request { id: id.clone(), method: method.into(), params }.into()).unwrap();
        id
    }

    /// Sends a request and waits: its result, or the error's code and message.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        let id = self.send(method, params);
        self.wait(&id)
    }

    /// Waits for the answer to a request.
    pub fn wait(&mut self, id: &RequestId) -> Result<Value, (i32, String)> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(answer) = self.answers.remove(id) {
                return answer.response_result.map_err(|error| (error.code, error.message));
            }
            let message = self.connection.receiver.recv_deadline(until).expect("no answer came");
            self.keep(message);
        }
    }

    fn keep(&mut self, message: Message) {
        match message {
            Message::Notification(told) if told.method == "textDocument/publishDiagnostics" => {
                let uri = told.params["uri"].as_str().unwrap().to_owned();
                self.pushes += 1;
                self.published.insert(uri, told.params["diagnostics"].clone());
            }
            Message::Notification(told) => self.told.push(told),
            Message::Request(request) => self.asked.push(request),
            Message::Response(answer) => {
                self.answers.insert(answer.id.clone(), answer);
            }
        }
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": "onrecord", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Counts versions of a text that may not be open.
    pub fn known(&mut self, uri: &str) {
        self.versions.entry(uri.to_owned()).or_insert(0);
    }

    /// Opens a fixture; the position of its cursor.
    pub fn open_at(&mut self, uri: &str, fixture: &str) -> Value {
        let at = fixture.find(CURSOR).expect("a cursor");
        let before = &fixture[..at];
        self.open(uri, &fixture.replacen(CURSOR, "", 1));
        position_after(before)
    }

    /// Replaces a range of an open text.
    pub fn change(&mut self, uri: &str, range: Value, text: &str) {
        let version = self.versions.get_mut(uri).unwrap();
        *version += 1;
        let document = json!({ "uri": uri, "version": *version });
        let change = if range.is_null() { json!({ "text": text }) } else { json!({ "range": range, "text": text }) };
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    /// Asks about a position.
    pub fn at(&mut self, method: &str, uri: &str, position: &Value) -> Result<Value, (i32, String)> {
        self.request(method, json!({ "textDocument": { "uri": uri }, "position": position }))
    }

    /// Asks about a document.
    pub fn of(&mut self, method: &str, uri: &str) -> Result<Value, (i32, String)> {
        self.request(method, json!({ "textDocument": { "uri": uri } }))
    }

    /// What is wrong in a document once its meaning is known.
    pub fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let report = self.of("textDocument/diagnostic", uri).unwrap();
        report["items"].as_array().cloned().unwrap_or_default()
    }

    /// Takes what the server says until it has been silent for a while.
    pub fn settle(&mut self) {
        while let Ok(message) = self.connection.receiver.recv_timeout(Duration::from_millis(300)) {
            self.keep(message);
        }
    }

    /// Ends the server as the protocol asks; it must end in peace.
    pub fn close(mut self) {
        self.request("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.server.take().unwrap().join().expect("the server panicked").expect("the server failed");
    }
}

/// The position after a text, in UTF-16.
pub fn position_after(before: &str) -> Value {
    let line = before.matches('\n').count();
    let column: usize = before.rsplit('\n').next().unwrap().chars().map(char::len_utf16).sum();
    json!({ "line": line, "character": column })
}

/// A diagnostic on one line.
pub fn shown(diagnostic: &Value) -> String {
    let range = &diagnostic["range"];
    format!(
        "{}:{}-{}:{} {} {}",
        range["start"]["line"],
        range["start"]["character"],
        range["end"]["line"],
        range["end"]["character"],
        diagnostic["code"].as_str().unwrap_or_default(),
        diagnostic["message"].as_str().unwrap_or_default().replace('\n', " | ")
    )
}
