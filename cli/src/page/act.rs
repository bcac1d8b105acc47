//! One act or use on the page: its verdict, what would make it lawful, for whom, when.

use onrecord::decision::{ActDecision, FactRead, OutcomeWhat, Verdict, Ways};

use onrecord::tree::ExceptionId;

use super::action::{self, Step};
use super::coverage;
use super::sheet::Sheet;
use super::words::{self, Words, lower};
use crate::screen::{BOLD, DIM, GREEN, RED, YELLOW, paint};

/// How many ways beside the best are shown.
const OTHER_WAYS: usize = 2;

/// Shows an act.
pub fn show(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    let name = words.act(&act.act).to_uppercase();
    let flag = if !act.undetermined {
        ""
    } else if is_only_contested(act) {
        ", a point is contested"
    } else {
        ", facts are missing"
    };
    sheet.headline(&format!("{}: {}{flag}", paint(BOLD, &name), painted(act.verdict, act.undetermined)));
    meaning(sheet, words, act);
    coverage::show(sheet, words, act);
    persons(sheet, words, act);
    stretches(sheet, words, act);
    required(sheet, words, act);
    missing(sheet, words, act);
    if !act.relied_on.is_empty() {
        let tree = &words.decision.policy.tree;
        let one = |exception: &ExceptionId| {
            let exception = &tree.exceptions[*exception];
            format!("{} ({})", exception.title, exception.cites.join("; "))
        };
        let names: Vec<String> = act.relied_on.iter().map(one).collect();
        let many = if names.len() == 1 { "an exception" } else { "exceptions" };
        sheet.line(1, &format!("It rests on {many}: {}.", names.join(", ")));
    }
}

/// A verdict in its colour.
pub fn painted(verdict: Verdict, undetermined: bool) -> String {
    let colour = match verdict {
        Verdict::Cleared if !undetermined => GREEN,
        Verdict::Prohibited => RED,
        _ => YELLOW,
    };
    paint(colour.bold(), words::verdict(verdict))
}

/// Whether nothing but open questions of law is missing.
fn is_only_contested(act: &ActDecision) -> bool {
    !act.needs.list.is_empty() && act.needs.list.iter().all(|read| matches!(read, FactRead::Question(_)))
}

fn meaning(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    if let Some((verdict, _, ways)) = &act.next {
        match (act.verdict, verdict) {
            (Verdict::Cleared, Verdict::Cleared) => sheet.line(1, "What runs is lawful, and so is going on."),
            (_, next) => {
                sheet.line(1, &format!("The part under way is {}.", words::verdict(act.verdict)));
                sheet.line(1, &format!("A part that begins now: {}.", painted(*next, false)));
                lawful(sheet, words, act, *next, ways);
            }
        }
        return;
    }
    lawful(sheet, words, act, act.verdict, &act.ways);
}

/// What makes it lawful.
fn lawful(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision, verdict: Verdict, ways: &Ways) {
    match verdict {
        Verdict::Cleared => sheet.line(1, "Lawful as things stand."),
        Verdict::Prohibited => sheet.line(1, "Nothing that can still be done makes it lawful."),
        Verdict::NotNow => {
            let when = match act.earliest {
                Some(at) => format!("Not before {}.", words.instant(at)),
                None => "Not on this call as it stands: something must be arranged first.".to_owned(),
            };
            sheet.line(1, &when);
        }
        Verdict::Conditional => {}
    }
    if let Some(best) = ways.list.first().filter(|way| !way.is_empty()) {
        let steps = steps(words, act, best);
        let many = if steps.len() == 1 { "once this is done" } else { "once all of this is done" };
        sheet.line(1, &format!("Lawful {many}:"));
        for (number, step) in (1..).zip(&steps) {
            action::show(sheet, words, step, &format!("{number}. "));
        }
        other_ways(sheet, words, act, ways);
    }
}

/// The steps of a way: for what the outcome does, in the words of the fewest notices.
fn steps(words: &Words<'_>, act: &ActDecision, way: &[usize]) -> Vec<Step> {
    let outcome = &words.decision.outcome;
    let is_outcome = matches!(outcome.what, OutcomeWhat::Do(done) if done == act.act.act) && outcome.after == way;
    if is_outcome { action::of_outcome(words) } else { action::of_way(words, way) }
}

fn other_ways(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision, ways: &Ways) {
    let others: Vec<_> = ways.list.iter().skip(1).collect();
    for way in others.iter().take(OTHER_WAYS) {
        let steps: Vec<String> = steps(words, act, way).iter().map(|step| action::in_short(words, step)).collect();
        sheet.item(1, "or ", &format!("{}.", steps.join(", and ")));
    }
    let rest = others.len().saturating_sub(OTHER_WAYS);
    if rest > 0 || !ways.complete {
        let many = if ways.complete { format!("{rest} more") } else { "more".to_owned() };
        sheet.line(1, &format!("There are {many} ways; --json lists them."));
    }
}

/// Who is how, when that differs.
fn persons(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    let differs = act.by_person.windows(2).any(|pair| matches!(pair, [(_, a, _), (_, b, _)] if a != b));
    if differs {
        let each: Vec<String> = act
            .by_person
            .iter()
            .map(|(person, verdict, _)| format!("{}: {}", words.person(*person), words::verdict(*verdict)))
            .collect();
        sheet.line(1, &format!("By person: {}.", each.join("; ")));
    }
}

fn stretches(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    if act.stretches.len() > 1 || act.stretches.iter().any(|stretch| stretch.verdict != act.verdict) {
        let each: Vec<String> = act
            .stretches
            .iter()
            .map(|stretch| format!("{} {}", words.stretch(stretch), words::verdict(stretch.verdict)))
            .collect();
        sheet.line(1, &format!("So far: {}.", each.join("; ")));
    }
}

fn required(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    if !act.required {
        return;
    }
    let by = if act.required_by_law { "the law" } else { "a contract, a standard or the house" };
    sheet.line(1, &format!("It is {}: {by} prohibits leaving it undone.", paint(YELLOW.bold(), "required")));
    if act.impasse {
        let name = lower(&words.act(&act.act));
        sheet.line(1, &format!("{}: {name} is required and prohibited at once.", paint(RED.bold(), "An impasse")));
    }
}

/// The facts that are missing.
fn missing(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    if !act.undetermined && act.needs.list.is_empty() {
        return;
    }
    if act.undetermined {
        let missing = if is_only_contested(act) { "A point is contested" } else { "Facts are missing" };
        sheet.line(1, &format!("{missing}: this is the strictest of all answers that are possible."));
    }
    if act.needs.list.is_empty() {
        return;
    }
    let all = if act.needs.exact { "" } else { " (some of this may not matter)" };
    // Open questions of law stand under a heading of their own.
    let needs = act.needs.list.iter().filter(|read| !matches!(read, FactRead::Question(_)));
    let (judgments, facts): (Vec<_>, Vec<_>) = needs.partition(|read| matches!(read, FactRead::Judgment(_)));
    for (who, list) in [("The engine would need to know", facts), ("Counsel would need to say", judgments)] {
        if !list.is_empty() {
            sheet.line(1, &format!("{who}{all}:"));
        }
        for read in list {
            let name = paint(DIM, &format!("({})", words.decision.fact_name(read)));
            sheet.item(2, "? ", &format!("{} {name}", words.fact(read)));
        }
    }
}
