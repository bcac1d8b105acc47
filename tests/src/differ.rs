//! Where the engine and the reference differ on a call.

mod disclosure;
pub mod keep;
mod outcome;
mod risk;

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

use onrecord::compile::PolicySet;
use onrecord::context::Instant;
use onrecord::decision::{ActDecision, Action, Decision, FactRead, Formula, Verdict, Ways};
use onrecord::evaluate::evaluate;

use crate::generate::{Call, show};
use crate::reference::deed::Possibility;
use crate::reference::rows::Rows;
use crate::reference::{Answer, Case, TooLarge, capture, judge};

/// What comparing came to.
#[derive(Clone, Debug)]
pub enum Compared {
    /// They agree.
    Agree(Box<Decision>),
    /// There was too much to enumerate.
    TooLarge,
    /// They differ.
    Differ(Difference),
}

/// A difference.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In what.
    pub what: String,
    /// What the engine says, and what the reference says.
    pub said: (String, String),
    /// Everything else there is to know.
    pub details: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (engine, reference) = &self.said;
        write!(f, "{}: the engine says {engine}, the reference {reference}\n{}", self.what, self.details)
    }
}

/// Compares on everything that a call asks.
#[must_use]
pub fn compare(set: &Arc<PolicySet>, call: &Call) -> Compared {
    let mut decision = evaluate(set, &call.ctx, &call.options, call.at);
    let case = Case { tree: &set.tree, ctx: &call.ctx, options: &call.options, at: call.at, defect: None };
    let mut agreed = 0;
    for act in decision.acts.iter().chain(&decision.uses) {
        match (Comparison { case: &case, decision: &decision, act }).differs() {
            Ok(None) => agreed += 1,
            Ok(Some(mut difference)) => {
                difference.details = format!(
                    "on {}\nengine {:?}\n{}{}",
                    show::act(case.tree, &act.act),
                    act.formula,
                    decision.actions.iter().map(|one| format!("{one:?}\n")).collect::<String>(),
                    difference.details
                );
                return Compared::Differ(difference);
            }
            Err(TooLarge) => {}
        }
    }
    match keep::differs(&case, &decision) {
        Ok(Some(difference)) => return Compared::Differ(difference),
        Ok(None) => {}
        // What was not compared counts for nothing.
        Err(TooLarge) => decision.retention.clear(),
    }
    if agreed == 0 {
        return Compared::TooLarge;
    }
    let beside =
        [outcome::differs(&case, &decision), disclosure::differs(&case, &decision), risk::differs(&case, &decision)];
    match beside.into_iter().find_map(|one| one.unwrap_or(None)) {
        Some(difference) => Compared::Differ(difference),
        None => Compared::Agree(Box::new(decision)),
    }
}

struct Comparison<'a> {
    case: &'a Case<'a>,
    decision: &'a Decision,
    act: &'a ActDecision,
}

type Found = Result<Option<Difference>, TooLarge>;

fn difference(what: &str, engine: &dyn Debug, reference: &dyn Debug, answer: &Answer) -> Option<Difference> {
    let said = (format!("{engine:?}"), format!("{reference:?}"));
    Some(Difference { what: what.to_owned(), said, details: format!("reference {answer:?}") })
}

fn unequal<T: Debug + PartialEq>(what: &str, engine: &T, reference: &T, answer: &Answer) -> Option<Difference> {
    if engine == reference { None } else { difference(what, engine, reference, answer) }
}

