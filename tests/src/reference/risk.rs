//! Which acceptances of a risk are shown: those in force of a rule that touches what was asked.

use onrecord::tree::{Act, Clause, RuleId};

use super::lawful::{may_speak, prohibition};
use super::{Case, TooLarge, judge};

/// Whether a rule must be said to touch an act: without it, the act would be lawful after other deeds.
///
/// # Errors
/// There is too much to enumerate.
pub fn must_touch(case: &Case<'_>, rule: RuleId, act: &Act) -> Result<bool, TooLarge> {
    let mut without = case.tree.clone();
    let Some(left) = without.rules.get_mut(rule) else { return Ok(false) };
    left.clauses.retain(|clause| prohibition(clause).is_none());
    let other = Case { tree: &without, ..case.clone() };
    let (with, without) = (judge(case, act, case.at, false)?, judge(&other, act, case.at, false)?);
    Ok(with.verdict(case, &with.rows) != without.verdict(&other, &without.rows))
}

/// Whether a rule can be said to touch what was asked at all: its source is run, and it speaks of the act or of a capture before it, sets a
/// duty, or keeps something.
#[must_use]
pub fn may_touch(case: &Case<'_>, rule: RuleId, acts: &[Act]) -> bool {
    let tree = case.tree;
    let of = &tree.rules[rule];
    let exceptions = tree.exceptions.iter().filter(|(_, one)| one.rules.contains(&rule));
    let mut clauses = of.clauses.iter().chain(exceptions.flat_map(|(_, one)| &one.thens));
    let both = |act: &Act| [Act { not: false, ..act.clone() }, Act { not: true, ..act.clone() }];
    let asked: Vec<Act> = acts.iter().flat_map(both).collect();
    let captured = case.ctx.captures.iter().map(|(act, _)| super::capture::plain(*act));
    let acts: Vec<Act> = asked.into_iter().chain(captured).collect();
    let speaks = |clause: &Clause| match prohibition(clause) {
        Some(prohibition) => acts.iter().any(|act| may_speak(tree, prohibition.act, act)),
        None => !matches!(clause.kind, onrecord::tree::ClauseKind::Displaces { .. }),
    };
    case.runs(of.source) && clauses.any(speaks)
}
