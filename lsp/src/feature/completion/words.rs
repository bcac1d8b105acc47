//! Names and values that can stand at a place, with their labels.

use onrecord::resolve;
use onrecord::syntax::ast::{ClauseKind, FactOf, ItemKind, RuleLine, Verb};
use onrecord::tree::FactType;

use super::Proposal;
use super::slot::Holder;
use crate::document::Piece;
use crate::snapshot::View;

fn proposal(kind: &'static str, name: &str, detail: &str) -> Proposal {
    Proposal { label: name.to_owned(), kind, detail: detail.to_owned(), snippet: None }
}

/// Every name of a kind.
pub fn of(view: View<'_>, kind: &'static str) -> Vec<Proposal> {
    let tree = view.tree();
    macro_rules! all {
        ($table:ident, $($detail:ident).+) => {
            tree.$table.iter().map(|(id, one)| proposal(kind, tree.$table.name(id), &one.$($detail).+)).collect()
        };
    }
    match kind {
        "act" => all!(acts, word.label),
        "purpose" => all!(purposes, label),
        "category" => all!(categories, label),
        "role" => all!(roles, word.label),
        "fact" => all!(facts, word.label),
        "judgment" => all!(judgments, word.label),
        "element" => all!(elements, label),
        "safeguard" => all!(safeguards, word.label),
        "means" => all!(means, label),
        "manner" => all!(manners, word.label),
        "artefact" => all!(artefacts, label),
        "event" => all!(events, label),
        "phase" => all!(phases, word.label),
        "recipient" => all!(recipients, label),
        "region" => all!(regions, label),
        "source" => all!(sources, title),
        "reading" => all!(readings, label),
        "rule" => all!(rules, title),
        "exception" => all!(exceptions, title),
        "notice" => all!(notices, title),
        "bundle" => all!(bundles, title),
        "place" => places(view),
        "definition" => definitions(view),
        _ => Vec::new(),
    }
}

/// Places that the files speak of.
fn places(view: View<'_>) -> Vec<Proposal> {
    let place = |place: &String| proposal("place", place, resolve::place_name(place).unwrap_or_default());
    view.semantic.places().iter().map(place).collect()
}

/// Every other place that can be written: the countries, or the subdivisions of the one that was begun.
pub fn other_places(begun: &str) -> Vec<Proposal> {
    let place = |(code, name): (&str, &str)| proposal("place", code, name);
    match begun.split_once('-') {
        Some((country, _)) => resolve::subdivisions(country).into_iter().map(place).collect(),
        None => resolve::countries().map(place).collect(),
    }
}

fn definitions(view: View<'_>) -> Vec<Proposal> {
    let documents = view.snapshot.documents.values();
    let symbols = documents.flat_map(|document| document.pieces()).flat_map(|(_, piece)| &piece.facts.symbols);
    symbols.filter(|one| one.keyword == "define").map(|one| proposal("definition", &one.name, "definition")).collect()
}

/// Values that facts of a holder may have, by the verb that reads them.
pub fn values(view: View<'_>, holder: Holder, verb: &str) -> Vec<Proposal> {
    let of = match holder {
        Holder::Call => FactOf::Call,
        Holder::Company => FactOf::Company,
        Holder::Recorder => FactOf::Recorder,
        Holder::Party => FactOf::Party,
    };
    let mut found = Vec::new();
    for (_, fact) in view.tree().facts.iter().filter(|(_, fact)| fact.of == of && verb_word(fact.verb) == verb) {
        match &fact.kind {
            FactType::YesNo => found.push(proposal("fact", &fact.word.name, &fact.word.label)),
            FactType::Years(..) => {
                found.extend(["under", "at least"].map(|word| proposal("keyword", word, &fact.word.label)))
            }
            kind => found.extend(kind.values().iter().map(|value| {
                let label = if value.label == value.name { &fact.word.label } else { &value.label };
                proposal("value", &value.name, label)
            })),
        }
    }
    if verb == "is" {
        found.extend(["not", "in"].map(|word| proposal("keyword", word, "")));
    }
    found
}

fn verb_word(verb: Verb) -> &'static str {
    match verb {
        Verb::Is => "is",
        Verb::Uses => "uses",
        Verb::Concerns => "concerns",
        Verb::Has => "has",
        Verb::Speaks => "speaks",
        _ => "in",
    }
}

/// The labels of duties and periods in a declaration.
pub fn labels(piece: &Piece) -> Vec<Proposal> {
    let mut found = Vec::new();
    for item in &piece.parsed.file.items {
        let ItemKind::Rule(rule) = &item.value else { continue };
        for line in &rule.body.lines {
            if let RuleLine::Clause(clause) = &line.value {
                let waivable = matches!(clause.kind, ClauseKind::Duty { .. } | ClauseKind::Keep { .. });
                found.extend(clause.label.iter().filter(|_| waivable).map(|label| proposal("label", &label.text, "")));
            }
        }
    }
    found
}
