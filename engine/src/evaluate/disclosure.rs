//! The words: for what is to be told, the fewest notices that state it, in a language that the person understands.
//! This is presentation: where no notice fits, the finding is shown and no way is lost.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::consent::key;
use super::session::Session;
use crate::decision::{Action, ActionWhat, Disclosure};
use crate::tree::{ElementId, MeansId, Notice, NoticeId};

/// What each person is to be told, by which means: the elements, and the actions that ask for them.
type ToTell = BTreeMap<(usize, Option<MeansId>), (Vec<ElementId>, Vec<usize>)>;

/// The notices for the actions of a way, persons with the same words together.
pub fn disclosures(session: &Session<'_>, way: &[usize]) -> Vec<Disclosure> {
    let actions = session.actions.borrow();
    let mut per_person = ToTell::new();
    for index in way {
        if let Some(Action { what: ActionWhat::Tell { person, elements, means, .. }, .. }) = actions.get(*index) {
            let entry = per_person.entry((*person, *means)).or_default();
            entry.0.extend(elements);
            entry.0.sort();
            entry.0.dedup();
            entry.1.push(*index);
        }
    }
    let mut found: Vec<Disclosure> = Vec::new();
    for ((person, means), (elements, indexes)) in per_person {
        for (notice, stated) in fewest(session, person, &elements, means) {
            let text = notice.and_then(|notice| words(session, notice, person));
            let same = found.iter_mut().find(|known| known.text.is_some() && known.text == text);
            match same {
                Some(known) => {
                    known.to.push(person);
                    known.actions.extend(&indexes);
                    known.elements.extend(&stated);
                    known.elements.sort();
                    known.elements.dedup();
                }
                None => found.push(Disclosure { to: vec![person], elements: stated, text, actions: indexes.clone() }),
            }
        }
    }
    found
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
        ActionWhat::Tell { person, elements, means, .. } => match fewest(session, *person, elements, *means).as_slice()
        {
            [(Some(notice), _)] => words(session, *notice, *person).map(|(notice, language, _)| (notice, language)),
            _ => None,
        },
        ActionWhat::Ask { person, term, form, .. } => {
            let asks = |notice: &Notice| notice.asks_for.iter().any(|one| key(one) == key(term));
            let found =
                form.or_else(|| session.tree.notices.iter().find(|(_, notice)| asks(notice)).map(|(id, _)| id))?;
            words(session, found, *person).map(|(notice, language, _)| (notice, language))
        }
        ActionWhat::Arrange(_) => None,
    }
}

/// The fewest notices that state all the elements (greedily, the tightest first, and one that asks for nothing before one that asks),
/// in words that the person understands; what none states so stands without one.
fn fewest(
    session: &Session<'_>,
    person: usize,
    elements: &[ElementId],
    means: Option<MeansId>,
) -> Vec<(Option<NoticeId>, Vec<ElementId>)> {
    let tree = session.tree;
    let states = |notice: &Notice, element: ElementId| {
        notice.states.iter().any(|one| tree.elements.get(*one).is_some_and(|word| word.is_a(element)))
    };
    let usable = |id: NoticeId, notice: &Notice| {
        !notice.form
            && words(session, id, person).is_some()
            && means.is_none_or(|wanted| {
                notice.means.iter().any(|one| tree.means.get(*one).is_some_and(|word| word.is_a(wanted)))
            })
    };
    let mut open: Vec<ElementId> = elements.to_vec();
    let mut found = Vec::new();
    while !open.is_empty() {
        let gain = |notice: &Notice| open.iter().filter(|element| states(notice, **element)).count();
        let best = tree.notices.iter().filter(|(id, notice)| usable(*id, notice) && gain(notice) > 0).max_by_key(
            |(_, notice)| {
                (gain(notice), Reverse(notice.asks_for.len()), Reverse(notice.states.len()), Reverse(&notice.name))
            },
        );
        let Some((id, notice)) = best else { break };
        let (stated, rest) = open.iter().partition(|element| states(notice, **element));
        found.push((Some(id), stated));
        open = rest;
    }
    if !open.is_empty() {
        found.push((None, open));
    }
    found
}

/// A notice's words in a language that the person understands (RFC 4647 lookup); English, then any, when no language is known.
fn words(session: &Session<'_>, notice: NoticeId, person: usize) -> Option<(NoticeId, String, String)> {
    let declared = session.tree.notices.get(notice)?;
    let languages = session.ctx.parties.get(person).map(|party| party.languages.as_slice()).unwrap_or_default();
    let wording = |wanted: &str| declared.wordings.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let lookup = |wanted: &String| {
        let mut range = wanted.as_str();
        loop {
            if let Some(found) = wording(range) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    };
    let found = if languages.is_empty() {
        wording("en").or_else(|| declared.wordings.first())
    } else {
        languages.iter().find_map(lookup)
    };
    found.map(|(language, text)| (notice, language.clone(), text.clone()))
}
