//! What all files of a workspace mean together: the resolved and checked policy, and on demand what its scenarios came to.

mod standing;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use onrecord::check::Checkpoint;
use onrecord::compile::{self, PolicySet};
use onrecord::diagnostic::Diagnostic;
use onrecord::resolve::{self, Target, Use};
use onrecord::source::{FileId, Span};
use onrecord::syntax::Parsed;
use onrecord::test::{self, TestReport};
use onrecord::tree::{PlaceTest, Scenario, Tree};

use crate::document::{Document, Piece};
use crate::feature::findings;
use standing::Standing;

/// The meaning of a workspace at one moment. Spans name pieces of documents.
#[derive(Debug)]
pub struct Semantic {
    /// The policy.
    pub tree: Arc<Tree>,
    /// What is wrong with it, reading aside, sorted by piece and place.
    diagnostics: Vec<Diagnostic>,
    /// What it is worked out from after the next edit.
    checkpoint: Checkpoint,
    /// What is known of each piece, by number.
    known: Vec<Known>,
    /// Whether all of the policy can be run.
    pub is_valid: bool,
    /// What stands in the way of running scenarios.
    pub standing: Standing,
    set: OnceLock<Arc<PolicySet>>,
    report: OnceLock<TestReport>,
    unmet: OnceLock<BTreeMap<FileId, Vec<Diagnostic>>>,
    places: OnceLock<Vec<String>>,
}

/// What is known of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// Nothing: the meaning was not made from it.
    Nothing,
    /// That nothing is wrong in it, reading aside.
    Sound,
    /// That something is wrong in it.
    Unsound,
}

/// What resolving finds in pieces that are new.
#[derive(Debug, Default)]
pub struct Names {
    /// The pieces.
    pub of: HashSet<FileId>,
    /// What was found in them.
    pub found: Vec<Diagnostic>,
}

/// The most new pieces for which names are worked out by themselves.
const MOST_NEW: usize = 16;

