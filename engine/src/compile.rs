//! A checked policy, ready to decide: immutable, shared, indexed by place and act, with its digest.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::context::Instant;
use crate::digest;
use crate::source::Source;
use crate::tree::{ClauseKind, ExceptionId, MeansId, Period, Place, PlaceTest, RuleId, Tree};

mod commence;
mod covered;
mod lead;
mod parts;
mod personal;
mod places;
mod reach;
mod spoken;

pub(crate) use commence::midnight;
pub use covered::Covered;
pub use parts::Parts;
pub use reach::Reach;
pub use spoken::{Heard, Spoken};

/// A policy ready to decide.
#[derive(Debug)]
pub struct PolicySet {
    /// The checked tree.
    pub tree: Arc<Tree>,
    /// The files it came from, for citations by line.
    pub sources: Vec<Source>,
    /// `sha256:…` of the canonical bundle: every file's text, by path.
    pub digest: String,
    /// Every place that a condition can tell apart, and one that none names, ascending.
    pub places: Vec<Place>,
    /// Which sources may speak of a call, by the places that it touches.
    pub reach: Reach,
    /// Per source: what it says.
    pub spoken: Vec<Spoken>,
    /// Which acts are covered where.
    pub covered: Covered,
    /// Midnights at which a rule, a claim, a region or a standing answer changes, ascending.
    pub commencements: Vec<Instant>,
    /// The periods by which something must come before an act.
    pub leads: Vec<Period>,
    /// Per rule: the rules that displace it.
    pub displacers: Vec<Vec<RuleId>>,
    /// Whether some safeguard excludes another.
    pub excludes: bool,
    /// The means `beep-tone`, if declared: a tone under way is not an announcement under way.
    pub tone: Option<MeansId>,
}

/// A clause that prohibits something: of a rule, or the `then` of an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseRef {
    /// The rule (for a `then`: the first of the rules that the exception excepts).
    pub rule: RuleId,
    /// The index among the rule's clauses, or among the exception's `then` clauses.
    pub clause: usize,
    /// The exception.
    pub then_of: Option<ExceptionId>,
}

impl PolicySet {
    /// Whether the policy tells parts of a country apart.
    #[must_use]
    pub fn is_divided(&self, place: &Place) -> bool {
        if place.country().is_some() {
            return false;
        }
        let next = self.places.partition_point(|other| other <= place);
        self.places.get(next).is_some_and(|next| next.is_within(place))
    }
}

/// Compiles a checked tree. The files are kept for citations; the digest is over their texts.
#[must_use]
pub fn compile(tree: Arc<Tree>, sources: Vec<Source>) -> Arc<PolicySet> {
    let excludes = tree.safeguards.iter().any(|(_, safeguard)| !safeguard.excludes.is_empty());
    Arc::new(PolicySet {
        digest: digest(&sources),
        places: places::of(&tree),
        reach: reach::index(&tree),
        spoken: spoken::sort(&tree, &personal::clauses(&tree)),
        covered: covered::index(&tree),
        commencements: commence::instants(&tree),
        leads: lead::periods(&tree),
        displacers: displacers(&tree),
        excludes,
        tone: tree.means.id("beep-tone"),
        tree,
        sources,
    })
}

fn digest(sources: &[Source]) -> String {
    let files: BTreeSet<(&str, &str)> = sources.iter().map(|source| (&*source.path, source.text())).collect();
    let texts: Vec<&str> = files.into_iter().flat_map(|(path, text)| [path, text]).collect();
    let lengths: Vec<[u8; 8]> = texts.iter().map(|text| (text.len() as u64).to_be_bytes()).collect();
    let pairs = lengths.iter().zip(&texts);
    digest::of(pairs.flat_map(|(length, text)| [length.as_slice(), text.as_bytes()]))
}

/// Per rule, the rules that displace it, ascending.
fn displacers(tree: &Tree) -> Vec<Vec<RuleId>> {
    let mut found = vec![Vec::new(); tree.rules.len()];
    for (displacer, declared) in tree.rules.iter() {
        for clause in &declared.clauses {
            if let ClauseKind::Displaces { rule, .. } = &clause.kind {
                let list: Option<&mut Vec<RuleId>> = found.get_mut(rule.0 as usize);
                list.into_iter().filter(|list| list.last() != Some(&displacer)).for_each(|list| list.push(displacer));
            }
        }
    }
    found
}

/// Whether a place is named by a test directly.
pub(crate) fn named(test: &PlaceTest) -> Option<&Place> {
    match test {
        PlaceTest::Place(place) => Some(place),
        PlaceTest::Region(_) => None,
    }
}
