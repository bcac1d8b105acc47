//! The words: for what is to be told, the fewest notices that state it, in a language that the person understands.
//! This is presentation: where no notice fits, the finding is shown and no way is lost.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::consent::key;
use super::session::Session;
use crate::decision::{Action, ActionWhat, Disclosure};
use crate::tree::{ElementId, MeansId, Notice, NoticeId};

/// What is to be told, and by what means.
type Open = (ElementId, Option<MeansId>);

/// The notices for the actions of a way, persons with the same words together.
pub fn disclosures(session: &Session<'_>, way: &[usize]) -> Vec<Disclosure> {
    let actions = session.actions.borrow();
    let mut per_person: BTreeMap<usize, Vec<(Open, usize)>> = BTreeMap::new();
    for index in way {
        if let Some(Action { what: ActionWhat::Tell { person, elements, means, .. }, .. }) = actions.get(*index) {
            let to_tell = elements.iter().map(|element| ((*element, *means), *index));
            per_person.entry(*person).or_default().extend(to_tell);
        }
    }
    let mut found: Vec<Disclosure> = Vec::new();
    for (person, to_tell) in per_person {
        let open: BTreeSet<Open> = to_tell.iter().map(|(open, _)| *open).collect();
        for (notice, told) in fewest(session, person, &open) {
            let discharged = to_tell.iter().filter(|(open, _)| told.contains(open)).map(|(_, index)| *index);
            let elements = told.iter().map(|(element, _)| *element).collect::<BTreeSet<_>>();
            let disclosure = Disclosure {
                to: vec![person],
                elements: elements.into_iter().collect(),
                text: notice.and_then(|notice| words(session, notice, person)),
                actions: discharged.collect::<BTreeSet<_>>().into_iter().collect(),
            };
            match found.iter_mut().find(|known| known.text.is_some() && known.text == disclosure.text) {
                Some(known) => join(known, disclosure),
                None => found.push(disclosure),
            }
        }
    }
    found
}

/// The same notice, to more persons.
fn join(known: &mut Disclosure, more: Disclosure) {
    known.to.extend(more.to);
    known.actions.extend(more.actions);
    known.elements.extend(more.elements);
    known.elements.sort();
    known.elements.dedup();
}

/// Gives each action the notice or form that does it best.
pub fn fill(session: &Session<'_>) {
    let texts: Vec<Option<(NoticeId, String)>> = {
        let actions = session.actions.borrow();
        actions.iter().map(|action| best(session, action)).collect()
    };
    for (action, text) in session.actions.borrow_mut().iter_mut().zip(texts) {
        action.text = text;
    }
}

fn best(session: &Session<'_>, action: &Action) -> Option<(NoticeId, String)> {
    match &action.what {
        ActionWhat::Tell { person, elements, means, .. } => {
            let open = elements.iter().map(|element| (*element, *means)).collect();
            match fewest(session, *person, &open).as_slice() {
                [(Some(notice), _)] => words(session, *notice, *person).map(|(notice, language, _)| (notice, language)),
                _ => None,
            }
        }
        ActionWhat::Ask { person, term, form, .. } => {
            let asks = |notice: &Notice| notice.asks_for.iter().any(|one| key(one) == key(term));
            let asking = session.tree.notices.iter().filter(|(_, notice)| asks(notice));
            let understood = asking.filter(|(_, notice)| wording(session, notice, *person).is_some());
            // The one that asks for the least and says the least.
            let best = understood.min_by_key(|(_, one)| (one.asks_for.len(), one.states.len(), &one.name));
            let found = form.or(best.map(|(id, _)| id))?;
            words(session, found, *person).map(|(notice, language, _)| (notice, language))
        }
        ActionWhat::Arrange(_) => None,
    }
}

/// The fewest notices that state everything that is open, by the means that it asks for, in words that the person understands
/// (greedily: one that asks for nothing before one that asks, then the tightest); what none states so stands without one.
fn fewest(session: &Session<'_>, person: usize, open: &BTreeSet<Open>) -> Vec<(Option<NoticeId>, BTreeSet<Open>)> {
    let tree = session.tree;
    let tells = |notice: &Notice, (element, means): &Open| {
        notice.states.iter().any(|one| tree.elements.get(*one).is_some_and(|word| word.is_a(*element)))
            && means.is_none_or(|wanted| {
                notice.means.iter().any(|one| tree.means.get(*one).is_some_and(|word| word.is_a(wanted)))
            })
    };
    let is_of_use = |notice: &Notice| {
        !notice.form && open.iter().any(|one| tells(notice, one)) && wording(session, notice, person).is_some()
    };
    let usable: Vec<(NoticeId, &Notice)> = tree.notices.iter().filter(|(_, one)| is_of_use(one)).collect();
    let mut open = open.clone();
    let mut found = Vec::new();
    loop {
        let gain = |notice: &Notice| open.iter().filter(|one| tells(notice, one)).count();
        let best = usable.iter().filter(|(_, notice)| gain(notice) > 0).max_by_key(|(_, notice)| {
            (gain(notice), Reverse(notice.asks_for.len()), Reverse(notice.states.len()), Reverse(&notice.name))
        });
        let Some((id, notice)) = best else { break };
        let (told, rest) = open.iter().copied().partition(|one| tells(notice, one));
        found.push((Some(*id), told));
        open = rest;
    }
    if !open.is_empty() {
        found.push((None, open));
    }
    found
}

/// A notice's words, owned, with the tag of their language.
fn words(session: &Session<'_>, notice: NoticeId, person: usize) -> Option<(NoticeId, String, String)> {
    let (language, text) = wording(session, session.tree.notices.get(notice)?, person)?;
    Some((notice, language.clone(), text.clone()))
}

/// A notice's words in a language that the person understands (RFC 4647 lookup); English, then any, when no language is known.
fn wording<'t>(session: &Session<'t>, notice: &'t Notice, person: usize) -> Option<&'t (String, String)> {
    let languages = session.ctx.parties.get(person).map(|party| party.languages.as_slice()).unwrap_or_default();
    let in_language = |wanted: &str| notice.wordings.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let lookup = |wanted: &String| {
        let mut range = wanted.as_str();
        loop {
            if let Some(found) = in_language(range) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    };
    if languages.is_empty() {
        in_language("en").or_else(|| notice.wordings.first())
    } else {
        languages.iter().find_map(lookup)
    }
}
