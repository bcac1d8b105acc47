//! What holds what: a rule its exceptions, a region its members, a word the words under it.

use onrecord::source::Span;
use onrecord::tree::table::{Id, Table};
use onrecord::tree::{ClauseKind, PlaceTest, Tree, Word};

use crate::feature::navigation;
use crate::snapshot::{Place, Snapshot, View};

/// Something in a hierarchy.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// Its title or label.
    pub detail: String,
    /// The keyword that declares it.
    pub keyword: &'static str,
    /// All of it.
    pub place: Place,
    /// Its name in it.
    pub name_place: Place,
}

fn node(
    snapshot: &Snapshot,
    keyword: &'static str,
    name: &str,
    detail: &str,
    span: Span,
    name_span: Span,
) -> Option<Node> {
    let (place, name_place) = (snapshot.place(span)?, snapshot.place(name_span)?);
    Some(Node { name: name.to_owned(), detail: detail.to_owned(), keyword, place, name_place })
}

// ---------------------------------------------------------------------------------------------- rules and exceptions

fn rule(snapshot: &Snapshot, tree: &Tree, id: onrecord::tree::RuleId) -> Option<Node> {
    let rule = tree.rules.get(id)?;
    node(snapshot, "rule", &rule.name, &rule.title, rule.span, rule.name_span)
}

fn exception(snapshot: &Snapshot, tree: &Tree, id: onrecord::tree::ExceptionId) -> Option<Node> {
    let exception = tree.exceptions.get(id)?;
    node(snapshot, "except", &exception.name, &exception.title, exception.span, exception.name_span)
}

/// The rule or exception named at a byte.
#[must_use]
pub fn clause_at(view: View<'_>, offset: usize) -> Option<Node> {
    let target = &navigation::use_at(view, offset)?.target;
    let tree = view.tree();
    match target.kind {
        "rule" => rule(view.snapshot, tree, tree.rules.id(&target.name)?),
        "exception" => exception(view.snapshot, tree, tree.exceptions.id(&target.name)?),
        _ => None,
    }
}

/// The rules that an exception excepts; the rules that displace a rule.
#[must_use]
pub fn above_clause(snapshot: &Snapshot, tree: &Tree, name: &str) -> Vec<Node> {
    if let Some(found) = tree.exceptions.id(name).and_then(|id| tree.exceptions.get(id)) {
        return found.rules.iter().filter_map(|id| rule(snapshot, tree, *id)).collect();
    }
    let Some(id) = tree.rules.id(name) else { return Vec::new() };
    let displaces = |kind: &ClauseKind| matches!(kind, ClauseKind::Displaces { rule, .. } if *rule == id);
    let displacing = tree.rules.iter().filter(|(_, rule)| rule.clauses.iter().any(|clause| displaces(&clause.kind)));
    displacing.filter_map(|(id, _)| rule(snapshot, tree, id)).collect()
}

/// The exceptions to a rule.
#[must_use]
pub fn below_clause(snapshot: &Snapshot, tree: &Tree, name: &str) -> Vec<Node> {
    let found = tree.rules.id(name).and_then(|id| tree.rules.get(id));
    found.into_iter().flat_map(|rule| &rule.exceptions).filter_map(|id| exception(snapshot, tree, *id)).collect()
}

// ---------------------------------------------------------------------------------------------- regions and words

/// The region or word named at a byte.
#[must_use]
pub fn word_at(view: View<'_>, offset: usize) -> Option<Node> {
    let target = &navigation::use_at(view, offset)?.target;
    let found = related(view.snapshot, view.tree(), target.kind, &target.name, Direction::Itself);
    found.into_iter().next()
}

/// What a region is in, what a word is under.
#[must_use]
pub fn above_word(snapshot: &Snapshot, tree: &Tree, kind: &str, name: &str) -> Vec<Node> {
    related(snapshot, tree, kind, name, Direction::Above)
}

/// What is in a region, what is under a word.
#[must_use]
pub fn below_word(snapshot: &Snapshot, tree: &Tree, kind: &str, name: &str) -> Vec<Node> {
    related(snapshot, tree, kind, name, Direction::Below)
}

#[derive(Clone, Copy)]
enum Direction {
    Itself,
    Above,
    Below,
}

fn related(snapshot: &Snapshot, tree: &Tree, kind: &str, name: &str, direction: Direction) -> Vec<Node> {
    macro_rules! words {
        ($keyword:literal, $table:ident) => {
            of_words(snapshot, $keyword, &tree.$table, |word| word, name, direction)
        };
        ($keyword:literal, $table:ident, $word:ident) => {
            of_words(snapshot, $keyword, &tree.$table, |word| &word.$word, name, direction)
        };
    }
    match kind {
        "region" => of_regions(snapshot, tree, name, direction),
        "act" => words!("act", acts, word),
        "purpose" => words!("purpose", purposes),
        "category" => words!("category", categories),
        "role" => words!("role", roles, word),
        "judgment" => words!("judgment", judgments, word),
        "element" => words!("element", elements),
        "safeguard" => words!("safeguard", safeguards, word),
        "means" => words!("means", means),
        "manner" => words!("manner", manners, word),
        "artefact" => words!("artefact", artefacts),
        "event" => words!("event", events),
        "phase" => words!("phase", phases, word),
        "recipient" => words!("recipient", recipients),
        _ => Vec::new(),
    }
}

fn of_words<I: Id + PartialEq, T>(
    snapshot: &Snapshot,
    keyword: &'static str,
    table: &Table<I, T>,
    word: fn(&T) -> &Word<I>,
    name: &str,
    direction: Direction,
) -> Vec<Node> {
    let Some(id) = table.id(name) else { return Vec::new() };
    let Some(declared) = table.get(id).map(word) else { return Vec::new() };
    let found: Vec<I> = match direction {
        Direction::Itself => vec![id],
        Direction::Above => declared.under.clone(),
        Direction::Below => {
            table.iter().filter(|(_, other)| word(other).under.contains(&id)).map(|(id, _)| id).collect()
        }
    };
    let node = |id| {
        let word = word(table.get(id)?);
        node(snapshot, keyword, &word.name, &word.label, word.span, word.name_span)
    };
    found.into_iter().filter_map(node).collect()
}

fn of_regions(snapshot: &Snapshot, tree: &Tree, name: &str, direction: Direction) -> Vec<Node> {
    let Some(id) = tree.regions.id(name) else { return Vec::new() };
    let node = |id| {
        let region = tree.regions.get(id)?;
        node(snapshot, "region", &region.name, &region.label, region.span, region.name_span)
    };
    let holds = |outer: &onrecord::tree::Region, inner| {
        outer.members.iter().any(|(member, ..)| *member == PlaceTest::Region(inner))
    };
    match direction {
        Direction::Itself => node(id).into_iter().collect(),
        Direction::Above => {
            tree.regions.iter().filter(|(_, region)| holds(region, id)).filter_map(|(id, _)| node(id)).collect()
        }
        Direction::Below => {
            let region = tree.regions.get(id);
            let members = region.into_iter().flat_map(|region| &region.members);
            members
                .filter_map(|(member, ..)| match member {
                    PlaceTest::Region(inner) => node(*inner),
                    PlaceTest::Place(_) => None,
                })
                .collect()
        }
    }
}
