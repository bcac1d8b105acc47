//! Clauses and exceptions, as text.

use super::Tape;
use super::condition::{Captured, Place, act, condition, requirement, word_of};

/// An exception.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its name.
    pub name: String,
    /// Its lines but for the citation.
    pub lines: Vec<String>,
}

impl Exception {
    /// As it is written in its rule.
    #[must_use]
    pub fn text(&self) -> String {
        format!("except {} {{\ncite \"§ 2\"\n{}\n}}", self.name, self.lines.join("\n"))
    }
}

/// Whether an act is about persons one by one.
fn is_personal(act: &str) -> bool {
    act.contains(" of every ") || act.contains(" of customer")
}

fn place<'a>(act: &'a str, captured: Captured<'a>) -> Place<'a> {
    let stored = matches!(word_of(act), "use" | "disclosing");
    Place { that: is_personal(act), capture: stored.then_some(captured), act: word_of(act) }
}

/// An act that an exception to a rule on `of` may allow: mostly that act, else one that may be the same as it.
fn allowed<'a>(tape: &mut Tape<'_>, of: &'a str) -> &'a str {
    let other = act(tape);
    let family = |act: &'a str| word_of(act).trim_end_matches("-of-our-side");
    let apart = |mark: &str| of.contains(mark) && other.contains(mark);
    let is_same = family(of) == family(other) && !apart(" for ") && !(is_personal(of) && is_personal(other));
    if is_same && !of.starts_with("not ") { other } else { of }
}

fn under(tape: &mut Tape<'_>) -> &'static str {
    if tape.chance(8) { tape.word(&["\nunder reach-near", "\nunder reach-far"]) } else { "" }
}

/// A clause that prohibits, requires or requires before.
pub fn clause(tape: &mut Tape<'_>, act: &str, captured: Captured<'_>) -> String {
    let at = place(act, captured);
    let iff = if tape.chance(55) { format!("\nif {}", condition(tape, at, 1)) } else { String::new() };
    match tape.below(10) {
        0 => {
            let unless = if tape.chance(40) { format!("\nunless {}", requirement(tape, at, 1)) } else { String::new() };
            format!("require {act}{iff}{unless}{}", under(tape))
        }
        1 => format!("require {} before {act}{iff}{}", requirement(tape, at, 1), under(tape)),
        _ => {
            let unless = if tape.chance(75) { format!("\nunless {}", requirement(tape, at, 1)) } else { String::new() };
            format!("prohibit {act}{iff}{unless}{}", under(tape))
        }
    }
}

/// A duty beside the acts.
pub fn beside(tape: &mut Tape<'_>) -> String {
    let at = Place { that: false, capture: None, act: "recording" };
    let iff = if tape.chance(30) { format!("\nif {}", condition(tape, at, 0)) } else { String::new() };
    let period = tape.word(&["1 year", "30 days", "6 months", "5 years", "72 hours"]);
    let event = tape.word(&["recording-created", "last-interaction", "request-received"]);
    let what = tape.word(&["offering-branch-visit", "every party was told recording"]);
    let paused = if tape.chance(30) { ", paused from clock-stopped to clock-started" } else { "" };
    match tape.chance(25) {
        true => format!("require {what} every {period} from {event}{iff}"),
        false => format!("require {what} within {period} of {event}{paused}{iff}"),
    }
}

/// An exception to a rule on an act, or on leaving it undone.
pub fn exception(tape: &mut Tape<'_>, name: String, of: &str, captured: Captured<'_>) -> Exception {
    let allowed = if tape.chance(20) { allowed(tape, of) } else { of };
    let at = place(allowed, captured);
    let mut lines = tape.several(1, 2, |tape| {
        let iff = if tape.chance(70) { format!("\nif {}", condition(tape, at, 1)) } else { String::new() };
        let provided = if tape.chance(50) { format!("\nprovided {}", requirement(tape, at, 1)) } else { String::new() };
        format!("allow {allowed}{iff}{provided}{}", under(tape))
    });
    if tape.chance(15) {
        let then = if tape.chance(50) { of.trim_start_matches("not ") } else { act(tape) };
        lines.push(format!("then {}", clause(tape, then, captured)));
    }
    Exception { name, lines }
}
