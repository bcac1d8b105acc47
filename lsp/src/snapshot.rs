//! The workspace at one moment, never changed afterwards: every request works on the snapshot of its arrival.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use chrono::NaiveDate;
use onrecord::source::{FileId, Span};
use onrecord::tree::Tree;

use crate::document::{Document, Piece};
use crate::semantic::Semantic;

/// Documents by key (see `path::key`).
pub type Documents = BTreeMap<Arc<str>, Arc<Document>>;

/// The workspace at one moment.
#[derive(Debug)]
pub struct Snapshot {
    /// Counts the edits.
    pub generation: u64,
    /// Every file, open ones as they are in the editor.
    pub documents: Documents,
    /// Today, for windows and review dates.
    pub today: NaiveDate,
    /// The newest meaning that was known when this snapshot was taken, until its own is worked out from it.
    before: Mutex<Option<Arc<Semantic>>>,
    semantic: OnceLock<Arc<Semantic>>,
    owners: OnceLock<HashMap<FileId, Arc<Document>>>,
}

/// A place in a document.
#[derive(Clone, Debug)]
pub struct Place {
    /// The document.
    pub document: Arc<Document>,
    /// The bytes.
    pub range: Range<usize>,
}

impl Snapshot {
    /// The workspace as it is.
    #[must_use]
    pub fn new(generation: u64, documents: Documents, today: NaiveDate, before: Option<Arc<Semantic>>) -> Self {
        let before = Mutex::new(before);
        Self { generation, documents, today, before, semantic: OnceLock::new(), owners: OnceLock::new() }
    }

    /// What it means; worked out by whoever asks first, waited for by the others.
    pub fn semantic(&self) -> &Arc<Semantic> {
        match self.semantic_after_edit() {
            Some(known) => known,
            None => self.semantic.get_or_init(|| Arc::new(Semantic::new(self.documents.values(), self.today))),
        }
    }

    /// What it means, worked out from what was known before; `None` where that may be everything.
    pub fn semantic_after_edit(&self) -> Option<&Arc<Semantic>> {
        if self.semantic.get().is_none()
            && let Ok(mut before) = self.before.lock()
            && let Some(before) = before.take()
            && let Some(after) = before.after(self.documents.values(), self.today)
        {
            self.semantic.get_or_init(|| Arc::new(after));
        }
        self.semantic.get()
    }

    /// What it means, if that was worked out already.
    #[must_use]
    pub fn known_semantic(&self) -> Option<&Arc<Semantic>> {
        self.semantic.get()
    }

    /// Where a span is. A span of before an edit is where the edit moved it to.
    #[must_use]
    pub fn place(&self, span: Span) -> Option<Place> {
        let owners = self.owners.get_or_init(|| {
            let pieces = |document: &Arc<Document>| {
                let document = Arc::clone(document);
                let ids: Vec<FileId> = document.pieces().map(|(_, piece)| piece.id()).collect();
                ids.into_iter().map(move |id| (id, Arc::clone(&document)))
            };
            self.documents.values().flat_map(pieces).collect()
        });
        if let Some(document) = owners.get(&span.file) {
            let range = document.range(span)?;
            return Some(Place { document: Arc::clone(document), range });
        }
        let later = |document: &Arc<Document>| {
            let range = document.pieces().find_map(|(base, piece)| {
                let range = piece.since(span.file, span.range())?;
                Some(base + range.start..base + range.end)
            })?;
            Some(Place { document: Arc::clone(document), range })
        };
        self.documents.values().find_map(later)
    }
}

/// What a feature works from: the documents, one of them, and what is known of their meaning.
#[derive(Clone, Copy)]
pub struct View<'s> {
    /// The documents.
    pub snapshot: &'s Snapshot,
    /// The one that was asked about.
    pub document: &'s Arc<Document>,
    /// Their meaning: of this moment, or of a moment before for what must not wait.
    pub semantic: &'s Semantic,
}

impl<'s> View<'s> {
    /// The policy.
    #[must_use]
    pub fn tree(self) -> &'s Tree {
        &self.semantic.tree
    }

    /// The piece at a byte of the document, and the byte in it.
    #[must_use]
    pub fn at(self, offset: usize) -> Option<(&'s Arc<Piece>, usize)> {
        let (base, piece) = self.document.piece_of(offset)?;
        Some((piece, offset - base))
    }
}
