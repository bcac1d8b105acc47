//! What stands beside the acts on the page: until when things are kept, and duties.

use onrecord::decision::{Duty, DutyState, End, KeepNow, Retention};
use onrecord::tree::{ClauseKind, DutyWhat};

use super::sheet::Sheet;
use super::why;
use super::words::{self, Words, lower};
use crate::screen::{BOLD, DIM, GREEN, RED, YELLOW, paint};

/// Until when things are kept: what has a date, thing by thing; then, in short, what has none yet.
pub fn retention(sheet: &mut Sheet, words: &Words<'_>) {
    if words.decision.retention.is_empty() {
        return;
    }
    sheet.heading("Until when to keep");
    let is_dated = |row: &&Retention| {
        let ends = [&row.keep_until, &row.erase_by];
        row.now != KeepNow::Keep
            || ends.iter().any(|end| matches!(end, Some(End::Day(_) | End::Instant(_) | End::Hold)))
    };
    let (dated, open): (Vec<&Retention>, Vec<&Retention>) = words.decision.retention.iter().partition(is_dated);
    let mut shown: Vec<(String, Vec<String>, &Retention)> = Vec::new();
    for row in dated {
        let text = kept(words, row);
        let same =
            |(known, _, other): &&mut (String, Vec<String>, &Retention)| *known == text && other.thing == row.thing;
        match shown.iter_mut().find(same) {
            // What holds for the thing as such holds for every purpose.
            Some((_, purposes, _)) if purposes.is_empty() => {}
            Some((_, purposes, _)) => purposes.extend(purpose(words, row)),
            None => shown.push((text, purpose(words, row).into_iter().collect(), row)),
        }
    }
    for (text, purposes, row) in shown {
        let whom = if purposes.is_empty() { String::new() } else { format!(" for {}", words::list(&purposes)) };
        sheet.item(1, "", &format!("{}: {text}", paint(BOLD, &format!("{}{whom}", words.thing(&row.thing)))));
        if !row.needs.is_empty() {
            let needs: Vec<String> = row.needs.iter().map(|read| words.fact(read)).collect();
            sheet.item(2, "? ", &format!("not certain without: {}", needs.join("; ")));
        }
    }
    let mut open: Vec<String> = open.iter().map(|row| in_short(words, row)).collect();
    open.dedup();
    if !open.is_empty() {
        sheet.item(1, "", &format!("{} {}.", paint(DIM, "Not dated yet:"), open.join("; ")));
    }
}

fn purpose(words: &Words<'_>, row: &Retention) -> Option<String> {
    row.purpose.map(|one| lower(&words.decision.policy.tree.purposes[one].label))
}

fn kept(words: &Words<'_>, row: &Retention) -> String {
    let mut parts = Vec::new();
    if let Some(end) = &row.keep_until {
        parts.push(format!("must be kept until {}", until(words, end)));
    }
    if let Some(end) = &row.erase_by {
        let may = if row.purpose.is_some() { "may be used" } else { "may be kept" };
        parts.push(format!("{may} until {}", until(words, end)));
    }
    let now = match row.now {
        KeepNow::Keep => String::new(),
        KeepNow::Restrict => format!(". Now: {}", paint(YELLOW, "restrict it (no use, no erasure)")),
        KeepNow::Erase => format!(". Now: {}", paint(RED, "erase it")),
    };
    let unknown = if row.undetermined { " (facts are missing)" } else { "" };
    format!("{}{unknown}{now}", parts.join("; "))
}

/// “voiceprint until 1 year from purpose satisfied”.
fn in_short(words: &Words<'_>, row: &Retention) -> String {
    let purpose = purpose(words, row).map(|one| format!(" for {one}")).unwrap_or_default();
    let end = |sign: &str, end: &Option<End>| end.as_ref().map(|end| format!(" {sign} {}", words.end(end)));
    let ends = [end("at least until", &row.keep_until), end("at most until", &row.erase_by)];
    format!(
        "{}{purpose}{}",
        lower(&words.thing(&row.thing)),
        ends.into_iter().flatten().collect::<Vec<_>>().join(" and")
    )
}

fn until(words: &Words<'_>, end: &End) -> String {
    let undated = if matches!(end, End::Symbolic(_)) { " (no date yet)" } else { "" };
    format!("{}{undated}", words.end(end))
}

/// Duties.
pub fn duties(sheet: &mut Sheet, words: &Words<'_>) {
    if words.decision.duties.is_empty() {
        return;
    }
    sheet.heading("Duties");
    let (later, now): (Vec<&Duty>, Vec<&Duty>) =
        words.decision.duties.iter().partition(|duty| duty.state == DutyState::NotDue);
    for duty in now {
        sheet.item(1, "", &state(words, duty));
        sheet.line(2, &why::citation(words, duty.rule, duty.then_of, &[duty.clause]));
    }
    if !later.is_empty() {
        let mut names: Vec<String> = later.iter().map(|duty| lower(&demanded(words, duty))).collect();
        names.dedup();
        sheet.item(1, "", &format!("{} {}.", paint(DIM, "Not due yet:"), names.join("; ")));
    }
}

fn state(words: &Words<'_>, duty: &Duty) -> String {
    let due = duty.due.as_ref().map(|end| words.end(end));
    let state = match (duty.state, due) {
        (DutyState::Due, Some(due)) => format!("{} by {due}", paint(YELLOW, "due")),
        (DutyState::Due, None) => paint(YELLOW, "due"),
        (DutyState::Met, _) => paint(GREEN, "met"),
        (DutyState::Breached, Some(due)) => format!("{}: it was due by {due}", paint(RED, "breached")),
        (DutyState::Breached, None) => paint(RED, "breached"),
        (DutyState::Paused, _) => "paused".to_owned(),
        (DutyState::NotDue, _) => "not due yet".to_owned(),
    };
    let unknown = if duty.undetermined { " (it may not bind: facts are missing)" } else { "" };
    format!("{}: {state}{unknown}", paint(BOLD, &demanded(words, duty)))
}

fn demanded(words: &Words<'_>, duty: &Duty) -> String {
    let clause = why::clause(words, duty.rule, duty.then_of, duty.clause);
    match clause.map(|clause| &clause.kind) {
        Some(ClauseKind::Duty { what: DutyWhat::Act(act), .. }) => words.act(act),
        _ => words.decision.policy.tree.rules[duty.rule].title.clone(),
    }
}
