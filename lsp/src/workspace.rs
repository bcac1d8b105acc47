//! The files of the workspace as they change: folders on disk, and the editor's unsaved texts, which win.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use crate::document::{Document, Numbers};
use crate::path;
use crate::server::STACK;
use crate::snapshot::Documents;

/// The most files that are read from disk.
const MAX_FILES: usize = 20_000;
/// The most bytes of one file that are read from disk; the engine reports a file of more than its own limit.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The files.
#[derive(Debug, Default)]
pub struct Workspace {
    /// All of them, by key.
    pub documents: Documents,
    open: BTreeSet<Arc<str>>,
    folders: Vec<PathBuf>,
    numbers: Numbers,
}

impl Workspace {
    /// Adds a folder and reads its files.
    pub fn add_folder(&mut self, folder: &Path) {
        if self.folders.iter().any(|known| known == folder) {
            return;
        }
        self.folders.push(folder.to_owned());
        let files = policies_below(folder);
        let read = in_parallel(&files, |file| Some((file, self.on_disk(file)?)));
        for (file, document) in read.into_iter().flatten() {
            self.documents.insert(path::key(&path::to_uri(file)).into(), Arc::new(document));
        }
    }

    /// Forgets a folder and its files, unless they are open or below another folder.
    pub fn remove_folder(&mut self, folder: &Path) {
        self.folders.retain(|known| known != folder);
        let (folders, open) = (&self.folders, &self.open);
        self.documents.retain(|key, _| {
            open.contains(key)
                || path::from_uri(key).is_some_and(|file| folders.iter().any(|folder| file.starts_with(folder)))
        });
    }

    /// Whether a file lies below a folder of the workspace.
    #[must_use]
    pub fn holds(&self, file: &Path) -> bool {
        self.folders.iter().any(|folder| file.starts_with(folder))
    }

    /// Reads a file from disk again, or forgets it if it is gone. An open file stays as it is in the editor.
    pub fn read(&mut self, file: &Path) {
        let key: Arc<str> = path::key(&path::to_uri(file)).into();
        if self.open.contains(&key) {
            return;
        }
        match self.on_disk(file) {
            Some(document) => self.documents.insert(key, Arc::new(document)),
            None => self.documents.remove(&key),
        };
    }

    /// A file as it is on disk, unless it is open.
    fn on_disk(&self, file: &Path) -> Option<Document> {
        let uri = path::to_uri(file);
        let key = path::key(&uri);
        let readable = fs::metadata(file).is_ok_and(|about| about.is_file() && about.len() <= MAX_BYTES);
        if self.open.contains(key.as_str()) || !readable {
            return None;
        }
        let bytes = fs::read(file).ok()?;
        let broken_at = std::str::from_utf8(&bytes).err().map(|error| error.valid_up_to());
        let not_text = broken_at.and_then(|at| Some((at, *bytes.get(at)?)));
        Some(self.made(&key, &uri, None, &String::from_utf8_lossy(&bytes)).noting(not_text))
    }

    /// Takes an editor's text. A file that was opened by itself brings the pack along in which it stands: without the words it uses,
    /// all of it would seem wrong.
    pub fn open(&mut self, uri: &str, version: i32, text: &str) {
        let file = path::from_uri(uri).filter(|file| !self.holds(file));
        if let Some(pack) = file.as_deref().and_then(pack_of) {
            self.add_folder(pack);
        }
        let key: Arc<str> = path::key(uri).into();
        self.open.insert(Arc::clone(&key));
        let known = self.documents.get(&key).and_then(|known| known.not_text());
        let document = self.made(&key, uri, Some(version), text).noting(known.map(|(range, byte)| (range.start, byte)));
        self.documents.insert(key, Arc::new(document));
    }

    /// A document with a text, made from the one that is known.
    fn made(&self, key: &str, uri: &str, version: Option<i32>, text: &str) -> Document {
        let mut document = match self.documents.get(key) {
            Some(known) => known.replaced(&self.numbers, text, version),
            None => {
                let shown = path::from_uri(uri).map_or_else(|| uri.to_owned(), |path| path.display().to_string());
                Document::new(&self.numbers, uri, &shown, version, text)
            }
        };
        document.uri = uri.into();
        document
    }

    /// Changes an open text.
    pub fn edit(&mut self, uri: &str, edit: impl FnOnce(&Document, &Numbers) -> Document) {
        let key: Arc<str> = path::key(uri).into();
        if let Some(document) = self.documents.get_mut(&key) {
            *document = Arc::new(edit(document, &self.numbers));
        }
    }

    /// Lets an editor's text go: the file is again what it is on disk.
    pub fn close(&mut self, uri: &str) {
        let key: Arc<str> = path::key(uri).into();
        self.open.remove(&key);
        match path::from_uri(&key) {
            Some(file) if self.holds(&file) => self.read(&file),
            _ => {
                self.documents.remove(&key);
            }
        }
    }

    /// The document at an address.
    #[must_use]
    pub fn document(&self, uri: &str) -> Option<&Arc<Document>> {
        self.documents.get(path::key(uri).as_str())
    }

    /// Whether the client has a document open.
    #[must_use]
    pub fn is_open(&self, key: &str) -> bool {
        self.open.contains(key)
    }
}

/// What is made of each of some things, in their order, on as many threads as the machine has processors.
fn in_parallel<'t, T: Sync, R: Send>(things: &'t [T], make: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let share = things.len().div_ceil(threads).max(1);
    let make = &make;
    thread::scope(|scope| {
        let start = |some: &'t [T]| {
            let thread = thread::Builder::new().name("reading".to_owned()).stack_size(STACK);
            (some, thread.spawn_scoped(scope, move || some.iter().map(make).collect::<Vec<_>>()))
        };
        let started: Vec<_> = things.chunks(share).map(start).collect();
        // What a thread could not do is done here.
        let ended = started.into_iter().map(|(some, thread)| {
            let made = thread.ok().and_then(|thread| thread.join().ok());
            made.unwrap_or_else(|| some.iter().map(make).collect())
        });
        ended.flatten().collect()
    })
}

/// The folder of the pack in which a file stands: the nearest one above it with a vocabulary.
fn pack_of(file: &Path) -> Option<&Path> {
    let is_pack = |folder: &&Path| folder.join("vocabulary").is_dir() || folder.join("policies/vocabulary").is_dir();
    file.ancestors().skip(1).find(is_pack)
}

/// Every policy below a folder, in order; hidden folders and what builds leave behind aside.
fn policies_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !name.starts_with('.') && !matches!(&*name, "target" | "node_modules") {
                open.push(entry.path());
            } else if name.ends_with(".onr") && found.len() < MAX_FILES {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}
