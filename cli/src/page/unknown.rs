//! What the decision rests on that nobody stated as a fact of the call: presumptions, standing answers, readings, accepted risks.

use onrecord::context::Possible;
use onrecord::tree::FactId;

use super::sheet::Sheet;
use super::words::{self, Words, lower, upper};
use crate::screen::{YELLOW, paint};

/// Shows them.
pub fn show(sheet: &mut Sheet, words: &Words<'_>) {
    contested(sheet, words);
    rests_on(sheet, words);
    risks(sheet, words);
}

fn contested(sheet: &mut Sheet, words: &Words<'_>) {
    let tree = &words.decision.policy.tree;
    let mut open: Vec<_> =
        words.decision.acts.iter().chain(&words.decision.uses).flat_map(|act| &act.contested).collect();
    open.sort();
    open.dedup();
    if open.is_empty() {
        return;
    }
    sheet.heading("Contested points");
    for question in open {
        let asked = &tree.questions[*question];
        let readings: Vec<String> = asked.readings.iter().map(|one| tree.readings[*one].name.clone()).collect();
        sheet.item(1, "- ", &format!("{} The strictest reading decides: {}.", asked.asks, readings.join(" or ")));
    }
    sheet.line(1, "Adopt one with --adopt, or in a bundle.");
}

fn rests_on(sheet: &mut Sheet, words: &Words<'_>) {
    let decision = words.decision;
    let tree = &decision.policy.tree;
    if decision.presumed.is_empty() && decision.answered.is_empty() && decision.readings.is_empty() {
        return;
    }
    sheet.heading("This rests on");
    for (fact, value) in &decision.presumed {
        sheet.item(1, "- ", &format!("{}: {}", paint(YELLOW, "a presumption"), presumption(words, *fact, value)));
    }
    for (judgment, yes, cite, until) in &decision.answered {
        let answer = if *yes { "yes" } else { "no" };
        let asks = &tree.judgments[*judgment].asks;
        let until = words::day(*until);
        sheet.item(1, "- ", &format!("a standing answer: {asks} {} ({cite}; good until {until})", upper(answer)));
    }
    for reading in &decision.readings {
        let adopted = &tree.readings[*reading];
        let cites = adopted.cites.join("; ");
        sheet.item(1, "- ", &format!("an adopted reading: {} ({cites})", lower(&adopted.label)));
    }
}

fn presumption(words: &Words<'_>, fact: FactId, value: &Possible) -> String {
    let fact = &words.decision.policy.tree.facts[fact];
    let named = |id: &onrecord::tree::ValueId| {
        let values = fact.kind.values();
        values.get(onrecord::tree::table::Id::index(*id)).map(|value| lower(&value.label)).unwrap_or_default()
    };
    let value = match value {
        Possible::YesNo(yes) => (if *yes { "yes" } else { "no" }).to_owned(),
        Possible::OneOf(values) | Possible::Exactly(values) | Possible::AtLeast(values) => {
            values.iter().map(named).collect::<Vec<_>>().join(" or ")
        }
        _ => "as the bundle states".to_owned(),
    };
    format!("{}: {value}", lower(&fact.word.label))
}

fn risks(sheet: &mut Sheet, words: &Words<'_>) {
    if words.decision.risks.is_empty() {
        return;
    }
    sheet.heading("Risks that were accepted (this changes no verdict)");
    for (rule, signed, until, because) in &words.decision.risks {
        let until = words::day(*until);
        sheet.item(1, "- ", &format!("{}: signed {signed}, until {until}: {because}", words.rule(*rule)));
    }
}
