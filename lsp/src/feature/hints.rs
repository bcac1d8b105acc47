//! What stands beside the text: `⇒ tell every party · keep 5 years`, `in force until 2026-12-31, 38 days left`.

use std::ops::Range;

use chrono::NaiveDate;

use crate::facts::HintWhat;
use crate::position::without_end;
use crate::snapshot::View;

/// A hint at the end of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    /// The byte before which it stands.
    pub at: usize,
    /// What it says.
    pub text: String,
    /// What that is, for who asks.
    pub about: &'static str,
}

/// The hints of a range.
#[must_use]
pub fn hints(view: View<'_>, within: &Range<usize>) -> Vec<Beside> {
    let mut found = Vec::new();
    let document = view.document;
    let pieces = document.index_of(within.start).saturating_sub(1)..document.index_of(within.end) + 1;
    for (base, piece) in document.pieces_in(pieces) {
        for hint in &piece.facts.hints {
            let line = document.line_of(base + hint.at);
            let text = document.line(line);
            let at = document.line_start(line) + without_end(&text).len();
            if let HintWhat::ComesTo(_, defined) = &hint.what
                && !defined.iter().all(|name| view.semantic.defines(name))
            {
                continue;
            }
            let said = words(&hint.what, view.snapshot.today);
            if let Some((text, about)) = said.filter(|_| within.start <= at && at <= within.end) {
                found.push(Beside { at, text, about });
            }
        }
    }
    found
}

fn words(what: &HintWhat, today: NaiveDate) -> Option<(String, &'static str)> {
    match what {
        HintWhat::ComesTo(gist, _) => Some((
            format!("⇒ {gist}"),
            "What this comes to. Conditions and readings are in the text; this is not the rule.",
        )),
        HintWhat::InForce(from, until) => {
            Some((window(*from, *until, today)?, "The days on which this is in force, from today."))
        }
        HintWhat::Recheck(day) => {
            let left = (*day - today).num_days();
            let text = match left {
                i64::MIN..0 => format!("overdue by {}", days(-left)),
                0 => "due today".to_owned(),
                _ => format!("{} left", days(left)),
            };
            Some((text, "How long until somebody reads the source again."))
        }
    }
}

/// A window in words.
#[must_use]
pub fn window(from: Option<NaiveDate>, until: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    match (from, until) {
        (Some(from), _) if today < from => {
            Some(format!("in force from {from}, in {}", days((from - today).num_days())))
        }
        (_, Some(until)) if until < today => Some(format!("no longer in force since {until}")),
        (_, Some(until)) => Some(format!("in force until {until}, {} left", days((until - today).num_days()))),
        _ => None,
    }
}

fn days(count: i64) -> String {
    if count == 1 { "1 day".to_owned() } else { format!("{count} days") }
}
