//! What stands beside the acts on the page: until when things are kept, and duties.

use onrecord::decision::{Duty, DutyState, End, KeepNow, Retention};
use onrecord::tree::{ClauseKind, DutyWhat};

use super::sheet::Sheet;
use super::why;
use super::words::{Words, lower};
use crate::screen::{BOLD, DIM, GREEN, RED, YELLOW, paint};

/// Until when things are kept.
pub fn retention(sheet: &mut Sheet, words: &Words<'_>) {
    if words.decision.retention.is_empty() {
        return;
    }
    sheet.heading("Until when to keep");
    for row in &words.decision.retention {
        sheet.item(1, "", &kept(words, row));
        if !row.needs.is_empty() {
            let needs: Vec<String> = row.needs.iter().map(|read| words.fact(read)).collect();
            sheet.item(2, "? ", &format!("not certain without: {}", needs.join("; ")));
        }
    }
}

fn kept(words: &Words<'_>, row: &Retention) -> String {
    let tree = &words.decision.policy.tree;
    let purpose = row.purpose.map(|one| format!(" for {}", lower(&tree.purposes[one].label))).unwrap_or_default();
    let thing = paint(BOLD, &format!("{}{purpose}", words.thing(&row.thing)));
    let mut parts = Vec::new();
    if let Some(end) = &row.keep_until {
        parts.push(format!("must be kept until {}", until(words, end)));
    }
    if let Some(end) = &row.erase_by {
        let may = if row.purpose.is_some() { "may be used" } else { "may be kept" };
        parts.push(format!("{may} until {}", until(words, end)));
    }
    let now = match row.now {
        KeepNow::Keep => paint(GREEN, "keep"),
        KeepNow::Restrict => paint(YELLOW, "restrict: no use, no erasure"),
        KeepNow::Erase => paint(RED, "erase"),
    };
    let unknown = if row.undetermined { " (facts are missing)" } else { "" };
    format!("{thing}: {}. Now: {now}{unknown}", parts.join("; "))
}

fn until(words: &Words<'_>, end: &End) -> String {
    match end {
        End::Symbolic(text) => format!("{text} (no date yet)"),
        other => words.end(other),
    }
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
        sheet.whole(2, &why::citation(words, duty.rule, duty.then_of, &[duty.clause]));
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
