//! Order never matters.

use super::judge::{Judge, questions};
use crate::generate::{Tape, policy};
use crate::suite::{Case, Outcome};

/// Permutation of files and declarations changes nothing; a declaration that stands twice is an error or changes nothing.
#[must_use]
pub fn holds(judge: Judge, case: &Case<'_>) -> Outcome {
    let mut tape = Tape::new(case.choices);
    let mut left = case.policy.declarations();
    let (mut one, mut other) = (String::new(), String::new());
    while !left.is_empty() {
        let declaration = left.remove(tape.below(left.len()));
        let file = if tape.chance(50) { &mut one } else { &mut other };
        *file += &format!("{declaration}\n\n");
    }
    let set = &case.compiled.set;
    let moved = match policy::compile(&[other, one]) {
        Ok(moved) => moved.set,
        Err(findings) => return Outcome::Fails(format!("in another order it is not accepted: {findings:?}")),
    };
    let mut call = case.call.clone();
    let renamed = |name: &str| moved.tree.rules.id(name);
    call.options.assume =
        case.call.options.assume.iter().filter_map(|rule| renamed(set.tree.rules.name(*rule))).collect();
    let sources = case.call.options.sources.as_ref();
    let source = |id| moved.tree.sources.id(set.tree.sources.name(id));
    call.options.sources = sources.map(|sources| sources.iter().filter_map(|id| source(*id)).collect());
    let mut said = false;
    for act in questions(set, case.call) {
        let (Some(before), Some(after)) = (judge.act(set, case.call, &act), judge.act(&moved, &call, &act)) else {
            continue;
        };
        said = true;
        let differs = before.laxer_than(&after, set).or_else(|| after.laxer_than(&before, set));
        let flags = |judged: &super::Judged| (judged.verdict, judged.undetermined, judged.needs, judged.running);
        if differs.is_some() || flags(&before) != flags(&after) {
            return Outcome::Fails(format!("{act:?} differs after {differs:?}\n{before:?}\n{after:?}"));
        }
    }
    twice(case).unwrap_or(if said { Outcome::Holds } else { Outcome::Silent })
}

/// A rule that stands twice is an error.
fn twice(case: &Case<'_>) -> Option<Outcome> {
    let declarations = case.policy.declarations();
    let rule = declarations.iter().find(|one| one.starts_with("rule "))?;
    let twice = policy::compile(&[case.policy.text(), rule.clone()]);
    twice.is_ok().then(|| Outcome::Fails("a rule stands twice, and nobody says so".to_owned()))
}
