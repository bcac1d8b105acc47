//! A decision as a person reads it: what may be done, what to say and to whom, what follows from it, what is not known, and why.

mod act;
mod action;
mod beside;
mod coverage;
mod sheet;
mod tree;
mod unknown;
mod value;
mod why;
pub mod words;

use chrono::FixedOffset;
use onrecord::context::Context;
use onrecord::decision::{Decision, OutcomeWhat};
use onrecord::evaluate::explain::Explanation;
use onrecord::tree::{ActId, Group};
use onrecord::wire;

use crate::report::position::file_and_line;
use crate::screen::{BOLD, CYAN, DIM, paint};
use sheet::Sheet;
use words::Words;

/// The whole page. Instants are shown in `offset`, the call's own.
pub fn page(decision: &Decision, ctx: &Context, offset: FixedOffset) -> String {
    let words = Words::new(decision, offset);
    let mut sheet = Sheet::default();
    head(&mut sheet, &words);
    for act in &decision.acts {
        act::show(&mut sheet, &words, act);
    }
    for used in &decision.uses {
        act::show(&mut sheet, &words, used);
    }
    what_to_do(&mut sheet, &words);
    unknown::show(&mut sheet, &words);
    beside::retention(&mut sheet, &words);
    beside::duties(&mut sheet, &words);
    why::show(&mut sheet, &words);
    foot(&mut sheet, decision, ctx);
    sheet.text()
}

/// The tree behind a verdict.
pub fn explanation(explained: &Explanation, ctx: &Context, offset: FixedOffset) -> String {
    let words = Words::new(&explained.decision, offset);
    let mut sheet = Sheet::default();
    head(&mut sheet, &words);
    tree::show(&mut sheet, &words, ctx, explained);
    foot(&mut sheet, &explained.decision, ctx);
    sheet.text()
}

fn head(sheet: &mut Sheet, words: &Words<'_>) {
    let decision = words.decision;
    let call = decision.call.as_deref().map_or_else(|| "The call".to_owned(), |id| format!("Call {id}"));
    let bundle = decision.bundle.map(|id| decision.policy.tree.bundles[id].title.clone());
    sheet.line(0, &format!("{}, judged at {}", paint(BOLD, &call), words.instant(decision.at)));
    if let Some(title) = bundle {
        sheet.line(0, &paint(DIM, &format!("by the policy of {title}")));
    }
}

/// What the acts come to together.
fn what_to_do(sheet: &mut Sheet, words: &Words<'_>) {
    let outcome = &words.decision.outcome;
    if words.decision.acts.is_empty() {
        return;
    }
    sheet.heading("What to do");
    match outcome.what {
        OutcomeWhat::Impasse(act, answer) => {
            sheet.line(1, &words.impasse(act, answer));
            closure(sheet, words);
        }
        OutcomeWhat::Without(act) => without(sheet, words, act),
        OutcomeWhat::Do(act) => doing(sheet, words, act),
    }
    for stretch in &outcome.pause {
        sheet.line(1, &format!("What was captured {} was not lawful: keep it apart.", words.stretch(stretch)));
    }
}

/// An act to do: the one that was asked about, or another in its place, with what to do first.
fn doing(sheet: &mut Sheet, words: &Words<'_>, act: ActId) {
    let decision = words.decision;
    let steps = action::of_outcome(words);
    let is_asked = decision.acts.iter().any(|asked| asked.act.act == act);
    let capture = decision.policy.tree.acts.get(act).is_some_and(|word| word.group == Group::Capture);
    let whom = match decision.outcome.record.as_slice() {
        persons @ [_, ..] if capture => format!(": {}", words.persons(persons)),
        _ => String::new(),
    };
    let after = match (is_asked, steps.len()) {
        (_, 0) => ".",
        (true, 1) => ", once the step above is done.",
        (true, _) => ", once the steps above are done.",
        (false, 1) => ", once this is done:",
        (false, _) => ", once all of this is done:",
    };
    sheet.line(1, &format!("{}{whom}{after}", words.act_label(act)));
    for (number, step) in (1..).zip(steps.iter().filter(|_| !is_asked)) {
        action::show(sheet, words, step, &format!("{number}. "));
    }
}

/// An act to leave undone, with what that takes.
fn without(sheet: &mut Sheet, words: &Words<'_>, act: ActId) {
    let steps = action::of_outcome(words);
    let after = match steps.len() {
        0 => ".",
        1 => ", once this is done:",
        _ => ", once all of this is done:",
    };
    sheet.line(1, &format!("Go on without {}{after}", words.act_name(act)));
    for (number, step) in (1..).zip(&steps) {
        action::show(sheet, words, step, &format!("{number}. "));
    }
}

/// Where the bundle says what to do on an impasse.
fn closure(sheet: &mut Sheet, words: &Words<'_>) {
    let policy = &words.decision.policy;
    match words.decision.bundle.and_then(|bundle| policy.tree.bundles.get(bundle)) {
        Some(bundle) => {
            let at = file_and_line(&policy.sources, bundle.span);
            sheet.whole(2, &format!("as the bundle {} says  {}", bundle.name, paint(CYAN, &at)));
        }
        None => sheet.line(2, "(no bundle says what to do on an impasse, so a person decides)"),
    }
}

/// What would be needed to decide the same again.
fn foot(sheet: &mut Sheet, decision: &Decision, ctx: &Context) {
    sheet.blank();
    sheet.whole(0, &paint(DIM, &format!("Policy  {}", decision.policy.digest)));
    let call = wire::context_digest(ctx, decision.at, &decision.policy.tree);
    sheet.whole(0, &paint(DIM, &format!("Call    {call}")));
}
