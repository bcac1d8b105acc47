//! A checked policy, ready to decide: immutable, shared, indexed by act, with its digest.

use std::collections::BTreeSet;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::source::Source;
use crate::tree::{ActId, ClauseKind, ExceptionId, MeansId, Place, PlaceTest, RuleId, Tree};

mod personal;
mod places;

/// A policy ready to decide.
#[derive(Debug)]
pub struct PolicySet {
    /// The checked tree.
    pub tree: Arc<Tree>,
    /// The files it came from, for citations by line.
    pub sources: Vec<Source>,
    /// `sha256:…` of the canonical bundle: every file's text, by path.
    pub digest: String,
    /// Every place that a condition can tell apart, and one that none names.
    pub places: Vec<Place>,
    /// Per act: the clauses that prohibit it, or something it is a kind of, or the omission of something.
    pub clauses: Vec<Vec<ClauseRef>>,
    /// Per rule: the rules that displace it.
    pub displacers: Vec<Vec<RuleId>>,
    /// The clauses that tell persons apart.
    pub personal: BTreeSet<ClauseRef>,
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
    /// Whether a clause tells persons apart: its act, or an act that an exception to its rule allows, is of a role, or it speaks of
    /// *that party*.
    #[must_use]
    pub fn is_personal(&self, at: ClauseRef) -> bool {
        self.personal.contains(&at)
    }
}

/// Compiles a checked tree. The files are kept for citations; the digest is over their texts.
#[must_use]
pub fn compile(tree: Arc<Tree>, sources: Vec<Source>) -> Arc<PolicySet> {
    let digest = digest(&sources);
    let places = places::of(&tree);
    let clauses = tree.acts.ids().map(|act| clauses_on(&tree, act)).collect();
    let displacers = tree.rules.ids().map(|rule| displacers_of(&tree, rule)).collect();
    let tone = tree.means.id("beep-tone");
    let personal = personal::clauses(&tree);
    Arc::new(PolicySet { tree, sources, digest, places, clauses, displacers, personal, tone })
}

fn digest(sources: &[Source]) -> String {
    let files: BTreeSet<(&str, &str)> = sources.iter().map(|source| (&*source.path, source.text())).collect();
    let mut hash = Sha256::new();
    for (path, text) in files {
        for part in [path, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

fn clauses_on(tree: &Tree, act: ActId) -> Vec<ClauseRef> {
    let touches = |kind: &ClauseKind| match kind {
        ClauseKind::Prohibit { act: pattern, .. } => {
            let (lower, upper) = if pattern.not { (pattern.act, act) } else { (act, pattern.act) };
            tree.acts.get(lower).is_some_and(|word| word.word.is_a(upper))
        }
        _ => false,
    };
    let of_rules = tree.rules.iter().flat_map(|(rule, declared)| {
        (0..).zip(&declared.clauses).map(move |(clause, written)| (ClauseRef { rule, clause, then_of: None }, written))
    });
    let of_exceptions = tree.exceptions.iter().flat_map(|(exception, declared)| {
        declared.rules.first().into_iter().flat_map(move |rule| {
            (0..)
                .zip(&declared.thens)
                .map(move |(clause, written)| (ClauseRef { rule: *rule, clause, then_of: Some(exception) }, written))
        })
    });
    of_rules.chain(of_exceptions).filter(|(_, written)| touches(&written.kind)).map(|(at, _)| at).collect()
}

fn displacers_of(tree: &Tree, displaced: RuleId) -> Vec<RuleId> {
    let displaces = |kind: &ClauseKind| matches!(kind, ClauseKind::Displaces { rule, .. } if *rule == displaced);
    tree.rules
        .iter()
        .filter(|(_, rule)| rule.clauses.iter().any(|clause| displaces(&clause.kind)))
        .map(|(id, _)| id)
        .collect()
}

/// Whether a place is named by a test directly.
pub(crate) fn named(test: &PlaceTest) -> Option<&Place> {
    match test {
        PlaceTest::Place(place) => Some(place),
        PlaceTest::Region(_) => None,
    }
}
