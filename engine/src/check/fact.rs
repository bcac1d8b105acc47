//! Facts whose values cannot be told apart, or that have none.

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Fact, FactType};

pub(super) const CODES: &[&Code] = &[&SAME_VALUE, &FEW_VALUES, &YEARS, &SAME_VERB];

code!(
    SAME_VALUE,
    "ONR0363",
    "value of two facts",
    "A condition names a value, and the value tells the fact. Of two facts of one subject with the same verb, a value, or a fact that is yes or no, must not share its name with the other's.",
    sample!(direction; "fact route \"Route\" {\n  means \"Which way it went.\"\n  of call\n  one of { inbound, transferred }\n}\n"),
    sample!(direction; "fact route \"Route\" {\n  means \"Which way it went.\"\n  of call\n  one of { direct, transferred }\n}\n")
);
code!(
    FEW_VALUES,
    "ONR0364",
    "fact without values to choose from",
    "A fact with one value, or none, is always the same: no rule can depend on it.",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound }\n}\n",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n"
);
code!(
    YEARS,
    "ONR0365",
    "years from more to less",
    "The least number of years stands first.",
    "fact age \"Age\" {\n  means \"How old the person is.\"\n  of each party\n  years from 120 to 0\n}\n",
    "fact age \"Age\" {\n  means \"How old the person is.\"\n  of each party\n  years from 0 to 120\n}\n"
);
code!(
    SAME_VERB,
    "ONR0366",
    "two facts that one phrase would read",
    "`is in US-CA` or `is under 18` names no fact: the verb alone tells which is meant. So a subject has one fact of places for a verb, and one of years.",
    sample!(location; "fact billing-place \"Billing address\" {\n  means \"Where the bills go.\"\n  of each party\n  reads is in\n  a place\n}\n"),
    sample!(location; "fact billing-place \"Billing address\" {\n  means \"Where the bills go.\"\n  of each party\n  reads is established in\n  a place\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let facts: Vec<&Fact> = policy.tree.facts.iter().map(|(_, fact)| fact).collect();
    let facts: Vec<&Fact> = facts.into_iter().filter(|fact| policy.is_whole(fact.word.span)).collect();
    for (at, fact) in facts.iter().enumerate() {
        let earlier = facts.iter().take(at).filter(|other| other.of == fact.of && other.verb == fact.verb);
        for other in earlier {
            if shape(fact).is_some() && shape(fact) == shape(other) {
                out.push(same_verb(fact, other));
            }
            let shared = names(fact).into_iter().find_map(|(name, span)| {
                names(other).into_iter().find(|(theirs, _)| *theirs == name).map(|(_, theirs)| (name, span, theirs))
            });
            out.extend(shared.map(|(name, span, theirs)| same_value(name, span, theirs)));
        }
        match &fact.kind {
            FactType::OneOf(values) if values.len() < 2 => out.push(few_values(fact)),
            FactType::AnyOf(values) if values.is_empty() => out.push(few_values(fact)),
            FactType::Years(from, to) if to <= from => out.push(years(fact, *from, *to)),
            _ => {}
        }
    }
}

/// What a phrase without a value's name compares with.
fn shape(fact: &Fact) -> Option<u8> {
    match fact.kind {
        FactType::Place | FactType::Places => Some(0),
        FactType::Years(..) => Some(1),
        _ => None,
    }
}

/// The names by which conditions read a fact.
fn names(fact: &Fact) -> Vec<(&str, Span)> {
    match &fact.kind {
        FactType::YesNo => vec![(fact.word.name.as_str(), fact.word.name_span)],
        kind => kind.values().iter().map(|value| (value.name.as_str(), value.span)).collect(),
    }
}

fn same_value(name: &str, span: Span, other: Span) -> Diagnostic {
    Diagnostic::new(&SAME_VALUE, span, format!("`{name}` is read of two facts, and nobody could tell which is meant"))
        .label("the same name again")
        .related(other, "of another fact here")
        .help("give one of them another name")
}

fn few_values(fact: &Fact) -> Diagnostic {
    Diagnostic::new(&FEW_VALUES, fact.word.name_span, format!("`{}` has nothing to choose from", fact.word.name))
        .label("always the same")
        .help("list the other values too, or write `yes or no`")
}

fn years(fact: &Fact, from: u32, to: u32) -> Diagnostic {
    Diagnostic::new(
        &YEARS,
        fact.word.name_span,
        format!("`{}` runs from {from} to {to} years, which is no range", fact.word.name),
    )
    .label("no number of years lies in it")
    .help(format!("write: years from {to} to {from}"))
}

fn same_verb(fact: &Fact, other: &Fact) -> Diagnostic {
    let message = format!("`{}` and `{}` are read with the same words", fact.word.name, other.word.name);
    Diagnostic::new(&SAME_VERB, fact.word.name_span, message)
        .label("nobody could tell which is meant")
        .related(other.word.name_span, "the other")
        .help("give one of them another verb: reads …")
}
