//! A fact with what is known of it: “customer-1 is in US-CA (billing)”.

use std::collections::BTreeSet;

use onrecord::context::{Claim, Context, Known, Possible};
use onrecord::decision::FactRead;
use onrecord::tree::table::Id;
use onrecord::tree::{FactId, Place, ValueId};

use super::words::Words;

/// A fact and its value.
pub fn fact(words: &Words<'_>, ctx: &Context, read: &FactRead) -> String {
    let name = words.decision.fact_name(read);
    let value = match read {
        FactRead::Fact(fact) => known(words, *fact, ctx.facts.get(fact).or(None)).or_else(|| of_bundle(words, *fact)),
        FactRead::Person(person, fact) => {
            known(words, *fact, ctx.parties.get(*person).and_then(|party| party.facts.get(fact)))
        }
        FactRead::Judgment(judgment) => {
            let stated = ctx.judgments.get(judgment).copied().flatten();
            let standing = words.decision.answered.iter().find(|(one, ..)| one == judgment).map(|(_, yes, ..)| *yes);
            stated.or(standing).map(|yes| if yes { "yes" } else { "no" }.to_owned())
        }
        FactRead::IntendedPurposes => ctx.intended.as_ref().map(|some| purposes(words, some)),
        FactRead::PromisedPurposes => ctx.promised.as_ref().map(|some| purposes(words, some)),
        FactRead::Statement(person) => Some(statement(ctx, *person).to_owned()),
        FactRead::Categories => ctx.categories.as_ref().map(|some| {
            let tree = &words.decision.policy.tree;
            none_or(some.iter().map(|one| tree.categories.name(*one).to_owned()).collect())
        }),
        FactRead::OtherPersons => Some(if ctx.parties_complete { "yes" } else { "no" }.to_owned()),
        FactRead::Phase(phase) => ctx.phases.iter().any(|(one, _)| one == phase).then(|| "stated".to_owned()),
        FactRead::Question(_) | FactRead::Capture | FactRead::Enacted(_) | FactRead::Event(_) => return name,
    };
    format!("{name} = {}", value.unwrap_or_else(|| "not known".to_owned()))
}

fn statement(ctx: &Context, person: usize) -> &'static str {
    let said = ctx.parties.get(person).is_some_and(|party| {
        party.said.iter().any(|one| matches!(one.kind, onrecord::context::SayingKind::Against(_)))
    });
    match (said, ctx.log_complete_to) {
        (true, _) => "yes",
        (false, Some(_)) => "no",
        (false, None) => "not known (the log is not complete)",
    }
}

fn of_bundle(words: &Words<'_>, fact: FactId) -> Option<String> {
    let tree = &words.decision.policy.tree;
    let bundle = words.decision.bundle.and_then(|bundle| tree.bundles.get(bundle))?;
    let (_, value) = bundle.given.iter().chain(&bundle.presumes).find(|(one, _)| *one == fact)?;
    Some(format!("{} (the bundle)", possible(words, fact, value)?))
}

fn known(words: &Words<'_>, fact: FactId, known: Option<&Known>) -> Option<String> {
    let known = known?;
    let value = possible(words, fact, &known.possible)?;
    let claims: Vec<String> = known.claims.iter().map(claim).collect();
    // The claims name the places themselves.
    Some(if claims.is_empty() { value } else { claims.join(" or ") })
}

/// A claim about a place: “US-CA (billing, as of 2026-02-11)”.
fn claim(claim: &Claim) -> String {
    let basis = claim.basis.map(|basis| basis.word().to_owned());
    let known: Vec<String> = basis.into_iter().chain(claim.as_of.map(|day| format!("as of {day}"))).collect();
    if known.is_empty() { claim.place.to_string() } else { format!("{} ({})", claim.place, known.join(", ")) }
}

fn possible(words: &Words<'_>, fact: FactId, value: &Possible) -> Option<String> {
    let values = words.decision.policy.tree.facts.get(fact)?.kind.values();
    let named = |ids: &BTreeSet<ValueId>, joint: &str| {
        let names: Vec<String> =
            ids.iter().filter_map(|id| values.get(id.index())).map(|value| value.name.clone()).collect();
        if names.is_empty() { "none".to_owned() } else { names.join(joint) }
    };
    let places = |some: &BTreeSet<Place>, joint: &str| {
        some.iter().map(|place| place.to_string()).collect::<Vec<_>>().join(joint)
    };
    Some(match value {
        Possible::Anything => return None,
        Possible::Nothing => "does not apply".to_owned(),
        Possible::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Possible::OneOf(ids) => named(ids, " or "),
        Possible::Exactly(ids) => named(ids, " and "),
        Possible::AtLeast(ids) => format!("{} and perhaps others", named(ids, " and ")),
        Possible::Place(some) => places(some, " or "),
        Possible::Places(some) => places(some, " and "),
        Possible::Years(from, to) if from == to => format!("{from} years"),
        Possible::Years(from, to) => format!("{from} to {to} years"),
    })
}

fn purposes(words: &Words<'_>, some: &BTreeSet<onrecord::tree::PurposeId>) -> String {
    let tree = &words.decision.policy.tree;
    none_or(some.iter().map(|one| tree.purposes.name(*one).to_owned()).collect())
}

fn none_or(names: Vec<String>) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(" and ") }
}
