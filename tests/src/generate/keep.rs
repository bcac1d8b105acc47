//! Floors and ceilings as text, and what they hang on in a call: events, holds, how far the log goes.

use chrono::{Days, Duration, NaiveDate};
use onrecord::context::{Instant, Moment};
use onrecord::tree::Tree;

use super::condition::{Captured, Place, condition};
use super::{Call, Policy, Tape};

const EVENTS: [&str; 5] =
    ["recording-created", "last-interaction", "request-received", "clock-stopped", "last-interaction"];

/// A floor or a ceiling.
pub fn keep(tape: &mut Tape<'_>, captured: Captured<'_>) -> String {
    let at_least = tape.chance(50);
    bound(tape, captured, at_least)
}

fn bound(tape: &mut Tape<'_>, captured: Captured<'_>, at_least: bool) -> String {
    let thing = tape.word(&[
        "recording",
        "recording",
        "transcript",
        "digest",
        "payment-card",
        "financial",
        "payment-card in transcript",
        "financial in digest",
        "payment-card in recording",
        "any of { recording, transcript }",
        "any of { digest, recording }",
    ]);
    // A ceiling on one of several things does not say which.
    let thing = if at_least { thing } else { thing.trim_start_matches("any of { ").split(',').next().unwrap_or(thing) };
    let purpose =
        if tape.chance(45) { tape.word(&[" for quality", " for model-training", " for speech-training"]) } else { "" };
    let span = span(tape, 1);
    let yields = if !at_least && tape.chance(40) { ", yields to law" } else { "" };
    let held = if tape.chance(15) { ", for data held" } else { "" };
    let at = Place { that: false, capture: Some(captured), act: "use" };
    let iff = if tape.chance(40) { format!("\nif {}", condition(tape, at, 0)) } else { String::new() };
    let under = if tape.chance(8) { tape.word(&["\nunder reach-near", "\nunder reach-far"]) } else { "" };
    let kind = if at_least { "at least" } else { "at most" };
    format!("keep {thing}{purpose} {kind} {span}{yields}{held}{iff}{under}")
}

fn span(tape: &mut Tape<'_>, depth: usize) -> String {
    match tape.below(if depth == 0 { 7 } else { 10 }) {
        0..=5 => format!("{} from {}", period(tape), tape.word(&EVENTS)),
        6 => format!("until {}", tape.word(&EVENTS)),
        7 | 8 => format!("earlier of {{ {} {} }}", span(tape, depth - 1), span(tape, depth - 1)),
        _ => format!("later of {{ {} {} }}", span(tape, depth - 1), span(tape, depth - 1)),
    }
}

fn period(tape: &mut Tape<'_>) -> &'static str {
    tape.word(&[
        "30 days",
        "1 year",
        "1 day",
        "1 month",
        "6 months",
        "5 years",
        "2 weeks",
        "10 business days in DE",
        "72 hours",
        "90 minutes",
        "20 seconds",
    ])
}

impl Policy {
    /// Adds a floor to a rule, and gives back which.
    pub fn floor(&mut self, choices: &[u16]) -> usize {
        let tape = &mut Tape::new(choices);
        let which = tape.below(self.rules.len());
        let (exceptions, rule) = self.captured();
        let clause = bound(tape, Captured { exceptions: &exceptions, rule: rule.as_deref() }, true);
        if let Some(rule) = self.rules.get_mut(which) {
            rule.clauses.push(clause);
        }
        which
    }

    /// Adds a floor or a ceiling: as a clause of a rule, perhaps one that an exception waives, or as the price of an exception.
    pub fn keep(&mut self, choices: &[u16]) {
        let tape = &mut Tape::new(choices);
        let which = tape.below(self.rules.len());
        let (exceptions, rule) = self.captured();
        let clause = keep(tape, Captured { exceptions: &exceptions, rule: rule.as_deref() });
        let Some(rule) = self.rules.get_mut(which) else { return };
        let label = format!("k{}", rule.clauses.len());
        let at = Place { that: false, capture: None, act: "recording" };
        match (tape.below(10), rule.exceptions.last_mut()) {
            (9, Some(exception)) => exception.lines.push(format!("then {clause}")),
            (7 | 8, Some(exception)) => {
                let iff = if tape.chance(60) { format!("\nif {}", condition(tape, at, 0)) } else { String::new() };
                exception.lines.push(format!("waive {label}{iff}"));
                rule.clauses.push(format!("{label}: {clause}"));
            }
            _ => rule.clauses.push(clause),
        }
    }
}

impl Call {
    /// What is known of events and holds.
    pub fn keep(&mut self, choices: &[u16], tree: &Tree) {
        let tape = &mut Tape::new(choices);
        let events: Vec<_> = tree.events.ids().collect();
        let event = |tape: &mut Tape<'_>| tree.events.id(tape.word(&EVENTS)).unwrap_or(events[0]);
        self.ctx.events = tape.several(0, 5, |tape| (event(tape), moment(tape, self.at)));
        let artefacts: Vec<_> = tree.artefacts.ids().collect();
        self.ctx.holds = tape.several(0, 1, |tape| {
            let from = day(tape, self.at);
            let until = tape.chance(60).then(|| from + Days::new(*tape.pick(&[0, 1, 30, 400])));
            (*tape.pick(&artefacts), from, until)
        });
    }
}

/// A day so long ago that some period is just over or nearly; now and then one to come.
fn day(tape: &mut Tape<'_>, at: Instant) -> NaiveDate {
    let ago = [0, 1, 2, 3, 13, 14, 15, 27, 28, 29, 30, 31, 32, 180, 181, 182, 365, 366, 367, 1825, 1826, 1827, 1828];
    let today = at.date_naive();
    match tape.below(12) {
        0..=9 => today - Days::new(*tape.pick(&ago)),
        10 => today + Days::new(*tape.pick(&[1, 20])),
        _ => NaiveDate::from_ymd_opt(2025, 1 + tape.below(12) as u32, 28 + tape.below(4) as u32).unwrap_or(today),
    }
}

fn moment(tape: &mut Tape<'_>, at: Instant) -> Moment {
    let day = day(tape, at);
    if tape.chance(50) {
        return Moment::Day(day);
    }
    let minutes = *tape.pick(&[620, 619, 621, 530, 531, 0, 300, 480, 1380, 1439]);
    Moment::Instant(day.and_time(chrono::NaiveTime::MIN).and_utc() + Duration::minutes(minutes))
}
