//! The notices, compared: each states what it is given for, in words that the person understands, all together everything that is to be
//! told and that a notice states, and none is one too many.

use std::collections::BTreeMap;

use onrecord::decision::{Action, ActionWhat, Decision, Disclosure};

use super::{Difference, Found};
use crate::reference::Case;
use crate::reference::disclosure::{Open, fewest, tells, usable, words};

pub(super) fn differs(case: &Case<'_>, decision: &Decision) -> Found {
    let mut open: BTreeMap<usize, Vec<(Open, usize)>> = BTreeMap::new();
    for index in &decision.outcome.after {
        if let Some(Action { what: ActionWhat::Tell { person, elements, means, .. }, .. }) =
            decision.actions.get(*index)
        {
            let to_tell = elements.iter().map(|element| ((*element, *means), *index));
            open.entry(*person).or_default().extend(to_tell);
        }
    }
    let known = |one: &&Disclosure| one.to.iter().any(|person| !open.contains_key(person)) || one.to.is_empty();
    let wrong = decision.disclosures.iter().find(known).map(|one| format!("that {one:?} tells somebody nothing"));
    let wrong = wrong.or_else(|| open.iter().find_map(|(person, open)| is_wrong(case, decision, *person, open)));
    Ok(wrong.map(|reference| Difference {
        what: "disclosures".to_owned(),
        said: (format!("{:?}", decision.disclosures), reference),
        details: format!("to be told: {open:?}"),
    }))
}

/// What is wrong with what a person is told.
fn is_wrong(case: &Case<'_>, decision: &Decision, person: usize, to_tell: &[(Open, usize)]) -> Option<String> {
    let open: Vec<Open> = to_tell.iter().map(|(open, _)| *open).collect();
    let (given, bare): (Vec<&Disclosure>, Vec<&Disclosure>) =
        decision.disclosures.iter().filter(|one| one.to.contains(&person)).partition(|one| one.text.is_some());
    let least = fewest(case, person, &open);
    if given.len() != least {
        return Some(format!("that {least} notices tell {person} everything"));
    }
    for one in &given {
        let Some((id, language, text)) = &one.text else { continue };
        let notice = &case.tree.notices[*id];
        if words(case, notice, person) != Some(&(language.clone(), text.clone())) || notice.form {
            return Some(format!("that {person} does not understand {}", notice.name));
        }
        let states = |element| notice.states.iter().any(|one| case.tree.elements[*one].is_a(element));
        if !one.elements.iter().all(|element| states(*element)) {
            return Some(format!("that {} does not state {:?}", notice.name, one.elements));
        }
    }
    let usable = usable(case, person, &open);
    for (open, action) in to_tell {
        let by =
            |one: &Disclosure| one.text.as_ref().is_some_and(|(id, ..)| tells(case, &case.tree.notices[*id], *open));
        let told = given.iter().any(|one| by(one) && one.elements.contains(&open.0) && one.actions.contains(action));
        let can_be = usable.iter().any(|id| tells(case, &case.tree.notices[*id], *open));
        let lacks = bare.iter().any(|one| one.elements.contains(&open.0) && one.actions.contains(action));
        if told != can_be || (!can_be && !lacks) {
            return Some(format!("that {person} is told {open:?} by a notice, or that none states it: {can_be}"));
        }
    }
    None
}
