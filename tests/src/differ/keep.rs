//! Where the engine and the reference differ on what is kept.

use onrecord::decision::{Decision, End, FactRead, KeepNow, Retention};
use onrecord::tree::Thing;

use super::Difference;
use crate::reference::keep::{Dated, End as Expected, Row, retention};
use crate::reference::{Case, TooLarge};

/// The first row on which they differ.
///
/// # Errors
/// There is too much to enumerate.
pub fn differs(case: &Case<'_>, decision: &Decision) -> Result<Option<Difference>, TooLarge> {
    let expected = retention(case)?;
    let is = |found: &Retention, row: &Row| found.purpose == row.purpose && is_same(&found.thing, &row.thing);
    for row in &expected {
        match decision.retention.iter().find(|found| is(found, row)) {
            None => return Ok(Some(difference("keeping: a row is missing", &decision.retention, row))),
            Some(found) => {
                if let Some(what) = unequal(case, found, row) {
                    return Ok(Some(difference(what, std::slice::from_ref(found), row)));
                }
            }
        }
    }
    let more = decision.retention.iter().find(|found| !expected.iter().any(|row| is(found, row)));
    Ok(more.filter(|found| !may_be_stricter(case, found) && !is_empty(found)).map(|found| {
        let said = (format!("{found:?}"), "nothing".to_owned());
        Difference { what: "keeping: a row too many".to_owned(), said, details: String::new() }
    }))
}

/// Whether a row says nothing: it is there because a clause for one purpose may bind.
fn is_empty(found: &Retention) -> bool {
    let ends = [&found.keep_until, &found.erase_by];
    ends.iter().all(|end| end.is_none()) && found.now == KeepNow::Keep && !found.undetermined
}

fn difference(what: &str, found: &[Retention], row: &Row) -> Difference {
    let said = (format!("{found:#?}"), format!("{row:#?}"));
    Difference { what: what.to_owned(), said, details: String::new() }
}

fn is_same(one: &Thing, other: &Thing) -> bool {
    match (one, other) {
        (Thing::AnyOf(some), Thing::AnyOf(others)) => {
            some.iter().all(|one| others.contains(one)) && others.iter().all(|one| some.contains(one))
        }
        _ => one == other,
    }
}

/// Whether the engine may be stricter than the worst world: unnamed persons, and how something was captured, it judges one question at a time.
fn may_be_stricter(case: &Case<'_>, found: &Retention) -> bool {
    !case.ctx.parties_complete || found.needs.contains(&FactRead::Capture)
}

/// In what a row differs.
fn unequal(case: &Case<'_>, found: &Retention, row: &Row) -> Option<&'static str> {
    let answer = &row.answer;
    if found.now != answer.now && !(may_be_stricter(case, found) && found.now == KeepNow::Restrict) {
        return Some("keeping: now");
    }
    let no_later = |end: &Option<End>, than: &Option<Expected>| end == &than.as_ref().map(shown);
    let exact = no_later(&found.keep_until, &answer.keep_until) && no_later(&found.erase_by, &answer.erase_by);
    let needs: Vec<FactRead> = row.needs.iter().cloned().collect();
    match (exact && found.needs == needs, may_be_stricter(case, found)) {
        (true, _) => (found.undetermined == found.needs.is_empty()).then_some("keeping: undetermined"),
        (false, true) => {
            let lost = found.keep_until.is_none() && answer.keep_until.is_some()
                || found.erase_by.is_none() && answer.erase_by.is_some();
            lost.then_some("keeping: an end is missing")
        }
        (false, false) if !exact => Some("keeping: until"),
        (false, false) => Some("keeping: needs"),
    }
}

/// An end as a decision says it.
#[must_use]
pub fn shown(end: &Expected) -> End {
    match end {
        Expected::Over(words) | Expected::NotYet(words) => End::Symbolic(words.clone()),
        Expected::Dated(_, Dated::Day(day)) => End::Day(*day),
        Expected::Dated(_, Dated::Instant(at)) => End::Instant(*at),
        Expected::Hold => End::Hold,
    }
}
