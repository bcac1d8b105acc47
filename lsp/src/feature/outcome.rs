//! An expectation rewritten to what the engine found.

use onrecord::decision::{End, OutcomeWhat};
use onrecord::source::Source;
use onrecord::syntax::ast::{Expect, Expectation, Impasse, KeepNow, Thing, Verdict};
use onrecord::test::Failure;

use crate::feature::explain::verdict_word;

/// The expectation as it would be met; `None` where no words say it.
#[must_use]
pub fn rewritten(source: &Source, expect: &Expect, failure: &Failure) -> Option<String> {
    let decision = &failure.decision;
    let first = decision.acts.first();
    let what = match &expect.what {
        Expectation::Verdict(act, verdict) => {
            let found = first?;
            let word = match verdict {
                Verdict::Required => "not required",
                Verdict::NotRequired => "required",
                Verdict::Undetermined => "determined",
                Verdict::Determined => "undetermined",
                _ => verdict_word(found.verdict),
            };
            format!("{} {word}", source.slice(act.span))
        }
        Expectation::Impasse(act) => format!("{} {}", act.text, verdict_word(first?.verdict)),
        Expectation::Needs(act, _) => {
            let is_determined = first?.needs.list.is_empty();
            format!("{} {}", source.slice(act.span), if is_determined { "determined" } else { "undetermined" })
        }
        Expectation::OutcomeAct(_) | Expectation::OutcomeImpasse(_) => match decision.outcome.what {
            OutcomeWhat::Do(act) => format!("outcome {}", decision.policy.tree.acts.name(act)),
            OutcomeWhat::Without(_) => return None,
            OutcomeWhat::Impasse(_, Impasse::DeclineCall) => "outcome decline call".to_owned(),
            OutcomeWhat::Impasse(_, Impasse::AskAPerson) => "outcome ask a person".to_owned(),
            OutcomeWhat::Impasse(_, Impasse::ContinueWithout) => return None,
        },
        Expectation::Keep { thing: Thing::One(thing), purpose, kept, .. } => {
            let row = decision
                .retention
                .iter()
                .find(|row| is_of(decision, row, &thing.text, purpose.as_ref().map(|one| one.text.as_str())))?;
            let end = if *kept { row.keep_until.as_ref()? } else { row.erase_by.as_ref()? };
            let day = match end {
                End::Day(day) => *day,
                End::Instant(at) => at.date_naive(),
                End::Symbolic(_) | End::Hold => return None,
            };
            let purpose = purpose.as_ref().map_or_else(String::new, |purpose| format!(" for {}", purpose.text));
            format!("{}{purpose} {} {day}", thing.text, if *kept { "kept until" } else { "erased by" })
        }
        Expectation::KeepNow(Thing::One(thing), _) => {
            let row = decision.retention.iter().find(|row| is_of(decision, row, &thing.text, None))?;
            let word = match row.now {
                KeepNow::Keep => "keep",
                KeepNow::Restrict => "restrict",
                KeepNow::Erase => "erase",
            };
            format!("{} {word}", thing.text)
        }
        Expectation::Keep { .. } | Expectation::KeepNow(..) => return None,
        Expectation::Tell { .. } | Expectation::Ask { .. } | Expectation::Arrange(_) | Expectation::Duty { .. } => {
            return None;
        }
    };
    let at = expect.at.as_ref().map_or_else(String::new, |at| format!("at {} ", source.slice(at.span)));
    Some(format!("expect {at}{what}"))
}

fn is_of(
    decision: &onrecord::decision::Decision,
    row: &onrecord::decision::Retention,
    thing: &str,
    purpose: Option<&str>,
) -> bool {
    let tree = &decision.policy.tree;
    let same_thing = matches!(row.thing, onrecord::tree::Thing::Artefact(id) if tree.artefacts.name(id) == thing);
    same_thing && row.purpose.map(|id| tree.purposes.name(id)) == purpose
}
