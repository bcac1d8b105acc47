//! The main loop: texts are kept and read here, in the order of the client's messages; their meaning is worked out on a second thread,
//! and what must wait for it is answered on a third. No timer anywhere: every edit is reported at once.

mod meaning;
pub(crate) mod outbox;
mod publish;
pub(crate) mod requests;

use std::collections::HashMap;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};
use crossbeam_channel::{Receiver, Sender, select, unbounded};
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self as to, Notification as _};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, InitializeParams, TextDocumentPositionParams,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::client::Client;
use crate::semantic::{Names, Semantic};
use crate::snapshot::Snapshot;
use crate::workspace::Workspace;
use crate::{capabilities, convert, dispatch, path};
use outbox::Outbox;
use requests::Task;

/// Deep policies are read by recursion; the engine bounds its depth, this bounds what a level may take.
pub(crate) const STACK: usize = 16 * 1024 * 1024;

/// Something that is called with a method.
pub type Hook = Arc<dyn Fn(&str) + Send + Sync>;

/// Places for tests to reach in.
#[derive(Clone, Default)]
pub struct Hooks {
    /// Called before each request is answered.
    pub before: Option<Hook>,
}

/// Serves one client on standard input and output until it says `exit`.
///
/// # Errors
/// When the connection breaks or the client does not keep to the protocol.
pub fn run_stdio() -> io::Result<()> {
    let loop_thread = thread::Builder::new().name("server".to_owned()).stack_size(STACK).spawn(|| {
        let (connection, threads) = Connection::stdio();
        serve(connection)?;
        threads.join()
    })?;
    loop_thread.join().unwrap_or_else(|_| Err(io::Error::other("the language server stopped on a fault of its own")))
}

/// Serves one connection until the client says `exit`.
///
/// # Errors
/// When the connection breaks or the client does not keep to the protocol.
pub fn serve(connection: Connection) -> io::Result<()> {
    serve_with(connection, Hooks::default())
}