impl Comparison<'_> {
    fn differs(&self) -> Found {
        let started = (!self.act.act.not).then(|| capture::under_way(self.case, self.act.act.act)).flatten();
        let answer = judge(self.case, &self.act.act, started.unwrap_or(self.case.at), started.is_some())?;
        let next = started.map(|_| judge(self.case, &self.act.act, self.case.at, false)).transpose()?;
        let mut not = self.act.act.clone();
        not.not = !not.not;
        let omitted = judge(self.case, &not, self.case.at, false)?;
        let verdict = answer.verdict(self.case, &answer.rows);
        let here = self.lawful("lawful", &self.act.formula, self.act.verdict, &self.act.ways, &answer)?;
        if here.is_some() || self.is_stricter(&answer)? {
            return Ok(here);
        }
        if let (Some((verdict, formula, ways)), Some(next)) = (&self.act.next, &next) {
            let later = self.lawful("lawful next", formula, *verdict, ways, next)?;
            if later.is_some() || self.is_stricter_than(formula, next)? {
                return Ok(later);
            }
        }
        let required = omitted.verdict(self.case, &omitted.rows) == Verdict::Prohibited;
        let best = next.as_ref().map_or(verdict, |next| next.verdict(self.case, &next.rows).min(verdict));
        let left = omitted.verdict(self.case, &omitted.rows);
        // Neither doing it nor leaving it undone has a way that is open now.
        let impasse = best.min(left) > Verdict::Conditional;
        let may_be_stricter = self.may_be_stricter();
        if may_be_stricter && (self.act.required && !required || self.act.impasse && !impasse) {
            return Ok(None);
        }
        Ok(self
            .persons(&answer)
            .or_else(|| unequal("required", &self.act.required, &required, &omitted))
            .or_else(|| unequal("impasse", &self.act.impasse, &impasse, &answer))
            .or_else(|| self.unknown(&answer, &omitted).filter(|_| !may_be_stricter))
            .or(self.stretches(&answer)?.filter(|_| !may_be_stricter)))
    }

    /// Whether the engine may be stricter than the worst world: unnamed persons, and how something was captured, it judges one question
    /// at a time.
    fn may_be_stricter(&self) -> bool {
        !self.case.ctx.parties_complete || self.act.needs.list.contains(&FactRead::Capture)
    }

    fn is_stricter(&self, answer: &Answer) -> Result<bool, TooLarge> {
        self.is_stricter_than(&self.act.formula, answer)
    }

    fn is_stricter_than(&self, formula: &Formula, answer: &Answer) -> Result<bool, TooLarge> {
        let engine = rows(formula, &self.decision.actions, answer, self.case).ok_or(TooLarge)?;
        Ok(self.may_be_stricter() && engine != answer.rows && answer.rows.follows_from(&engine))
    }

    /// The formula, set of deeds by set of deeds; the verdict; the ways.
    fn lawful(&self, what: &str, formula: &Formula, verdict: Verdict, ways: &Ways, answer: &Answer) -> Found {
        let engine = rows(formula, &self.decision.actions, answer, self.case).ok_or(TooLarge)?;
        if self.is_stricter_than(formula, answer)? {
            return Ok(None);
        }
        if let Some(row) = (0..1_usize << answer.deeds.len()).find(|row| engine.at(*row) != answer.rows.at(*row)) {
            let done = (0..).zip(&answer.deeds).filter(|(bit, _)| row >> bit & 1 == 1).map(|(_, deed)| deed);
            let mut found = difference(what, &engine.at(row), &answer.rows.at(row), answer);
            if let Some(found) = &mut found {
                found.details = format!("after {:?}\n{}", done.collect::<Vec<_>>(), found.details);
            }
            return Ok(found);
        }
        let expected = answer.verdict(self.case, &answer.rows);
        let verdicts = unequal(&format!("{what}: verdict"), &verdict, &expected, answer);
        Ok(verdicts.or_else(|| {
            let wrong = self.ways(ways, answer)?;
            difference(&format!("{what}: ways"), ways, &wrong, answer)
        }))
    }

    fn persons(&self, answer: &Answer) -> Option<Difference> {
        answer.by_person.iter().find_map(|(person, rows)| {
            let found = self.act.by_person.iter().find(|(one, ..)| one == person).map(|(_, verdict, _)| *verdict);
            let expected = answer.verdict(self.case, rows);
            let stricter = self.may_be_stricter() && found >= Some(expected);
            unequal("person", &found, &Some(expected), answer).filter(|_| !stricter)
        })
    }

    fn unknown(&self, answer: &Answer, omitted: &Answer) -> Option<Difference> {
        let required = self.act.required;
        let undetermined = answer.undetermined || (required && omitted.undetermined);
        let needs: BTreeSet<FactRead> = self.act.needs.list.iter().cloned().collect();
        let also = omitted.needs.iter().filter(|_| required);
        let expected: BTreeSet<FactRead> = answer.needs.iter().chain(also).cloned().collect();
        // Two functions of deeds that come to the same may be written differently: then the engine asks for more than it must.
        let loose = !self.act.needs.exact || !answer.deeds.is_empty() || !omitted.deeds.is_empty();
        let right = needs == expected || (loose && needs.is_superset(&expected));
        let found = difference("needs", &self.act.needs, &(&expected, omitted), answer).filter(|_| !right);
        let flagged = self.act.undetermined == undetermined || (loose && self.act.undetermined);
        difference("undetermined", &self.act.undetermined, &undetermined, answer).filter(|_| !flagged).or(found)
    }

    fn stretches(&self, answer: &Answer) -> Found {
        if self.act.act.not {
            return Ok(None);
        }
        let expected = capture::stretches(self.case, &self.act.act)?;
        let found: Vec<(Instant, Option<Instant>, Verdict)> =
            self.act.stretches.iter().map(|one| (one.from, one.until, one.verdict)).collect();
        Ok(unequal("stretches", &found, &expected, answer))
    }

    /// Each way makes the act lawful, and they are all when the list says so.
    fn ways(&self, ways: &Ways, answer: &Answer) -> Option<String> {
        let actions = &self.decision.actions;
        let of = |way: &Vec<usize>| {
            way.iter().fold(Rows::TRUE, |rows, index| rows & action(&actions[*index], answer, self.case))
        };
        let each: Vec<Rows> = ways.list.iter().map(of).collect();
        let all = 0..1_usize << answer.deeds.len();
        let some = |row: usize| each.iter().any(|way| way.at(row));
        let compatible = |row: &usize| answer.is_compatible(self.case, *row);
        if let Some(row) = all.clone().filter(compatible).find(|row| some(*row) && !answer.rows.at(*row)) {
            return Some(format!("a way holds in row {row:b} where the act is not lawful"));
        }
        let missed = all.filter(compatible).find(|row| ways.complete && answer.rows.at(*row) && !some(*row));
        missed.map(|row| format!("no way holds in row {row:b} where the act is lawful"))
    }
}

/// The engine's formula as a table over the reference's deeds; nothing, if it speaks of an action that there is not.
fn rows(formula: &Formula, actions: &[Action], answer: &Answer, case: &Case<'_>) -> Option<Rows> {
    let all = |parts: &[Formula]| -> Option<Vec<Rows>> {
        parts.iter().map(|part| rows(part, actions, answer, case)).collect()
    };
    Some(match formula {
        Formula::True => Rows::TRUE,
        Formula::False => Rows::FALSE,
        Formula::Action(index) => action(actions.get(*index)?, answer, case),
        Formula::All(parts) => all(parts)?.into_iter().fold(Rows::TRUE, |all, one| all & one),
        Formula::Any(parts) => all(parts)?.into_iter().fold(Rows::FALSE, |all, one| all | one),
    })
}

fn action(action: &Action, answer: &Answer, case: &Case<'_>) -> Rows {
    let parts = Possibility::of(action);
    parts.iter().fold(Rows::TRUE, |rows, part| rows & part.rows(&answer.deeds, case.tree))
}