impl Semantic {
    /// Resolves and checks.
    #[must_use]
    pub fn new<'d>(documents: impl Iterator<Item = &'d Arc<Document>>, today: NaiveDate) -> Self {
        let pieces = pieces(documents);
        let parsed: Vec<&Parsed> = pieces.iter().map(|piece| &piece.parsed).collect();
        Self::of(Checkpoint::new(&parsed, Some(today)), &pieces)
    }

    /// Resolves and checks after an edit what the edit changed, and what hangs on it. `None` where that may be everything.
    #[must_use]
    pub fn after<'d>(&self, documents: impl Iterator<Item = &'d Arc<Document>>, today: NaiveDate) -> Option<Self> {
        let pieces = pieces(documents);
        let parsed: Vec<&Parsed> = pieces.iter().map(|piece| &piece.parsed).collect();
        Some(Self::of(self.checkpoint.after(&parsed, Some(today))?, &pieces))
    }

    fn of(mut checkpoint: Checkpoint, pieces: &[&Arc<Piece>]) -> Self {
        let is_valid = checkpoint.is_valid();
        let mut diagnostics = std::mem::take(&mut checkpoint.diagnostics);
        let standing = Standing::new(&checkpoint.tree, pieces, diagnostics.iter());
        // What reading found is said from the pieces themselves, at once.
        let read: HashSet<(Span, &str, &str)> =
            pieces.iter().flat_map(|piece| &piece.parsed.diagnostics).map(identity).collect();
        diagnostics.retain(|found| !read.contains(&identity(found)));
        diagnostics.sort_by_key(|found| found.span);
        let number = |id: FileId| id.0 as usize;
        let mut known = vec![Known::Nothing; pieces.iter().map(|piece| number(piece.id()) + 1).max().unwrap_or(0)];
        let mut say = |id: FileId, what: Known| known.get_mut(number(id)).into_iter().for_each(|known| *known = what);
        pieces.iter().for_each(|piece| say(piece.id(), Known::Sound));
        diagnostics.iter().for_each(|found| say(found.span.file, Known::Unsound));
        Self {
            tree: Arc::clone(&checkpoint.tree),
            diagnostics,
            checkpoint,
            known,
            is_valid,
            standing,
            set: OnceLock::new(),
            report: OnceLock::new(),
            unmet: OnceLock::new(),
            places: OnceLock::new(),
        }
    }

    /// What the names of some pieces mean that were not there before, far sooner than what everything means together. `None` where
    /// so much is new that this would be no sooner.
    #[must_use]
    pub fn names_of_new<'d>(&self, documents: impl Iterator<Item = &'d Arc<Document>>) -> Option<Names> {
        let pieces: Vec<_> = documents.flat_map(|document| document.pieces().map(|(_, piece)| piece)).collect();
        let of: HashSet<FileId> = pieces.iter().map(|piece| piece.id()).filter(|id| !self.knows(*id)).collect();
        if of.is_empty() || of.len() > MOST_NEW {
            return None;
        }
        let found = resolve::findings_in(pieces.iter().map(|piece| &piece.parsed), |id| of.contains(&id));
        Some(Names { of, found })
    }

    /// Whether it was made from this piece.
    #[must_use]
    pub fn knows(&self, piece: FileId) -> bool {
        self.known(piece) != Known::Nothing
    }

    fn known(&self, piece: FileId) -> Known {
        self.known.get(piece.0 as usize).copied().unwrap_or(Known::Nothing)
    }

    /// Whether it was made from this piece and nothing is wrong in it, reading aside.
    #[must_use]
    pub fn is_sound(&self, piece: FileId) -> bool {
        self.known(piece) == Known::Sound && self.unmet(piece).is_empty()
    }

    /// The expectations in a piece that are not met, as far as the scenarios were run.
    #[must_use]
    pub fn unmet(&self, piece: FileId) -> &[Diagnostic] {
        let Some(report) = self.report() else { return &[] };
        self.unmet.get_or_init(|| findings::unmet(report)).get(&piece).map(Vec::as_slice).unwrap_or_default()
    }

    /// What is wrong in a piece, reading aside.
    #[must_use]
    pub fn diagnostics(&self, piece: FileId) -> &[Diagnostic] {
        self.diagnostics.get(within(&self.diagnostics, piece, |found| found.span.file)).unwrap_or_default()
    }

    /// Whether a definition has this name.
    #[must_use]
    pub fn defines(&self, name: &str) -> bool {
        self.checkpoint.defines(name)
    }

    /// The names in a piece.
    #[must_use]
    pub fn uses(&self, piece: FileId) -> &[Use] {
        self.checkpoint.uses().of(piece)
    }

    /// The name at a byte of a piece.
    #[must_use]
    pub fn use_at(&self, piece: FileId, offset: usize) -> Option<&Use> {
        let touching = self.uses(piece).iter().filter(|one| one.span.touches(offset));
        touching.min_by_key(|one| (one.span.range().end == offset, one.span.range().len()))
    }

    /// Every place where something is named, its declaration included.
    pub fn uses_of<'s>(&'s self, target: &'s Target) -> impl Iterator<Item = &'s Use> {
        let mut last = None;
        self.checkpoint
            .uses()
            .iter()
            .filter(move |one| *one.target == *target && last.replace(one.span) != Some(one.span))
    }

    /// The policy, ready to decide. It is fit for use only where nothing stands in the way.
    #[must_use]
    pub fn set(&self) -> &Arc<PolicySet> {
        self.set.get_or_init(|| compile::compile(Arc::clone(&self.tree), Vec::new()))
    }

    /// What the scenarios came to, if they were run.
    #[must_use]
    pub fn report(&self) -> Option<&TestReport> {
        self.report.get()
    }

    /// Runs the scenarios that nothing stands in the way of, as long as somebody wants to know.
    pub fn run_scenarios(&self, is_wanted: impl Fn() -> bool) -> Option<&TestReport> {
        if self.report.get().is_none() {
            let can_run = |scenario: &Scenario| self.standing.against(&self.tree, scenario).is_none();
            let mut report = if self.tree.scenarios.iter().any(|scenario| can_run(scenario)) || self.is_valid {
                test::run_some(self.set(), can_run, is_wanted)?
            } else {
                TestReport::default()
            };
            if !self.is_valid {
                report.unreached.clear();
            }
            return Some(self.report.get_or_init(|| report));
        }
        self.report.get()
    }

    /// Places that the policy speaks of, each once.
    pub fn places(&self) -> &[String] {
        self.places.get_or_init(|| {
            let covered = self.tree.coverage.iter().map(|one| one.place.to_string());
            let members = self.tree.regions.iter().flat_map(|(_, region)| &region.members);
            let members = members.filter_map(|(member, ..)| match member {
                PlaceTest::Place(place) => Some(place.to_string()),
                PlaceTest::Region(_) => None,
            });
            covered.chain(members).collect::<BTreeSet<_>>().into_iter().collect()
        })
    }
}

fn pieces<'d>(documents: impl Iterator<Item = &'d Arc<Document>>) -> Vec<&'d Arc<Piece>> {
    documents.flat_map(|document| document.pieces().map(|(_, piece)| piece)).collect()
}

fn identity(found: &Diagnostic) -> (Span, &str, &str) {
    (found.span, found.code.id, &found.message)
}

/// The rows of one piece in a list that is sorted by piece.
fn within<T>(rows: &[T], piece: FileId, of: impl Fn(&T) -> FileId) -> Range<usize> {
    let start = rows.partition_point(|row| of(row) < piece);
    let rest = rows.get(start..).unwrap_or_default();
    start..start + rest.partition_point(|row| of(row) == piece)
}