/// Serves one connection, with hooks.
///
/// # Errors
/// When the connection breaks or the client does not keep to the protocol.
pub fn serve_with(connection: Connection, hooks: Hooks) -> io::Result<()> {
    let (id, params) = connection.initialize_start().map_err(io::Error::other)?;
    let params: InitializeParams = serde_json::from_value(params).map_err(io::Error::other)?;
    let client = Client::new(&params);
    let about = json!({
        "capabilities": capabilities::of(&client),
        "serverInfo": { "name": "onrecord", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, about).map_err(io::Error::other)?;
    let outbox = Outbox::new(connection.sender)?;
    let mut server = Server::new(client, outbox, hooks)?;
    server.watch();
    server.load(&folders(&params));
    let ended = server.run(&connection.receiver);
    server.client.pages.remove();
    ended
}

/// The folders that a client opens.
fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = &params.workspace_folders {
        return folders.iter().filter_map(|folder| path::from_uri(folder.uri.as_str())).collect();
    }
    #[allow(deprecated, reason = "clients without workspace folders send it")]
    let root = params.root_uri.as_ref();
    root.and_then(|root| path::from_uri(root.as_str())).into_iter().collect()
}

/// What the other threads tell the main loop.
enum Event {
    /// What the names of what was just typed mean is known.
    Named(Arc<Snapshot>, Names),
    /// What a snapshot means is known.
    Meant(Arc<Snapshot>),
    /// Its scenarios were run.
    Tested(Arc<Snapshot>),
}

struct Server {
    client: Arc<Client>,
    outbox: Outbox,
    workspace: Workspace,
    /// The newest snapshot.
    current: Arc<Snapshot>,
    /// The newest snapshot whose meaning is known.
    meant: Option<Arc<Snapshot>>,
    /// What the names of the newest pieces mean, until what everything means is known.
    names: Option<Names>,
    /// Takes what is no longer needed, so that the loop does not wait for its end.
    discarded: Sender<Arc<Snapshot>>,
    /// The newest snapshot that differs from the one before by more than an edit.
    opened_at: u64,
    /// What each document was last said to have wrong with it.
    published: HashMap<Arc<str>, Vec<lsp_types::Diagnostic>>,
    /// Requests that are being answered, and whether they were cancelled.
    pending: requests::Pending,
    dispatcher: Arc<dispatch::Dispatcher>,
    meaning: Sender<Arc<Snapshot>>,
    tasks: Sender<Task>,
    events: Receiver<Event>,
    asked: i32,
    is_shut_down: bool,
}

impl Server {
    fn new(client: Client, outbox: Outbox, hooks: Hooks) -> io::Result<Self> {
        let client = Arc::new(client);
        let (events_in, events) = unbounded();
        let dispatcher = Arc::new(dispatch::Dispatcher::new(Arc::clone(&client), outbox.clone(), hooks));
        let pending = requests::Pending::default();
        let current = Arc::new(Snapshot::new(0, crate::snapshot::Documents::new(), today(&client), None));
        Ok(Self {
            meaning: meaning::start(events_in)?,
            tasks: requests::start(Arc::clone(&dispatcher), Arc::clone(&pending))?,
            client,
            outbox,
            workspace: Workspace::default(),
            current,
            meant: None,
            names: None,
            discarded: discard()?,
            opened_at: 0,
            published: HashMap::new(),
            pending,
            dispatcher,
            events,
            asked: 0,
            is_shut_down: false,
        })
    }

    fn run(&mut self, receiver: &Receiver<Message>) -> io::Result<()> {
        loop {
            select! {
                recv(receiver) -> message => match message {
                    Ok(Message::Request(request)) => self.request(request),
                    Ok(Message::Notification(told)) if told.method == to::Exit::METHOD => {
                        return if self.is_shut_down { Ok(()) } else { Err(io::Error::other("exit without shutdown")) };
                    }
                    Ok(Message::Notification(told)) => self.notification(told),
                    Ok(Message::Response(_)) => {}
                    Err(_) => return Ok(()),
                },
                recv(self.events) -> event => match event {
                    Ok(Event::Named(snapshot, names)) => self.named(&snapshot, names),
                    Ok(Event::Meant(snapshot)) => self.meant(snapshot),
                    Ok(Event::Tested(snapshot)) => self.tested(&snapshot),
                    Err(_) => return Err(io::Error::other("the language server stopped on a fault of its own")),
                },
            }
        }
    }

    // ---------------------------------------------------------------------------------------- requests

    fn request(&mut self, request: Request) {
        if self.is_shut_down {
            let answer =
                Response::new_err(request.id, ErrorCode::InvalidRequest as i32, "the server was shut down".into());
            return self.outbox.send(answer.into());
        }
        if request.method == "shutdown" {
            self.is_shut_down = true;
            return self.outbox.send(Response::new_ok(request.id, Value::Null).into());
        }
        // What was known before a file came or went is no guide.
        let meant = self.meant.as_ref().filter(|meant| meant.generation >= self.opened_at);
        let known = meant.and_then(|meant| meant.known_semantic()).cloned();
        let at_once = known.as_ref().is_some_and(|known| {
            dispatch::is_quick(&request.method)
                || (dispatch::is_at_a_place(&request.method) && self.is_known(&request, known))
        });
        let task = Task { request, snapshot: Arc::clone(&self.current), known, at_once, cancelled: Arc::default() };
        if at_once {
            return self.dispatcher.answer(&task);
        }
        if let Ok(mut pending) = self.pending.lock() {
            pending.insert(task.request.id.clone(), Arc::clone(&task.cancelled));
        }
        let _ = self.tasks.send(task);
    }

    /// Whether the declaration that is asked about has not changed since its meaning was worked out.
    fn is_known(&self, request: &Request, known: &Semantic) -> bool {
        let Ok(at) = TextDocumentPositionParams::deserialize(&request.params) else { return false };
        let Some(document) = self.workspace.document(at.text_document.uri.as_str()) else { return false };
        let offset = convert::offset(document, at.position, &self.client);
        document.piece_of(offset).is_some_and(|(_, piece)| known.knows(piece.id()))
    }

    fn cancel(&self, id: &RequestId) {
        let pending = self.pending.lock().ok();
        if let Some(cancelled) = pending.as_ref().and_then(|pending| pending.get(id)) {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    // ---------------------------------------------------------------------------------------- notifications

    fn notification(&mut self, told: Notification) {
        match told.method.as_str() {
            to::DidChangeTextDocument::METHOD => self.with(told, Self::changed),
            to::DidOpenTextDocument::METHOD => self.with(told, Self::opened),
            to::DidCloseTextDocument::METHOD => self.with(told, Self::closed),
            to::DidChangeWatchedFiles::METHOD => self.with(told, Self::watched),
            to::DidChangeWorkspaceFolders::METHOD => self.with(told, Self::folders_changed),
            to::Cancel::METHOD => self.with(told, |server, params: lsp_types::CancelParams| {
                server.cancel(&match params.id {
                    lsp_types::NumberOrString::Number(id) => id.into(),
                    lsp_types::NumberOrString::String(id) => id.into(),
                });
            }),
            _ => {}
        }
    }

    /// Does what a notification says; one that does not keep to the protocol is reported and left.
    fn with<P: DeserializeOwned>(&mut self, told: Notification, does: impl FnOnce(&mut Self, P)) {
        match serde_json::from_value(told.params) {
            Ok(params) => does(self, params),
            Err(why) => self.outbox.log(&format!("{} could not be read: {why}", told.method)),
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let opened = params.text_document;
        self.workspace.open(opened.uri.as_str(), opened.version, &opened.text);
        self.came_or_went();
        self.publish_reading(&opened.uri, false);
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let version = Some(params.text_document.version);
        let moved = self.moves(&path::key(params.text_document.uri.as_str()), &params.content_changes);
        for change in params.content_changes {
            let client = Arc::clone(&self.client);
            self.workspace.edit(params.text_document.uri.as_str(), |document, numbers| match change.range {
                Some(range) => {
                    let bytes = convert::bytes(document, range, &client);
                    document.edited(numbers, bytes, &change.text, version)
                }
                None => document.replaced(numbers, &change.text, version),
            });
        }
        self.moved_on();
        self.publish_reading(&params.text_document.uri, moved);
    }

    fn closed(&mut self, params: DidCloseTextDocumentParams) {
        self.workspace.close(params.text_document.uri.as_str());
        self.dispatcher.forget(&path::key(params.text_document.uri.as_str()));
        self.came_or_went();
    }

    fn watched(&mut self, params: DidChangeWatchedFilesParams) {
        for change in params.changes {
            if let Some(file) = path::from_uri(change.uri.as_str()) {
                self.workspace.read(&file);
            }
        }
        self.came_or_went();
    }

    fn folders_changed(&mut self, params: DidChangeWorkspaceFoldersParams) {
        for folder in params.event.removed {
            if let Some(folder) = path::from_uri(folder.uri.as_str()) {
                self.workspace.remove_folder(&folder);
            }
        }
        let added: Vec<PathBuf> =
            params.event.added.iter().filter_map(|folder| path::from_uri(folder.uri.as_str())).collect();
        self.load(&added);
    }

    // ---------------------------------------------------------------------------------------- the workspace

    /// Asks the client to say when a policy changes on disk.
    fn watch(&mut self) {
        if self.client.watches {
            let watcher = json!({ "globPattern": "**/*.onr" });
            let registration = json!({
                "id": "policies", "method": "workspace/didChangeWatchedFiles",
                "registerOptions": { "watchers": [watcher] },
            });
            self.ask("client/registerCapability", json!({ "registrations": [registration] }));
        }
    }

    /// Reads folders.
    fn load(&mut self, folders: &[PathBuf]) {
        let shows = self.client.progress && !folders.is_empty();
        if shows {
            self.ask("window/workDoneProgress/create", json!({ "token": "onrecord/load" }));
            self.progress(json!({ "kind": "begin", "title": "Reading policies", "cancellable": false }));
        }
        for folder in folders {
            self.workspace.add_folder(folder);
        }
        if shows {
            let files = self.workspace.documents.len();
            self.progress(json!({ "kind": "end", "message": format!("{files} files") }));
        }
        self.came_or_went();
    }

    fn progress(&self, value: Value) {
        self.outbox.tell("$/progress", json!({ "token": "onrecord/load", "value": value }));
    }

    fn ask(&mut self, method: &str, params: Value) {
        self.asked += 1;
        let id = RequestId::from(format!("onrecord/{}", self.asked));
        self.outbox.send(Request { id, method: method.to_owned(), params }.into());
    }

    fn came_or_went(&mut self) {
        self.moved_on();
        self.opened_at = self.current.generation;
    }

    /// Takes a new snapshot and has its meaning worked out.
    fn moved_on(&mut self) {
        let generation = self.current.generation + 1;
        let before = self.meant.as_ref().and_then(|meant| meant.known_semantic()).cloned();
        let snapshot = Snapshot::new(generation, self.workspace.documents.clone(), today(&self.client), before);
        let _ = self.discarded.send(std::mem::replace(&mut self.current, Arc::new(snapshot)));
        self.dispatcher.newest.store(generation, Ordering::Relaxed);
        let _ = self.meaning.send(Arc::clone(&self.current));
    }
}

/// A thread that takes what is to be let go.
fn discard() -> io::Result<Sender<Arc<Snapshot>>> {
    let (sender, receiver) = unbounded::<Arc<Snapshot>>();
    thread::Builder::new().name("discarded".to_owned()).spawn(move || receiver.into_iter().for_each(drop))?;
    Ok(sender)
}

/// The day from which windows are reckoned: what the client says, else the machine's day in UTC.
fn today(client: &Client) -> NaiveDate {
    let asked = client.options.today.as_ref().and_then(|day| day.parse().ok());
    asked.unwrap_or_else(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        DateTime::<Utc>::from_timestamp(seconds, 0).unwrap_or_default().date_naive()
    })
}

/// Whether a request was cancelled.
type Cancelled = Arc<AtomicBool>;
